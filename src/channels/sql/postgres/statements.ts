import { type TableName, tableKey } from '../catalogue.ts';
import { isKeptByDecision } from '../kept.ts';
import { isShareable, strengthOf } from '../matching.ts';
import type { ErasurePlan, Guard, IdentityColumn, PlanStep, User, Way } from '../plan.ts';
import {
  blankedFields,
  fillExpression,
  identityComparable,
  isBlank,
  keyColumns,
  looksBlank,
  rowsOf,
  sameKey,
  samePairs,
} from './expressions.ts';
import { quoted, quotedTable } from './quote.ts';

/**
 * Every statement an erasure sends, made from the plan alone: what the plan shows is what runs. All are set-based;
 * persons and values are in working sets (temporary tables) and parameters, never in the text.
 */

export const soughtTable = 'pg_temp.socle_sought';

export const needleTable = 'pg_temp.socle_needles';

export function createSought(): string {
  return `create temporary table socle_sought (person int not null, kind text not null, value text not null);
  create index on socle_sought (kind, value);
  create temporary table socle_needles (person int not null, pattern text not null)`;
}

/**
 * Further identifiers in the persons' own rows (a customer number, a loyalty number): they lead to tables that hold
 * nothing else. Only values that one row of the table has, so that a placeholder leads nowhere.
 */
export function harvestValues(plan: ErasurePlan, index: number, identity: IdentityColumn): string {
  const step = stepAt(plan, index);
  const value = identityComparable('t', identity);
  return `with own as (
  select distinct s.person, ${value} as value from ${rowsOf(index)} s join ${quotedTable(step)} t on ${sameKey(step, 't', 's')}
), once as (
  select o.person, o.value from own o join ${quotedTable(step)} t on ${value} = o.value
  where length(o.value) >= 5 group by o.person, o.value having count(*) = 1
)
insert into ${soughtTable} select o.person, ${textConstant(identity.kind)}, o.value from once o
  where not exists (select from ${soughtTable} s where s.person = o.person and s.kind = ${textConstant(identity.kind)} and s.value = o.value)
  returning person, kind, value`;
}

/** Types of the key come from the table itself. */
export function createRows(step: PlanStep, index: number): string {
  const keys = keyColumns(step, 't').map((column, place) => `${column} as k${place}`);
  return `create temporary table socle_rows_${index} as
  select 0 as person, 0 as round, ${keys.join(', ')} from ${quotedTable(step)} t with no data`;
}

/** For the steps that exclusivity asks about: without it, many persons cost more than each one does. */
export function indexRows(step: PlanStep, index: number): string {
  const keys = keyColumns(step, 't').map((_, place) => `k${place}`);
  return `create index on socle_rows_${index} (${keys.join(', ')})`;
}

/** `$1` is the round; `$2`, where present, the first round of the source that was not followed yet. */
export function findRows(plan: ErasurePlan, index: number, way: Way): string {
  const step = stepAt(plan, index);
  const keys = keyColumns(step, 't').join(', ');
  const known = `not exists (select from ${rowsOf(index)} k where k.person = s.person and ${sameKey(step, 't', 'k')})`;
  const insert = `insert into ${rowsOf(index)}\n  select distinct s.person, $1::int, ${keys}`;
  switch (way.kind) {
    case 'identity': {
      const identity = identityOf(plan, step, way.column);
      return `${insert}
  from ${soughtTable} s join ${quotedTable(step)} t on ${identityComparable('t', identity)} = s.value
  where s.kind = ${textConstant(way.identity)} and ${known}${concordant(plan, step, way.identity)}${ownerConcordant(plan, step, way.identity)}${notTheOwn(plan, step)}`;
    }
    case 'content':
      return `${insert}\n  from ${quotedTable(step)} t cross join lateral (${persons(way.columns)}\n  ) s\n  where ${known}${notTheOwn(plan, step)}`;
    case 'incoming': {
      const { source, other } = sourceOf(plan, way.from);
      const guards = way.guards.map((guard) => guarded(plan, guard)).join('');
      return `${insert}
  from ${source} join ${quotedTable(step)} t on ${samePairs(way.pairs, 't', other)}
  where s.round >= $2::int and ${known}${guards}`;
    }
    case 'owner':
    case 'outgoing': {
      const { source, other } = sourceOf(plan, way.from);
      const users = way.users.map((user) => unused(plan, user)).join('');
      const naming = way.kind === 'owner' ? namesThePerson(plan, way.from) : '';
      return `${insert}
  from ${source} join ${quotedTable(step)} t on ${samePairs(way.pairs, 't', other)}
  where s.round >= $2::int and ${known}${naming}${users}`;
    }
  }
}

