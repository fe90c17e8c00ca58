import { type Language, same, type Text } from '../../kernel/index.ts';
import type { Attribute, Axis, TypeModel, Value } from '../../model/index.ts';
import { namesOf } from '../../objects/index.ts';
import type { Looking } from '../looking.ts';
import { words } from '../words.ts';
import { afterPeriod, periodLabel, periodsBetween } from './periods.ts';

/** Objects that have something in common. */
export interface Group {
  /** What it is, as the API says it; null: not filled, or not to be told. */
  readonly key: string | null;
  /** Values that read the same to this person: one, but for what they can't see. */
  readonly keys: readonly (string | null)[];
  readonly label: Text;
  /** The condition of the group in CEL; null where none can be said. */
  readonly condition: string | null;
}

/**
 * The groups of an axis in the order people expect: of states and choices all of them, of periods those between too, of others
 * the largest first; what isn't filled comes last. `found` says how many objects each key has.
 */
export async function groupsOf(
  looking: Looking,
  type: TypeModel,
  axis: Axis,
  found: ReadonlyMap<string | null, number>,
): Promise<readonly Group[]> {
  const keys = [...found.keys()].filter((key) => key !== null);
  const unfilled = found.has(null) ? [unfilledGroup(axis)] : [];
  const attribute = type.attributes.get(axis.attribute);
  if (axis.per !== null) return [...periodGroups(axis, attribute, keys), ...unfilled];
  if (attribute === undefined) return [...stateGroups(type, keys), ...unfilled];
  if (attribute.type.to !== null) return [...(await referenceGroups(looking, attribute, found)), ...unfilled];
  return [...valueGroups(attribute, found), ...unfilled];
}

function unfilledGroup({ attribute }: Axis): Group {
  return { key: null, keys: [null], label: words.unfilled, condition: `${attribute} == null` };
}

function stateGroups(type: TypeModel, keys: readonly string[]): readonly Group[] {
  const states = type.lifecycle?.states ?? new Map<string, { readonly label: Text }>();
  const former = keys.filter((key) => !states.has(key));
  return [...states.keys(), ...former].map((key) =>
    single(key, states.get(key)?.label ?? same(key), `state == ${text(key)}`),
  );
}

function valueGroups(attribute: Attribute, found: ReadonlyMap<string | null, number>): readonly Group[] {
  const { name, type } = attribute;
  const keys = [...found.keys()].filter((key) => key !== null);
  if (type.control.kind === 'choice') {
    const known = type.control.options;
    const former = keys.filter((key) => !known.some(({ value }) => value === key));
    return [
      ...known.map(({ value, label }) => ({ value, label })),
      ...former.map((value) => ({ value, label: same(value) })),
    ].map(({ value, label }) => single(value, label, `${name} == ${text(value)}`));
  }
  if (type.kind === 'boolean') {
    return [single('true', words.yes, `${name} == true`), single('false', words.no, `${name} == false`)].filter(
      ({ keys: [key] }) => found.has(key ?? null),
    );
  }
  const isNumber = type.kind === 'integer';
  const ordered = isNumber
    ? keys.sort((a, b) => Number(a) - Number(b))
    : keys.sort((a, b) => (found.get(b) ?? 0) - (found.get(a) ?? 0) || a.localeCompare(b));
  return ordered.map((key) => {
    const value: Value = isNumber ? Number(key) : key;
    const label = (language: Language): string => type.show(value, { language, timeZone: 'UTC' });
    return single(key, { fr: label('fr'), en: label('en') }, `${name} == ${isNumber ? key : text(key)}`);
  });
}

/** What this person may not see has no name to them, and makes one group. */
async function referenceGroups(
  { scope, acting }: Looking,
  { name, type }: Attribute,
  found: ReadonlyMap<string | null, number>,
): Promise<readonly Group[]> {
  const ids = [...found.keys()].filter((key) => key !== null);
  const to = type.to ?? '';
  const names = await namesOf(
    scope,
    acting,
    ids.map((id) => ({ type: to, id })),
  );
  const seen = ids
    .filter((id) => names.has(id))
    .sort((a, b) => (found.get(b) ?? 0) - (found.get(a) ?? 0) || titleOf(names, a).localeCompare(titleOf(names, b)));
  const hidden = ids.filter((id) => !names.has(id));
  return [
    ...seen.map((id) => single(id, same(titleOf(names, id)), `${name} == ${text(id)}`)),
    ...(hidden.length === 0 ? [] : [{ key: null, keys: hidden, label: words.hidden, condition: null }]),
  ];
}

function titleOf(names: ReadonlyMap<string, { readonly title: string }>, id: string): string {
  return names.get(id)?.title ?? '';
}

function periodGroups(axis: Axis, attribute: Attribute | undefined, keys: readonly string[]): readonly Group[] {
  const { per } = axis;
  if (per === null) return [];
  return periodsBetween(keys, per).map((key) => {
    const isDay = attribute?.type.kind === 'date';
    const [first, next] = [`date("${key}")`, `date("${afterPeriod(key, per)}")`];
    const condition = `${axis.attribute} >= ${first} && ${axis.attribute} < ${next}`;
    return { key, keys: [key], label: periodLabel(key, per), condition: isDay ? condition : null };
  });
}

function single(key: string, label: Text, condition: string): Group {
  return { key, keys: [key], label, condition };
}

function text(value: string): string {
  return JSON.stringify(value);
}
