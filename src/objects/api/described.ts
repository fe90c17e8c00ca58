import { z } from 'zod';
import type { Described, DescribedRoute } from '../../http/index.ts';
import type { Model, TypeModel } from '../../model/index.ts';
import type { ModelSource } from '../model-source.ts';
import { documentedObject, documentedValues, listQuery } from './schemas.ts';

/** Each type of the model in force, spelled out in the generated reference: the generic routes answer for it. */
export function describedTypes(models: ModelSource): Described {
  return {
    key: () => models.current().fingerprint,
    routes: () => {
      const model = models.current();
      return [...model.types.values()].flatMap((type) => describedType(model, type));
    },
  };
}

function describedType(model: Model, type: TypeModel): readonly DescribedRoute[] {
  const { en } = type.label;
  const answer = documentedObject(model, type);
  const base = `/api/v1/objects/${type.name}`;
  const one = `${base}/:id`;
  const list = z.object({ items: z.array(answer), next: z.string().nullable() });
  const route = (method: DescribedRoute['method'], path: string, rest: Partial<DescribedRoute>): DescribedRoute => ({
    method,
    path,
    isPublic: false,
    takes: [],
    summary: en,
    ...rest,
  });
  return [
    route('GET', base, { summary: `${type.plural.en}: list`, query: listQuery, answer: list }),
    route('POST', base, { summary: `${en}: create`, body: documentedValues(type, true), answer }),
    route('GET', one, { summary: `${en}: read`, answer }),
    route('PATCH', one, { summary: `${en}: change (If-Match)`, body: documentedValues(type, false), answer }),
    route('DELETE', one, { summary: `${en}: delete` }),
  ];
}
