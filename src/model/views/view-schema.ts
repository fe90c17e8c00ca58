import { z } from 'zod';
import { expression, name, named, role, text } from '../pack/parts.ts';

/** Into what dates are gathered. */
export const periods = ['day', 'week', 'month', 'quarter', 'year'] as const;
export type Period = (typeof periods)[number];

/** What numbers are told by: an attribute or `state`; a date by month unless another period is said. */
export const axisSchema = z.strictObject({ attribute: name, per: z.enum(periods).optional() });
const axis = z.union([name, axisSchema]);

/** What is told of each group: how many objects, or the sum of one of their attributes. */
export const measureSchema = z.strictObject({ sum: name });
const measure = z.union([z.literal('count'), measureSchema]).default('count');

const common = {
  label: text.optional(),
  definition: text.optional(),
  /** For whom it is; without it, for all who may read its objects. Their rights apply within, whatever is said here. */
  roles: z.array(role).min(1).optional(),
  /** Whether the menu leads to it. */
  menu: z.boolean().default(false),
};

const objects = { of: name, filter: expression.optional() };
const shownNames = z.array(name).min(1).max(12);

export const viewSchemas = {
  table: z.strictObject({
    kind: z.literal('table'),
    ...objects,
    sort: z
      .string()
      .regex(/^-?[a-z][a-z0-9_]{0,39}$/)
      .meta({ description: 'an indexed attribute; -due_on: the last first' })
      .optional(),
    columns: shownNames.optional(),
    ...common,
  }),
  board: z.strictObject({
    kind: z.literal('board'),
    ...objects,
    lanes: name.meta({ description: 'state, or a choice' }),
    card: shownNames.optional(),
    ...common,
  }),
  counters: z.strictObject({
    kind: z.literal('counters'),
    ...objects,
    counters: named(z.strictObject({ label: text, when: expression.optional() })),
    ...common,
  }),
  chart: z.strictObject({
    kind: z.literal('chart'),
    ...objects,
    shape: z.enum(['bars', 'columns', 'line']).default('bars'),
    by: axis,
    measure,
    ...common,
  }),
};

export const viewSchema = z.discriminatedUnion('kind', [
  viewSchemas.table,
  viewSchemas.board,
  viewSchemas.counters,
  viewSchemas.chart,
]);

/** A view as a pack says it, or as a person saved it. */
export type ViewSource = z.output<typeof viewSchema>;
export type ViewKind = ViewSource['kind'];
export type ViewOf<Kind extends ViewKind> = Extract<ViewSource, { readonly kind: Kind }>;
export type AxisSource = z.output<typeof axis>;
export type MeasureSource = z.output<typeof measure>;

export function isViewKind(kind: string): kind is ViewKind {
  return Object.hasOwn(viewSchemas, kind);
}