/**
 * Persons whose identifier is inside the texts of a row. E-mails are taken out of the text and looked up, so that the
 * cost doesn't grow with the number of persons; other identifiers are tried one by one, for small batches only.
 */
function persons(columns: readonly string[]): string {
  const text = `concat_ws(' ', ${columns.map((column) => `t.${quoted(column)}::text`).join(', ')})`;
  return `
    select q.person from regexp_matches(${text}, '[[:alnum:]._%+''-]+@[[:alnum:].-]+', 'g') m
      join ${soughtTable} q on q.kind = 'email' and q.value = rtrim(lower(m[1]), '.-')
    union
    select n.person from ${needleTable} n where ${text} ~* n.pattern`;
}

/** Rows that a person's rows point to and that stay because others use them. */
export function countShared(plan: ErasurePlan, index: number, way: Extract<Way, { kind: 'outgoing' }>): string {
  const step = stepAt(plan, index);
  const { source, other } = sourceOf(plan, way.from);
  const keys = keyColumns(step, 't').join(', ');
  return `select distinct ${keys}
  from ${source} join ${quotedTable(step)} t on ${samePairs(way.pairs, 't', other)}
  where not exists (select from ${rowsOf(index)} k where ${sameKey(step, 't', 'k')})`;
}

/** The working set of a step, joined to its table: `s` has the person, `p` the columns. */
function sourceOf(plan: ErasurePlan, index: number): { readonly source: string; readonly other: string } {
  const step = stepAt(plan, index);
  return { source: `${rowsOf(index)} s join ${quotedTable(step)} p on ${sameKey(step, 'p', 's')}`, other: 'p' };
}

/** An answer to the person's message is found with it, and its author is someone else: only a row that names leads up. */
function namesThePerson(plan: ErasurePlan, index: number): string {
  const step = stepAt(plan, index);
  const named = step.ways.flatMap((way) => {
    if (way.kind !== 'identity') return [];
    const value = identityComparable('p', identityOf(plan, step, way.column));
    return [`(q.kind = ${textConstant(way.identity)} and q.value = ${value})`];
  });
  if (named.length === 0) return '';
  return `\n    and exists (select from ${soughtTable} q where q.person = s.person and (${named.join(' or ')}))`;
}

/** The columns that say whose the row is are empty, or point to the same person. */
function guarded(plan: ErasurePlan, guard: Guard): string {
  const owner = stepAt(plan, guard.step);
  const isEmpty = guard.pairs.map((pair) => `t.${quoted(pair.own)} is null`).join(' or ');
  return `\n    and (${isEmpty} or exists (select from ${rowsOf(guard.step)} o join ${quotedTable(owner)} g on ${sameKey(owner, 'g', 'o')} where o.person = s.person and ${samePairs(guard.pairs, 't', 'g')}))`;
}

/** No row of anyone outside this batch uses the row; a row of someone erased before is no one's. */
function unused(plan: ErasurePlan, user: User): string {
  const step = user.step === null ? null : stepAt(plan, user.step);
  const notOurs =
    step === null || user.step === null
      ? ''
      : ` and not exists (select from ${rowsOf(user.step)} x where ${sameKey(step, 'u', 'x')}) and not ${isNobodys(plan, user.step, 'u', { depth: 0, budget: { left: mostOwners } })}`;
  return `\n    and not exists (select from ${quotedTable(user)} u where ${samePairs(user.pairs, 't', 'u')}${notOurs})`;
}

/** How far owners are looked for: a line, its order, its account, its customer. */
const farthestOwner = 4;

/** How many owners are looked for in one question. Tables that refer to each other in a dense web make them multiply. */
const mostOwners = 8;

interface Asking {
  readonly depth: number;
  /** Spent as the question is written. */
  readonly budget: { left: number };
}

