import { z } from 'zod';
import { isFilledIn, type Model, type TypeModel } from '../../model/index.ts';

/** What a write carries: attributes by name. What each must be is said by the model, and checked with everything else. */
export const valuesSchema = z.record(z.string(), z.unknown());
export const writeSchema = z.strictObject({ values: valuesSchema });
export const transitionSchema = z.strictObject({ transition: z.string(), values: valuesSchema.optional() });
export const ticksSchema = z.strictObject({
  ticks: z.record(z.string(), z.boolean()).describe('items by name: true ticks, false takes a tick back'),
});

export const listQuery = z.object({
  limit: z.string().optional(),
  cursor: z.string().optional(),
  sort: z.string().optional().describe('an indexed attribute; - before it for descending'),
  filter: z.string().optional().describe('a condition in CEL, such as state == "draft" && due_on < "2026-12-01"'),
  fields: z.string().optional(),
  search: z.string().optional().describe('the beginning of a number or of a searchable attribute'),
  at: z.string().optional(),
  scenario: z.string().optional(),
});

/** The same, for the generated reference: one schema a type, made from the model. */
export function documentedValues(type: TypeModel, isCreation: boolean): z.ZodType {
  const attributes = [...type.attributes.values()].filter(isFilledIn);
  const properties = Object.fromEntries(
    attributes.map((attribute) => [
      attribute.name,
      { ...attribute.type.jsonSchema, description: attribute.definition?.en ?? attribute.label.en },
    ]),
  );
  const required = attributes
    .filter((attribute) => attribute.required && attribute.defaultValue === null)
    .map((attribute) => attribute.name);
  return z
    .strictObject({ values: valuesSchema.meta({ properties, ...(isCreation ? { required } : {}) }) })
    .meta({ description: type.definition?.en ?? type.label.en });
}

export function documentedObject(model: Model, type: TypeModel): z.ZodType {
  return z.object({
    id: z.string().describe('obj_… ; the number is accepted wherever the id is'),
    type: z.literal(type.name),
    number: z.string().describe(`such as ${type.number.text}`),
    title: z.string(),
    state: type.lifecycle === null ? z.null() : z.enum([...type.lifecycle.states.keys()]),
    version: z.int().describe('what If-Match names'),
    created_at: z.iso.datetime(),
    created_by: z.string(),
    updated_at: z.iso.datetime(),
    updated_by: z.string(),
    values: valuesSchema.describe(
      `${[...type.attributes.keys()].join(', ')} (pack ${type.pack}; ${model.packs.length} packs)`,
    ),
  });
}
