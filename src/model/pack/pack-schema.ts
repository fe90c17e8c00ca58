import { z } from 'zod';
import { identifierSchemes } from '../attributes/identifier.ts';
import { longestText } from '../attributes/text.ts';
import { categoryNames } from '../categories.ts';
import { confidentialities } from '../model.ts';
import { viewSchema } from '../views/view-schema.ts';
import { expression, name, named, role, text } from './parts.ts';

/** A condition, and in words what must be so; without words, those of the condition itself are shown. */
export const conditionSchema = z.strictObject({ if: expression, why: text });
const condition = z.union([expression, conditionSchema]);

export const rollupSchema = z.strictObject({
  of: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,39}(\.[a-z][a-z0-9_]{0,39})?$/)
    .meta({ description: 'children of this type, or type.reference of the objects that refer to it' }),
  count: z.literal(true).optional(),
  sum: name.optional(),
  min: name.optional(),
  max: name.optional(),
  when: expression.optional(),
});

const oneOrSeveral = z.union([name, z.array(name).min(1)]);

const common = {
  label: text.optional(),
  definition: text.optional(),
  example: z.string().max(200).optional(),
  help: text.optional(),
  required: z.boolean().default(false),
  unique: z.boolean().default(false),
  indexed: z.boolean().default(false),
  searchable: z.boolean().default(false),
  default: z.unknown().optional(),
  computed: expression.optional(),
  rollup: rollupSchema.optional(),
  quality: named(condition).default({}),
  category: z.enum(categoryNames).optional(),
  confidentiality: z.enum(confidentialities).default('internal'),
  deprecated: z.boolean().default(false),
  was: name.optional(),
};

const decimalText = z.union([z.string().regex(/^-?\d{1,18}(\.\d{1,9})?$/), z.number()]);

export const attributeSchemas = {
  text: z.strictObject({
    type: z.literal('text'),
    multiline: z.boolean().default(false),
    pattern: z.string().min(1).max(300).optional(),
    max_length: z.number().int().min(1).max(longestText).optional(),
    localised: z.boolean().default(false),
    ...common,
  }),
  integer: z.strictObject({
    type: z.literal('integer'),
    min: z.number().int().optional(),
    max: z.number().int().optional(),
    ...common,
  }),
  decimal: z.strictObject({
    type: z.literal('decimal'),
    scale: z.number().int().min(0).max(9).default(2),
    min: decimalText.optional(),
    max: decimalText.optional(),
    ...common,
  }),
  money: z.strictObject({ type: z.literal('money'), ...common }),
  quantity: z.strictObject({
    type: z.literal('quantity'),
    units: z
      .array(z.string().min(1).max(60))
      .min(1)
      .max(20)
      .meta({ description: 'UCUM codes that convert into each other: [kg, g, t]; {piece} counts' }),
    scale: z.number().int().min(0).max(9).default(3),
    min: decimalText.optional(),
    max: decimalText.optional(),
    ...common,
  }),
  boolean: z.strictObject({ type: z.literal('boolean'), ...common }),
  date: z.strictObject({ type: z.literal('date'), ...common }),
  datetime: z.strictObject({ type: z.literal('datetime'), ...common }),
  duration: z.strictObject({ type: z.literal('duration'), ...common }),
  choice: z.strictObject({ type: z.literal('choice'), values: named(text), ...common }),
  choices: z.strictObject({ type: z.literal('choices'), values: named(text), ...common }),
  email: z.strictObject({ type: z.literal('email'), ...common }),
  phone: z.strictObject({ type: z.literal('phone'), ...common }),
  url: z.strictObject({ type: z.literal('url'), ...common }),
  country: z.strictObject({ type: z.literal('country'), ...common }),
  identifier: z.strictObject({ type: z.literal('identifier'), scheme: z.enum(identifierSchemes), ...common }),
  address: z.strictObject({
    type: z.literal('address'),
    ...common,
    category: z
      .enum([...categoryNames, 'none'])
      .default('location')
      .meta({ description: 'An address is taken for a person’s; none says that it isn’t' }),
  }),
  json: z.strictObject({ type: z.literal('json'), ...common }),
  file: z.strictObject({
    type: z.literal('file'),
    max_mb: z.number().int().min(1).max(2000).default(20),
    media_types: z
      .array(z.string().regex(/^[a-z]+\/([a-z0-9][a-z0-9.+-]*|\*)$/))
      .min(1)
      .optional()
      .meta({ description: 'such as application/pdf and image/*: what the bytes are, whatever the name' }),
    ...common,
  }),
  reference: z.strictObject({
    type: z.literal('reference'),
    to: z.union([name, z.array(name).min(1).max(20)]).meta({ description: 'a type, or several of which any may be' }),
    ...common,
  }),
  sequence: z.strictObject({
    type: z.literal('sequence'),
    pattern: z.string().max(60).meta({ description: 'F-{yyyy}-{seq:5}' }),
    at: oneOrSeveral.meta({ description: 'the transitions that issue: the first that happens allots the number' }),
    ...common,
  }),
};