/**
 * Whether a row belongs to no one any more: its identifiers and all that goes with them are blank, and so are the rows
 * that own it. Otherwise two persons who share an address would each keep it for the other for ever. When there are too
 * many owners to ask, the row counts as somebody's: what is shared stays.
 */
function isNobodys(plan: ErasurePlan, index: number, alias: string, asking: Asking): string {
  const { depth, budget } = asking;
  const step = stepAt(plan, index);
  if (depth > farthestOwner || budget.left <= 0 || step.scope === 'mention' || step.action === 'delete') return 'false';
  const isIdentified = step.ways.some((way) => way.kind === 'identity');
  const owners = step.ways.filter((way) => way.kind === 'incoming' && way.from !== index);
  const blank = isIdentified ? blankedFields(step).map((field) => looksBlank(field, alias)) : [];
  if (blank.length === 0 && owners.length === 0) return 'false';
  const owned = owners.flatMap((way) => {
    if (way.kind !== 'incoming') return [];
    budget.left -= 1;
    const owner = `o${depth}`;
    const isFree = way.pairs.map((pair) => `${alias}.${quoted(pair.own)} is null`).join(' or ');
    const table = quotedTable(stepAt(plan, way.from));
    return [
      `(${isFree} or exists (select from ${table} ${owner} where ${samePairs(way.pairs, alias, owner)} and ${isNobodys(plan, way.from, owner, { depth: depth + 1, budget })}))`,
    ];
  });
  const bound = owners.flatMap((way) =>
    way.kind === 'incoming' ? way.pairs.slice(0, 1).map((pair) => `${alias}.${quoted(pair.own)} is not null`) : [],
  );
  const isBound = blank.length > 0 ? [] : [`(${bound.join(' or ')})`];
  return `(${[...blank, ...owned, ...isBound].join(' and ')})`;
}

/**
 * A shared identifier is not enough against a stronger one: a row with the person's phone but somebody else's e-mail,
 * or with the e-mail but another customer number, is another member of the household.
 */
export function concordant(plan: ErasurePlan, step: TableName, kind: string, alias = 't'): string {
  const columns = plan.identities.filter((each) => tableKey(each) === tableKey(step) && each.kind !== kind);
  const stronger = [...new Set(columns.map((each) => each.kind))].filter(
    (other) => strengthOf(other) > strengthOf(kind),
  );
  return stronger
    .map((other) => {
      const own = columns
        .filter((each) => each.kind === other)
        .map((each) => `nullif(${identityComparable(alias, each)}, '')`);
      const asked = `select from ${soughtTable} w where w.person = s.person and w.kind = ${textConstant(other)}`;
      return `\n    and (coalesce(${own.join(', ')}) is null or not exists (${asked}) or exists (${asked} and w.value in (${own.join(', ')})))`;
    })
    .join('');
}

/** An order found by a shared telephone, or the account it leads to, is not another customer's. */
function ownerConcordant(plan: ErasurePlan, step: PlanStep, kind: string): string {
  if (!isShareable(kind)) return '';
  return step.ways
    .flatMap((way) => {
      const owner = way.kind === 'incoming' ? plan.steps[way.from] : undefined;
      if (way.kind !== 'incoming' || owner === undefined || !owner.isPersons) return [];
      const agrees = concordant(plan, owner, kind, 'o');
      if (agrees === '') return [];
      return [
        `\n    and not exists (select from ${quotedTable(owner)} o where ${samePairs(way.pairs, 't', 'o')} and not (true${agrees}))`,
      ];
    })
    .join('');
}

/** A mention in a row that is the person's anyway is blanked with the row. */
function notTheOwn(plan: ErasurePlan, step: PlanStep): string {
  if (step.scope === 'row') return '';
  const own = plan.steps.findIndex((other) => other.scope === 'row' && tableKey(other) === tableKey(step));
  if (own < 0) return '';
  return `\n    and not exists (select from ${rowsOf(own)} x where ${sameKey(step, 't', 'x')})`;
}

