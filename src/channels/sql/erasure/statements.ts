import { namesMention } from '../actors.ts';
import { type TableName, tableKey } from '../catalogue.ts';
import type { Dialect } from '../dialect.ts';
import { isKeptByDecision } from '../kept.ts';
import { isShareable, strengthOf } from '../matching.ts';
import { namesName } from '../names.ts';
import type { ErasurePlan, Guard, IdentityColumn, Pair, PlanStep, User, Way } from '../plan.ts';
import { literal, quoted, quotedTable } from '../quote.ts';
import {
  blankedFields,
  fillExpression,
  identityComparable,
  isBlank,
  keyColumns,
  looksBlank,
  redacts,
  rowsOf,
  sameKey,
  samePairs,
  searchedText,
  searchedTexts,
} from './expressions.ts';
import { bearsName, isMarked, namedPair, notOthers, sameName, soleOf, turned } from './row-conditions.ts';

/**
 * Every statement an erasure sends, made from the plan alone: what the plan shows is what runs. All are set-based;
 * persons and values are in working sets (temporary tables) and parameters, never in the text.
 */

export interface Target {
  readonly dialect: Dialect;
  readonly plan: ErasurePlan;
}

export function soughtTable(dialect: Dialect): string {
  return dialect.temporary('socle_sought');
}

/** What the persons' own rows told of them. */
export function learntTable(dialect: Dialect): string {
  return dialect.temporary('socle_learnt');
}

export function needleTable(dialect: Dialect): string {
  return dialect.temporary('socle_needles');
}

/** What is taken out of the texts that were found to name a person. */
export function redactionTable(dialect: Dialect): string {
  return dialect.temporary('socle_redactions');
}

/** What a batch seeks, and how it may be written inside a text. */
export function createSought(dialect: Dialect): readonly string[] {
  const person = { name: 'person', type: 'integer' } as const;
  const text = (name: string) => ({ name, type: 'text' }) as const;
  return [
    ...dialect.makeTemporary('socle_sought', {
      columns: [person, text('kind'), text('value')],
      key: [text('kind'), text('value')],
      isLookedUp: true,
    }),
    ...dialect.makeTemporary('socle_learnt', {
      columns: [person, text('kind'), text('value')],
      key: [text('kind'), text('value')],
      isLookedUp: true,
    }),
    ...dialect.makeTemporary('socle_links', {
      columns: [person, text('kind'), text('value')],
      key: [text('kind'), text('value')],
      isLookedUp: true,
    }),
    ...dialect.makeTemporary('socle_needles', {
      columns: [person, text('digits'), text('pattern')],
      key: [person],
      isLookedUp: false,
    }),
    ...dialect.makeTemporary('socle_redactions', {
      columns: [person, { name: 'shared', type: 'integer' }, text('pattern')],
      key: [person],
      isLookedUp: true,
    }),
  ];
}

/**
 * Further identifiers in the persons' own rows (a customer number, a loyalty number): they lead to tables that hold
 * nothing else. Only values that one row of the table has, so that a placeholder leads nowhere.
 */
export function furtherValues({ dialect, plan }: Target, index: number, identity: IdentityColumn): string {
  const step = stepAt(plan, index);
  const value = identityComparable(dialect, 't', identity);
  const kind = literal(identity.kind);
  return `with own as (
  select distinct s.person, ${value} as value from ${rowsOf(dialect, index)} s join ${quotedTable(step)} t on ${sameKey(dialect, step, 't', 's')}
), once as (
  select o.person, o.value from own o join ${quotedTable(step)} t on ${value} = o.value
  where length(o.value) >= 5 group by o.person, o.value having count(*) = 1
)
select o.person, ${kind} as kind, o.value from once o
  where not exists (select 1 from ${soughtTable(dialect)} s where s.person = o.person and s.kind = ${kind} and s.value = o.value)`;
}

/**
 * Types of the key come from the table itself. Rows are looked up one by one where exclusivity asks about them: without an
 * index, many persons would cost more than each one does.
 */