/** Objects that are part of this one: entered with it, deleted with it. They keep no column of it. */
export const childrenSchema = z.strictObject({
  type: z.literal('children'),
  of: name,
  by: name.optional(),
  label: text.optional(),
  definition: text.optional(),
  help: text.optional(),
});

const attribute = z.discriminatedUnion('type', [
  childrenSchema,
  attributeSchemas.text,
  attributeSchemas.integer,
  attributeSchemas.decimal,
  attributeSchemas.money,
  attributeSchemas.quantity,
  attributeSchemas.boolean,
  attributeSchemas.date,
  attributeSchemas.datetime,
  attributeSchemas.duration,
  attributeSchemas.choice,
  attributeSchemas.choices,
  attributeSchemas.email,
  attributeSchemas.phone,
  attributeSchemas.url,
  attributeSchemas.country,
  attributeSchemas.identifier,
  attributeSchemas.address,
  attributeSchemas.json,
  attributeSchemas.file,
  attributeSchemas.reference,
  attributeSchemas.sequence,
]);

const values = named(expression);

/** Whom to tell: people by their role, or those that the object names (an attribute, `created_by`, `updated_by`). */
const toWhom = {
  role: z.union([role, z.array(role).min(1)]).optional(),
  user: oneOrSeveral.optional(),
};

export const notifySchema = z.strictObject({ ...toWhom, template: name });

/** What people are told, with `{number}`, `{title}`, `{state}` and `{attribute}` in it. */
export const templateSchema = z.strictObject({ title: text, body: text.optional() });

const days = z.number().int().min(-3660).max(3660).default(0);

/** Told once for each object and date: that many days after (before, when negative) the day of an attribute. */
export const reminderSchema = z.strictObject({
  on: name,
  days,
  states: z.array(name).min(1).optional(),
  ...toWhom,
  template: name,
});

/** Done by Socle itself, once for each object: when a day has come, or after a time in a state that the transition leaves from. */
export const scheduledSchema = z.strictObject({
  do: name,
  on: name.optional(),
  days,
  after: z
    .string()
    .regex(/^P(?=.)(\d{1,4}Y)?(\d{1,4}M)?(\d{1,4}W)?(\d{1,4}D)?(T(?=.)(\d{1,4}H)?(\d{1,4}M)?)?$/)
    .meta({ description: 'a duration (ISO 8601), such as P30D or PT4H' })
    .optional(),
});

/** Values are expressions about the object: of the object itself, of a new one, of the one behind a reference. */
export const effectSchema = z.strictObject({
  set: values.optional(),
  create: named(values).optional(),
  update: named(values).optional(),
  notify: notifySchema.optional(),
});

export const transitionSchema = z.strictObject({
  label: text.optional(),
  from: oneOrSeveral,
  to: name,
  roles: z.array(role).min(1),
  requires: z.array(name).default([]),
  not_by: oneOrSeveral.optional(),
  guard: condition.optional(),
  /** Each item by a name of its own: it can be reworded without losing its ticks. */
  checklist: named(text).default({}),
  effects: z.array(effectSchema).default([]),
  room: z
    .string()
    .regex(/^[a-z]+$/)
    .optional(),
});

