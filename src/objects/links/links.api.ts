import { z } from 'zod';
import { type ApiApp, type Call, created, noContent } from '../../http/index.ts';
import { isUuid, parseId, publicId } from '../../kernel/index.ts';
import type { TypeModel } from '../../model/index.ts';
import { writeOnce } from '../../store/index.ts';
import { askerOf } from '../acting.ts';
import { valuesSchema } from '../api/schemas.ts';
import type { ModelSource } from '../model-source.ts';
import { readObject } from '../read.ts';
import { publicObjectId } from '../reference.ts';
import { expectType } from '../refusals.ts';
import { expectRelation, type Link, linkObjects, linksOf, unlinkObjects } from './links.ts';

const linkSchema = z.strictObject({
  relation: z.string().describe('as the type of the address calls it'),
  to: z.string().describe('the object on the other side: id or number'),
  values: valuesSchema.optional().describe('what is said of the link'),
});

const linksQuery = z.object({
  relation: z.string().optional(),
  limit: z.string().optional(),
  cursor: z.string().optional(),
});

/** Links of an object to others, seen from either side. */
export function mountLinks(app: ApiApp, models: ModelSource): void {
  const base = '/objects/:type/:id/links';
  app.get(base, { summary: 'What an object is linked to', query: linksQuery }, async (call) => {
    const acting = actingOf(models, call);
    const type = expectType(acting.model, call.params.type);
    const object = await readObject(call.who.scope, acting, type.name, call.params.id);
    const asked = call.list();
    const relation = call.url.searchParams.get('relation');
    const after = asked.after?.[0] ?? null;
    const { links, next } = await linksOf(call.who.scope, acting, type, object.id, {
      relation: relation === null ? null : expectRelation(type, relation),
      limit: asked.limit,
      after: typeof after === 'string' && isUuid(after) ? after : null,
    });
    return { items: links.map(linkJson), next: next === null ? null : asked.next([next]) };
  });
  app.post(
    base,
    { summary: 'Link two objects, or say something else of their link', body: linkSchema },
    async (call) => {
      const acting = actingOf(models, call);
      const { type, id } = call.params;
      const { relation, to, values = {} } = linkSchema.parse(call.body);
      const written = await writeOnce(call.who.scope, call.cause, call.requestHash, async (writing) => {
        const link = await linkObjects(writing, acting, type, id, { relation, to, values });
        return { status: 201, resource: link };
      });
      const link = publicId('lnk', written.resource);
      return created(`/api/v1/objects/${type}/${id}/links/${link}`, { id: link });
    },
  );
  app.delete(`${base}/:link`, { summary: 'Take a link between two objects away' }, async (call) => {
    const acting = actingOf(models, call);
    const { type, id, link } = call.params;
    await writeOnce(call.who.scope, call.cause, call.requestHash, async (writing) => {
      await unlinkObjects(writing, acting, type, id, parseId('lnk', link) ?? link);
      return { status: 204, resource: link };
    });
    return noContent();
  });
}

function actingOf(
  models: ModelSource,
  call: Call<string, unknown, unknown>,
): {
  readonly model: { readonly types: ReadonlyMap<string, TypeModel> } & ReturnType<ModelSource['current']>;
  readonly asker: ReturnType<typeof askerOf>;
} {
  return { model: models.current(), asker: askerOf(call.who) };
}

function linkJson({ id, relation, other, values, at }: Link) {
  return {
    id: publicId('lnk', id),
    relation: relation.name,
    object: { type: other.type, id: publicObjectId(other.id), number: other.number, title: other.title },
    values,
    created_at: at.toISOString(),
  };
}