export function createRows({ dialect, plan }: Target, index: number, isLookedUp: boolean): readonly string[] {
  const step = stepAt(plan, index);
  const keys = keyColumns(dialect, step, 't');
  const columns = keys.map((column, place) => `${column} as k${place}`);
  const types = step.key.kind === 'place' ? [] : step.key.columns.map(({ type }) => type);
  return dialect.makeTemporary(`socle_rows_${index}`, {
    columns: `select ${['0 as person', '0 as round', ...columns, ...stampOf(dialect, step)].join(', ')} from ${quotedTable(step)} t`,
    key: keys.map((_, place) => ({ name: `k${place}`, type: types[place] ?? '' })),
    isLookedUp,
  });
}

/** A mark of the columns that lead to a row, beside its key: whoever changes them moves the row to somebody else. */
export function stampOf(dialect: Dialect, step: PlanStep): readonly string[] {
  const columns = step.ways.flatMap((way) => {
    if (way.kind === 'identity') return [way.column];
    return way.kind === 'content' ? way.columns : way.pairs.map((pair) => pair.own);
  });
  const guards = step.ways.flatMap((way) =>
    way.kind === 'incoming' || way.kind === 'identity'
      ? (way.guards ?? []).flatMap((guard) => guard.pairs.map((pair) => pair.own))
      : [],
  );
  const keys = step.key.kind === 'place' ? step.fields : step.key.columns.map(({ name }) => ({ column: name }));
  const told = new Set(keys.map(({ column }) => column));
  const named = [...new Set([...columns, ...guards])].filter((column) => !told.has(column)).toSorted();
  if (dialect.holds === null) return [];
  return [`${dialect.holds.stamp(named.map((column) => `t.${quoted(column)}`))} as stamp`];
}

/** Holds the rows of a step that were found, as far as they are still what they were; null where nothing has to. */
export function holdRows({ dialect, plan }: Target, index: number): string | null {
  const step = stepAt(plan, index);
  const [stamp] = stampOf(dialect, step);
  if (dialect.holds === null || stamp === undefined || step.action === 'keep') return null;
  const same = `${sameKey(dialect, step, 't', 's')} and ${stamp.replace(/ as stamp$/, '')} = s.stamp`;
  return dialect.holds.take(rowsOf(dialect, index), quotedTable(step), same);
}