export const stateSchema = z.strictObject({ label: text, final: z.boolean().default(false) });

export const lifecycleSchema = z.strictObject({
  initial: name,
  states: named(stateSchema),
  transitions: named(transitionSchema),
  reminders: named(reminderSchema).default({}),
  scheduled: named(scheduledSchema).default({}),
});

export const grantSchema = z.strictObject({ roles: z.array(role).min(1), when: condition });
const right = z.union([z.array(z.union([role, grantSchema])), grantSchema]).default([]);

export const rightsSchema = z.strictObject({ read: right, create: right, update: right, delete: right });

export const sectionSchema = z.strictObject({ label: text, attributes: z.array(name).min(1) });

/** Links between objects of this type and of another, as many as there are, each seen from both sides. */
export const relationSchema = z.strictObject({
  to: name,
  inverse: name.meta({ description: 'what it is called on the other side' }),
  label: text.optional(),
  inverse_label: text.optional(),
  definition: text.optional(),
  attributes: named(attribute).default({}),
});

export const uniqueTogetherSchema = z.strictObject({
  unique: z.array(name).min(2).max(5),
  empty: z
    .enum(['differs', 'same'])
    .default('differs')
    .meta({ description: 'whether what is not filled is equal to itself; by default, such rows are not compared' }),
  why: text.optional(),
});
export const ruleSchema = z.strictObject({ if: expression, why: text.optional() });
const constraint = z.union([uniqueTogetherSchema, ruleSchema]);

export const typeSchema = z.strictObject({
  label: text,
  plural: text.optional(),
  definition: text.optional(),
  icon: z.string().max(40).optional(),
  number: z.string().max(60).optional(),
  title: z.string().min(1).max(200).optional(),
  perimeter: name.optional(),
  attributes: named(attribute),
  sections: z.array(sectionSchema).default([]),
  columns: z.array(name).min(1).max(12).optional(),
  relations: named(relationSchema).optional(),
  constraints: named(constraint).optional(),
  lifecycle: lifecycleSchema.optional(),
  rights: rightsSchema,
});

/**
 * The one schema of `pack.yaml`. Editors complete packs with the JSON Schema made from it
 * (`docs/reference/pack.schema.json`). What it can't say (references, life cycles, patterns) is in `pack-checks.ts`.
 */
export const packSchema = z.strictObject({
  pack: name,
  version: z.string().regex(/^\d{1,6}\.\d{1,6}\.\d{1,6}$/),
  requires: z.array(name).default([]),
  label: text,
  definition: text.optional(),
  templates: named(templateSchema).default({}),
  types: named(typeSchema),
  views: named(viewSchema).optional(),
});

export type PackSource = z.output<typeof packSchema>;
export type TypeSource = PackSource['types'][string];
export type ChildrenSource = z.output<typeof childrenSchema>;
export type AttributeSource = Exclude<TypeSource['attributes'][string], ChildrenSource>;
export type RollupSource = z.output<typeof rollupSchema>;
export type EffectSource = z.output<typeof effectSchema>;
export type ConditionSource = z.output<typeof condition>;
export type RightSource = z.output<typeof right>;
export type RelationSource = z.output<typeof relationSchema>;
export type ConstraintSource = z.output<typeof constraint>;
export type NotifySource = z.output<typeof notifySchema>;
export type TemplateSource = z.output<typeof templateSchema>;
export type LifecycleSource = z.output<typeof lifecycleSchema>;

export function isChildren(source: TypeSource['attributes'][string]): source is ChildrenSource {
  return source.type === 'children';
}

/** What a type's objects hold themselves, without the objects that are part of them. */
export function ownAttributes(type: TypeSource): readonly (readonly [string, AttributeSource])[] {
  return Object.entries(type.attributes).flatMap(([name, source]) =>
    isChildren(source) ? [] : [[name, source] as const],
  );
}

/** The JSON Schema that editors use. */
export function packJsonSchema(): object {
  return z.toJSONSchema(packSchema, { io: 'input', target: 'draft-2020-12', reused: 'ref' });
}