/** `$1` is the salt of replacement values. */
export function eraseRows(plan: ErasurePlan, index: number): string | null {
  const step = stepAt(plan, index);
  const found = `(select distinct ${keyColumns(step, 's')
    .map((_, place) => `k${place}`)
    .join(', ')} from ${rowsOf(index)}) s`;
  if (step.action === 'delete') {
    return `delete from ${quotedTable(step)} t\n  using ${found}\n  where ${sameKey(step, 't', 's')}`;
  }
  const fields = blankedFields(step);
  if (step.action === 'keep' || fields.length === 0) return null;
  const left = fields.map((field) => `${isBlank(step, field, '$1::text')}`).join(' and ');
  const carrying = fields.find((field) => field.carried !== undefined);
  const set = (field: (typeof fields)[number]): string =>
    `${quoted(field.column)} = ${field === carrying ? 's.renewed' : fillExpression(step, field, '$1::text')}`;
  const update = `update ${quotedTable(step)} t\n  set ${fields.map(set).join(',\n    ')}\n  from ${carrying === undefined ? found : 'renewal s'}
  where ${sameKey(step, 't', 's')}\n    and not (${left})`;
  return carrying === undefined ? update : `${renewal(step, found, carrying)}\n${update}`;
}

/**
 * A key and the references that don't follow it change in one statement: PostgreSQL checks references when the
 * statement ends, and then they agree.
 */
function renewal(step: PlanStep, found: string, field: ReturnType<typeof blankedFields>[number]): string {
  const carried = field.carried ?? [];
  const olds = [...new Set(carried.flatMap((each) => each.pairs.map((pair) => pair.other)))];
  const oldOf = (name: string): string => `s.old${olds.indexOf(name)}`;
  const keys = keyColumns(step, 's').map((_, place) => `s.k${place}`);
  const columns = olds.map((name, place) => `t.${quoted(name)} as old${place}`);
  const carriers = carried.map((each, place) => {
    const own = each.pairs.find((pair) => pair.other === field.column)?.own ?? field.column;
    const match = each.pairs.map((pair) => `c.${quoted(pair.own)} = ${oldOf(pair.other)}`).join(' and ');
    return `carried${place} as (\n  update ${quotedTable(each)} c set ${quoted(own)} = s.renewed from renewal s where ${match}\n)`;
  });
  const value = fillExpression(step, field, '$1::text');
  return `with renewal as materialized (
  select ${keys.join(', ')}, ${columns.join(', ')}, ${value} as renewed
  from ${found} join ${quotedTable(step)} t on ${sameKey(step, 't', 's')}
), ${carriers.join(', ')}`;
}

/** Whether the statement of a step uses the salt. */
export function usesSalt(step: PlanStep): boolean {
  return step.action === 'blank' && blankedFields(step).some((field) => field.fill.kind === 'token');
}

export function identityOf(plan: ErasurePlan, step: PlanStep, column: string): IdentityColumn {
  const found = plan.identities.find((each) => tableKey(each) === tableKey(step) && each.column === column);
  if (found === undefined) throw new Error(`the plan has a way by ${column} without its identity column`);
  return found;
}

export function stepAt(plan: ErasurePlan, index: number): PlanStep {
  const step = plan.steps[index];
  if (step === undefined) throw new Error(`the plan has no step ${index}`);
  return step;
}

/** A word of the plan (a kind of identifier), not a value of a person. */
export function textConstant(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** The steps that must be walked: those that change something, and those they are found or guarded by. */
export function neededSteps(plan: ErasurePlan): ReadonlySet<number> {
  const needed = new Set<number>();
  const need = (index: number): void => {
    if (index < 0 || needed.has(index)) return;
    needed.add(index);
    for (const way of stepAt(plan, index).ways) {
      if (way.kind === 'incoming') {
        need(way.from);
        for (const guard of way.guards) need(guard.step);
      }
      if (way.kind === 'outgoing' || way.kind === 'owner') {
        need(way.from);
        for (const user of way.users) if (user.step !== null) need(user.step);
      }
    }
  };
  plan.steps.forEach((step, index) => {
    const isTold = step.ways.some((way) => way.kind === 'identity') || step.fields.some(isKeptByDecision);
    if (step.action !== 'keep' || isTold) need(index);
    const isOwn = plan.steps.findIndex((other) => other.scope === 'row' && tableKey(other) === tableKey(step));
    if (step.scope === 'mention') need(isOwn);
  });
  return needed;
}