/** `$1` is the round; `$2`, where present, the first round of the source that was not followed yet. */
export function findRows(target: Target, index: number, way: Way): string {
  const { dialect, plan } = target;
  const step = stepAt(plan, index);
  const table = quotedTable(step);
  const keys = keyColumns(dialect, step, 't').join(', ');
  const own = rowsOf(dialect, index);
  const known = `not exists (select 1 from ${own} k where k.person = s.person and ${sameKey(dialect, step, 't', 'k')})`;
  const select = `select distinct s.person, ${dialect.integer('$1')}, ${[keys, ...stampOf(dialect, step)].join(', ')}`;
  const insert = `insert into ${own}\n  ${select}`;
  switch (way.kind) {
    case 'identity': {
      const identity = identityOf(plan, step, way.column);
      const kind = literal(way.identity);
      const empty = (way.empty ?? []).map((column) => `\n    and t.${quoted(column)} is null`);
      const guards = [...empty, ...(way.guards ?? []).map((guard) => guarded(target, guard))].join('');
      return `${insert}
  from ${table} t ${dialect.orderedJoin} ${soughtTable(dialect)} s on s.kind = ${kind} and s.value = ${identityComparable(dialect, 't', { ...identity, matching: way.matching })}
  where ${known}${concordant(target, step, way.identity)}${ownerConcordant(target, step, way.identity)}${guards}`;
    }
    case 'content': {
      const tables = { sought: soughtTable(dialect), needles: needleTable(dialect) };
      const found = dialect
        .mentions(searchedText(dialect, step), searchedTexts(dialect, step), tables)
        .map(
          ({ persons, may }) =>
            `${select}\n  from ${table} t ${persons}\n  where (${may}) and ${known}${notTheOwn(target, step)}`,
        );
      return `insert into ${own}\n  ${found.join('\n  union ')}`;
    }
    case 'incoming': {
      const guards = way.guards.map((guard) => guarded(target, guard)).join('');
      const isSame = way.alike === undefined ? '' : `\n    and ${sameName(dialect, way.alike)}`;
      const isServed =
        way.unlessStaff === undefined ? '' : `\n    and not (${isMarked(dialect, 'p', way.unlessStaff)})`;
      const isSole =
        way.unlessOthers === undefined ? '' : notOthers(dialect, stepAt(plan, way.from), way.from, way.pairs);
      const isRead = way.named !== undefined || isSame !== '' || isServed !== '';
      const byKey = isRead ? null : pairsByKey(stepAt(plan, way.from), way.pairs, 's');
      const [source, isTheirs] =
        byKey !== null
          ? [`${rowsOf(dialect, way.from)} s`, byKey]
          : [
              sourceOf(target, way.from),
              way.named === undefined ? samePairs(way.pairs, 't', 'p') : namedPair(dialect, way.pairs, way.named),
            ];
      return `${insert}
  from ${source} join ${table} t on ${isTheirs}
  where s.round >= ${dialect.integer('$2')} and ${known}${guards}${isSame}${isServed}${isSole}`;
    }
    case 'owner': {
      const users = way.users.map((user) => unused(target, user)).join('');
      const isSole = soleOf(dialect, quotedTable(stepAt(plan, way.from)), way);
      const isNamed = way.bears === undefined ? '' : `\n    and ${bearsName(dialect, way.bears)}`;
      const isTheirs =
        way.named === undefined
          ? samePairs(way.pairs, 't', 'p')
          : namedPair(dialect, way.pairs.map(turned), way.named, { holder: 'p', pointed: 't' });
      return `${insert}
  from ${sourceOf(target, way.from)} join ${table} t on ${isTheirs}
  where s.round >= ${dialect.integer('$2')} and ${known}${somebodys(dialect, way.pairs)}${way.isWhole === true ? '' : namesThePerson(target, way.from)}${users}${isSole}${isNamed}`;
    }
    case 'outgoing': {
      const users = way.users.map((user) => unused(target, user)).join('');
      // Who else uses an address is asked once, however many orders of the person lead to it.
      const leads = way.pairs.map((pair, place) => `p.${quoted(pair.other)} as r${place}`);
      const same = way.pairs.map((pair, place) => `t.${quoted(pair.own)} = s.r${place}`);
      return `${insert}
  from (select distinct s.person, ${leads.join(', ')} from ${sourceOf(target, way.from)} where s.round >= ${dialect.integer('$2')}) s
  join ${table} t on ${same.join(' and ')}
  where ${known}${users}`;
    }
  }
}

/** Rows that a person's rows point to and that stay because others use them. */
export function countShared(target: Target, index: number, way: Extract<Way, { kind: 'outgoing' }>): string {
  const { dialect, plan } = target;
  const step = stepAt(plan, index);
  const keys = keyColumns(dialect, step, 't').map((column, place) => `${column} as k${place}`);
  return `select distinct ${keys.join(', ')}
  from ${sourceOf(target, way.from)} join ${quotedTable(step)} t on ${samePairs(way.pairs, 't', 'p')}
  where not exists (select 1 from ${rowsOf(dialect, index)} k where ${sameKey(dialect, step, 't', 'k')})`;
}

/** The row with the key 0 stands for nobody: the account of all who have none. */
function somebodys(dialect: Dialect, pairs: readonly Pair[]): string {
  return pairs.map(({ other }) => `\n    and ${dialect.text(`p.${quoted(other)}`)} <> '0'`).join('');
}

/** The working set of a step, joined to its table: `s` has the person, `p` the columns. */
function sourceOf({ dialect, plan }: Target, index: number): string {
  const step = stepAt(plan, index);
  return `${rowsOf(dialect, index)} s join ${quotedTable(step)} p on ${sameKey(dialect, step, 'p', 's')}`;
}

/** References to the key of a working set, which holds it already; null when they are to other columns. */
function pairsByKey({ key }: PlanStep, pairs: readonly Pair[], rows: string): string | null {
  const places = pairs.map(({ other }) =>
    key.kind === 'place' ? -1 : key.columns.findIndex(({ name }) => name === other),
  );
  if (places.includes(-1)) return null;
  return pairs.map(({ own }, index) => `t.${quoted(own)} = ${rows}.k${places[index]}`).join(' and ');
}

