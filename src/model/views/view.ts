import { joined, type Text } from '../../kernel/index.ts';
import type { Attribute, State } from '../model.ts';
import type { AxisSource, MeasureSource, Period, ViewKind, ViewSource } from './view-schema.ts';

/** A view of the model in force: what its pack says, under its name. */
export interface View {
  readonly name: string;
  readonly pack: string;
  readonly label: Text;
  readonly says: ViewSource;
}

/** As much of a type as a view needs. */
export interface Viewed {
  readonly attributes: ReadonlyMap<string, Attribute>;
  readonly lifecycle: { readonly states: ReadonlyMap<string, State> } | null;
}

/** What can be shown of any object besides its attributes. */
export const shownOfAll: readonly string[] = ['number', 'title', 'state', 'created_at', 'updated_at'];

/** What can be shown of objects of a type, in the order people look for it. */
export function showable({ attributes, lifecycle }: Viewed): readonly string[] {
  return [...shownOfAll.filter((name) => name !== 'state' || lifecycle !== null), ...attributes.keys()];
}

const named: ReadonlySet<string> = new Set([
  'choice',
  'boolean',
  'country',
  'reference',
  'text',
  'identifier',
  'integer',
]);
const dated: ReadonlySet<string> = new Set(['date', 'datetime']);

/** What numbers can be told by. */
export function axes({ attributes, lifecycle }: Viewed): readonly string[] {
  const own = [...attributes.values()].filter(({ type }) => type.expression.kind !== 'none' && isGroup(type));
  const moments = ['created_at', 'updated_at'];
  return [...(lifecycle === null ? [] : ['state']), ...moments, ...own.map(({ name }) => name)];
}

/** A reference to one of several types isn't one: its groups would have no condition. */
function isGroup({ kind, to }: Attribute['type']): boolean {
  return dated.has(kind) || (named.has(kind) && (kind !== 'reference' || to !== null));
}

/** Whether groups of it are periods. */
export function isDated({ attributes }: Viewed, name: string): boolean {
  return name === 'created_at' || name === 'updated_at' || dated.has(attributes.get(name)?.type.kind ?? '');
}

/** Attributes that add up. */
export function summable({ attributes }: Viewed): readonly string[] {
  const kinds = new Set(['integer', 'decimal', 'money', 'quantity']);
  return [...attributes.values()].filter(({ type }) => kinds.has(type.kind)).map(({ name }) => name);
}

/** What a board's lanes can be: states, or a choice that people fill. */
export function laneable({ attributes, lifecycle }: Viewed): readonly string[] {
  const choices = [...attributes.values()].filter(
    ({ type, computed, rollup }) => type.kind === 'choice' && computed === null && rollup === null,
  );
  return [...(lifecycle === null ? [] : ['state']), ...choices.map(({ name }) => name)];
}

/** What its lists can be sorted by: what an index is kept for. */
export function sortable({ attributes }: Viewed): readonly string[] {
  const kept = [...attributes.values()].filter((attribute) => attribute.indexed || attribute.searchable);
  return ['number', 'created_at', 'updated_at', ...kept.map((attribute) => attribute.name)];
}

export interface Axis {
  readonly attribute: string;
  /** Null: each value is a group. */
  readonly per: Period | null;
}

export function axisOf(viewed: Viewed, source: AxisSource): Axis {
  const { attribute, per = undefined } = typeof source === 'string' ? { attribute: source } : source;
  return { attribute, per: isDated(viewed, attribute) ? (per ?? 'month') : null };
}

/** The attribute that is added up; null: objects are counted. */
export function summedBy(measure: MeasureSource): string | null {
  return measure === 'count' ? null : measure.sum;
}

export const viewKindWords: Readonly<Record<ViewKind, Text>> = {
  table: { fr: 'liste', en: 'list' },
  board: { fr: 'tableau', en: 'board' },
  counters: { fr: 'compteurs', en: 'counters' },
  chart: { fr: 'graphique', en: 'chart' },
};

/** What a view without a label is called: `Bons de commande · tableau`; a chart says by what, for a type has several. */
export function viewLabel(plural: Text, says: ViewSource, attributes: ReadonlyMap<string, Attribute>): Text {
  const kind = viewKindWords[says.kind];
  if (says.kind !== 'chart') return joined([plural, kind], ' · ');
  const by = typeof says.by === 'string' ? says.by : says.by.attribute;
  const { fr, en } = attributes.get(by)?.label ?? systemLabels[by] ?? { fr: by, en: by };
  const told = { fr: `${kind.fr} par ${fr.toLowerCase()}`, en: `${kind.en} by ${en.toLowerCase()}` };
  return joined([plural, told], ' · ');
}

const systemLabels: Readonly<Record<string, Text>> = {
  state: { fr: 'état', en: 'state' },
  created_at: { fr: 'date de création', en: 'day of creation' },
  updated_at: { fr: 'date de modification', en: 'day of change' },
};
