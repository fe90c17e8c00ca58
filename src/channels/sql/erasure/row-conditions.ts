import { columnKey } from '../catalogue.ts';
import type { Dialect } from '../dialect.ts';
import type { Pair, PlanStep, StaffMark, Way } from '../plan.ts';
import { literal, quoted, quotedTable } from '../quote.ts';
import { linkTable, rowsOf, sameKey, samePairs } from './expressions.ts';

type Named = NonNullable<Extract<Way, { kind: 'incoming' }>['named']>;

type Alike = NonNullable<Extract<Way, { kind: 'incoming' }>['alike']>;

/** Of two rows of persons, whether the one (`t`) that points to the other (`p`) is the same person. */
export function sameName(dialect: Dialect, { names, identities }: Alike): string {
  const text = (alias: string, column: string): string => `coalesce(${dialect.text(`${alias}.${quoted(column)}`)}, '')`;
  const hasNone = (columns: readonly string[]): string =>
    columns.map((column) => `${text('t', column)} = ''`).join(' and ');
  const repeats = names.flatMap((own) =>
    names.map(
      (other) => `(length(${text('p', other)}) >= 6 and ${text('t', own)} like '%' || ${text('p', other)} || '%')`,
    ),
  );
  const isBare = identities.length === 0 ? '' : `${hasNone(identities)} and `;
  return `((${hasNone(names)}) or (${isBare}(${repeats.join(' or ')})))`;
}

const shortestWholeName = 6;

/** Whether a row (`t`) bears the first and the last name of the row that points to it (`p`). */
export function bearsName(
  dialect: Dialect,
  { own, other }: { own: readonly string[]; other: readonly string[] },
): string {
  const text = (alias: string, column: string): string =>
    `lower(coalesce(${dialect.text(`${alias}.${quoted(column)}`)}, ''))`;
  const joined = (alias: string, columns: readonly string[]): string =>
    columns.map((column) => text(alias, column)).join(" || ' ' || ");
  const isIn = other.map((column) => `(${joined('t', own)}) like '%' || ${text('p', column)} || '%'`);
  const whole = `trim(${joined('p', other)})`;
  return `(${whole} like '% %' and length(${whole}) >= ${shortestWholeName} and ${isIn.join(' and ')})`;
}

/** The row names the table it points to, and the key there. */
export function namedPair(
  dialect: Dialect,
  pairs: readonly Pair[],
  { naming, names }: Named,
  { holder, pointed } = { holder: 't', pointed: 'p' },
): string {
  const list = names.map(literal).join(', ');
  const ends = names.map((name) => `${classPath('?')} like ${literal(`%/${name}`)}`);
  const isNamed = (text: string): string =>
    `(${withoutSigns(text)} in (${list}) or ${ends.join(' or ').replaceAll(classPath('?'), classPath(text))})`;
  const pair = pairs.map(
    ({ own, other }) => `${dialect.text(`${holder}.${quoted(own)}`)} = ${dialect.text(`${pointed}.${quoted(other)}`)}`,
  );
  const column = `${holder}.${quoted(naming.column)}`;
  if (naming.kind === 'text') return [...pair, isNamed(dialect.text(column))].join(' and ');
  const { key, texts } = naming.of;
  const text = texts.map((name) => dialect.text(`c.${quoted(name)}`)).join(' || ');
  const kind = `select 1 from ${quotedTable(naming.of)} c where c.${quoted(key)} = ${column} and ${isNamed(text)}`;
  return [...pair, `exists (${kind})`].join(' and ');
}

/** `RT::User`, `App\\Domain\\User`: the last name of a class is the table's. */
function classPath(text: string): string {
  return `lower(replace(replace(${text}, ${literal('\\')}, '/'), ':', '/'))`;
}

function withoutSigns(text: string): string {
  return `lower(${['.', '_', '-', ' ', '\\'].reduce((inner, sign) => `replace(${inner}, ${literal(sign)}, '')`, text)})`;
}

export function turned({ own, other }: Pair): Pair {
  return { own: other, other: own };
}

/** Of a link or an attribute (`p`) of `table`: no other row with the same value says another person. */
export function soleOf(
  dialect: Dialect,
  table: string,
  { pairs, named, sole }: Extract<Way, { kind: 'owner' }>,
): string {
  if (sole === undefined) return '';
  const isSame = sole.map((column) => `u.${quoted(column)} = p.${quoted(column)}`).join(' and ');
  const telling = [...pairs.map(({ other }) => other), ...(named === undefined ? [] : [named.naming.column])];
  const text = (alias: string, column: string): string => `coalesce(${dialect.text(`${alias}.${quoted(column)}`)}, '')`;
  const isOther = telling.map((column) => `${text('u', column)} <> ${text('p', column)}`).join(' or ');
  return `\n    and not exists (select 1 from ${table} u where ${isSame} and (${isOther}))`;
}

/** Whether a row of persons is one of the staff. */
export function isMarked(dialect: Dialect, alias: string, { column, values }: StaffMark): string {
  const text = `lower(coalesce(${dialect.text(`${alias}.${quoted(column)}`)}, ''))`;
  return `${text} in (${values.map(literal).join(', ')})`;
}

/** Joins a table (`t`) to what columns of rows of `from` held before they were blanked; `s` has the person. */
export function linkedBy(dialect: Dialect, from: PlanStep, pairs: readonly Pair[]): string {
  return pairs
    .map(({ own, other }, place) => {
      const alias = place === 0 ? 's' : `s${place}`;
      const person = place === 0 ? '' : ` and ${alias}.person = s.person`;
      const value = dialect.text(`t.${quoted(own)}`);
      return `join ${linkTable(dialect)} ${alias} on ${alias}.kind = ${literal(columnKey(from, other))} and ${alias}.value = ${value}${person}`;
    })
    .join('\n  ');
}

/**
 * Of a row `t` of the person `s` that names a row by columns that are no key: nobody else's row of that table holds the
 * same.
 */
export function notOthers(dialect: Dialect, from: PlanStep, index: number, pairs: readonly Pair[]): string {
  const own = `select 1 from ${rowsOf(dialect, index)} k where k.person = s.person and ${sameKey(dialect, from, 'q', 'k')}`;
  return `\n    and not exists (select 1 from ${quotedTable(from)} q where ${samePairs(pairs, 't', 'q')} and not exists (${own}))`;
}