/** An answer to the person's message is found with it, and its author is someone else: only a row that names leads up. */
function namesThePerson({ dialect, plan }: Target, index: number): string {
  const step = stepAt(plan, index);
  const named = step.ways.flatMap((way) => {
    if (way.kind !== 'identity') return [];
    const value = identityComparable(dialect, 'p', { ...identityOf(plan, step, way.column), matching: way.matching });
    return [`(q.kind = ${literal(way.identity)} and q.value = ${value})`];
  });
  if (named.length === 0) return '';
  return `\n    and exists (select 1 from ${soughtTable(dialect)} q where q.person = s.person and (${named.join(' or ')}))`;
}

/** The columns that say whose the row is are empty, or point to nobody, to the same person, or to staff where that is the same. */
export function guarded({ dialect, plan }: Target, guard: Guard): string {
  const owner = stepAt(plan, guard.step);
  const isEmpty = guard.pairs.map((pair) => `t.${quoted(pair.own)} is null`).join(' or ');
  const isMarkedStaff = guard.orStaff === undefined ? '' : ` and not (${isMarked(dialect, 'g', guard.orStaff)})`;
  const isNobodys = `not exists (select 1 from ${quotedTable(owner)} g where ${samePairs(guard.pairs, 't', 'g')}${isMarkedStaff})`;
  const rows = `${rowsOf(dialect, guard.step)} o`;
  const byKey = pairsByKey(owner, guard.pairs, 'o');
  const isTheirs =
    byKey !== null
      ? `exists (select 1 from ${rows} where o.person = s.person and ${byKey})`
      : `exists (select 1 from ${rows} join ${quotedTable(owner)} g on ${sameKey(dialect, owner, 'g', 'o')} where o.person = s.person and ${samePairs(guard.pairs, 't', 'g')})`;
  return `\n    and (${isEmpty} or ${isNobodys} or ${isTheirs})`;
}

/** No row of anyone outside this batch uses the row; a row of someone erased before is no one's. */
function unused(target: Target, user: User): string {
  const { dialect, plan } = target;
  const step = user.step === null ? null : stepAt(plan, user.step);
  const notOurs =
    step === null || user.step === null
      ? ''
      : ` and not exists (select 1 from ${rowsOf(dialect, user.step)} x where ${sameKey(dialect, step, 'u', 'x')}) and not ${isNobodys(target, user.step, 'u', { depth: 0, budget: { left: mostOwners } })}`;
  return `\n    and not exists (select 1 from ${quotedTable(user)} u where ${samePairs(user.pairs, 't', 'u')}${notOurs})`;
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
function isNobodys(target: Target, index: number, alias: string, asking: Asking): string {
  const { dialect, plan } = target;
  const { depth, budget } = asking;
  const step = stepAt(plan, index);
  if (depth > farthestOwner || budget.left <= 0 || step.scope !== 'row' || step.action === 'delete') return 'false';
  const isIdentified = step.ways.some((way) => way.kind === 'identity');
  const owners = step.ways.filter((way) => way.kind === 'incoming' && way.from !== index && way.named === undefined);
  const blank = isIdentified ? blankedFields(step).map((field) => looksBlank(dialect, field, alias)) : [];
  if (blank.length === 0 && owners.length === 0) return 'false';
  const owned = owners.flatMap((way) => {
    if (way.kind !== 'incoming') return [];
    budget.left -= 1;
    const owner = `o${depth}`;
    const isFree = way.pairs.map((pair) => `${alias}.${quoted(pair.own)} is null`).join(' or ');
    const table = quotedTable(stepAt(plan, way.from));
    return [
      `(${isFree} or exists (select 1 from ${table} ${owner} where ${samePairs(way.pairs, alias, owner)} and ${isNobodys(target, way.from, owner, { depth: depth + 1, budget })}))`,
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
export function concordant({ dialect, plan }: Target, step: TableName, kind: string, alias = 't'): string {
  const columns = plan.identities.filter(
    (each) => tableKey(each) === tableKey(step) && each.kind !== kind && !namesMention(each.column),
  );
  const stronger = [...new Set(columns.map((each) => each.kind))].filter(
    (other) => strengthOf(other) > strengthOf(kind),
  );
  return stronger
    .map((other) => {
      const own = columns
        .filter((each) => each.kind === other)
        .map((each) => `nullif(${identityComparable(dialect, alias, each)}, '')`);
      const asked = `select 1 from ${soughtTable(dialect)} w where w.person = s.person and w.kind = ${literal(other)}`;
      return `\n    and (coalesce(${own.join(', ')}, null) is null or not exists (${asked}) or exists (${asked} and w.value in (${own.join(', ')})))`;
    })
    .join('');
}

/** An order found by a shared telephone, or the account it leads to, is not another customer's. */
function ownerConcordant(target: Target, step: PlanStep, kind: string): string {
  if (!isShareable(kind)) return '';
  return step.ways
    .flatMap((way) => {
      const owner = way.kind === 'incoming' ? target.plan.steps[way.from] : undefined;
      if (way.kind !== 'incoming' || way.named !== undefined || owner === undefined || !owner.isPersons) return [];
      const agrees = concordant(target, owner, kind, 'o');
      if (agrees === '') return [];
      return [
        `\n    and not exists (select 1 from ${quotedTable(owner)} o where ${samePairs(way.pairs, 't', 'o')} and not (true${agrees}))`,
      ];
    })
    .join('');
}

/** A mention in a row that is the person's anyway is blanked with the row. */
function notTheOwn({ dialect, plan }: Target, step: PlanStep): string {
  if (step.scope === 'row') return '';
  const own = plan.steps.findIndex((other) => other.scope === 'row' && tableKey(other) === tableKey(step));
  if (own < 0) return '';
  return `\n    and not exists (select 1 from ${rowsOf(dialect, own)} x where ${sameKey(dialect, step, 't', 'x')})`;
}

/** What erases the rows of a step, in order; none when it keeps them. `$1` is the salt of replacement values. */
export function eraseRows({ dialect, plan }: Target, index: number): readonly string[] {
  const step = stepAt(plan, index);
  const keys = keyColumns(dialect, step, 't');
  const found = foundRows(dialect, step, index);
  const table = quotedTable(step);
  if (step.action === 'delete') return [dialect.remove({ table, found, keys })];
  const fields = blankedFields(step);
  if (step.action === 'keep' || fields.length === 0) return [];
  const salt = dialect.text('$1');
  const set = fields.map((field) => ({ column: field.column, value: fillExpression(dialect, step, field, salt) }));
  const unless = fields.map((field) => isBlank(dialect, step, field, salt)).join(' and ');
  const carrying = fields.find((field) => field.carried !== undefined);
  const change = { table, found, keys, set, unless };
  if (carrying?.carried === undefined) return [dialect.update(change)];
  const { column, carried } = carrying;
  return dialect.renew({ ...change, column, value: fillExpression(dialect, step, carrying, salt), carried });
}

/** What is taken out of the rows of a step: out of those of others, nothing that they may have as well. */
export function isRedacted(step: PlanStep): string {
  const isOthers = blankedFields(step).some(({ fill }) => fill.kind === 'redact' && fill.alone === null);
  return `n.person = r.person${isOthers ? ' and n.shared = 0' : ''}`;
}

/** The columns of names in the rows of a step. */
export function nameColumns(step: PlanStep): PlanStep['fields'] {
  return step.fields
    .filter((field) => field.category === 'identity' && field.do === 'blank' && namesName(field.column))
    .slice(0, mostNames);
}

/** First, last, maiden, whole: more columns of names are not one person's. */
const mostNames = 4;

/** Each row once; with what names its persons in a text, where that is taken out. */
function foundRows(dialect: Dialect, step: PlanStep, index: number): string {
  const keys = keyColumns(dialect, step, 't')
    .map((_, place) => `k${place}`)
    .join(', ');
  if (!redacts(step)) return `select distinct ${keys} from ${rowsOf(dialect, index)}`;
  return `select ${keys}, ${dialect.alternatives('n.pattern')} as redaction
    from ${rowsOf(dialect, index)} r left join ${redactionTable(dialect)} n on ${isRedacted(step)} group by ${keys}`;
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

/** The steps that must be walked: those that change something, and those they are found or guarded by. */
export function neededSteps(plan: ErasurePlan): ReadonlySet<number> {
  const needed = new Set<number>();
  const need = (index: number): void => {
    if (index < 0 || needed.has(index)) return;
    needed.add(index);
    for (const way of stepAt(plan, index).ways) {
      if (way.kind === 'identity') for (const guard of way.guards ?? []) need(guard.step);
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
    if (step.scope !== 'row') need(isOwn);
  });
  return needed;
}
