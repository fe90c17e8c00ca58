import type { Way } from '../plan.ts';
import { quoted, quotedTable } from '../quote.ts';
import { blankedFields, isBlank, keyColumns, rowsOf, sameKey } from './expressions.ts';
import { linkedBy, notOthers } from './row-conditions.ts';
import { guarded, stampOf, stepAt, type Target } from './statements.ts';

/* What an order sends besides when it goes on from what an earlier one had found. */

/**
 * Rows that point to a row of the person by what it held before it was blanked; null for a way that asks more of that row.
 * `$1` is the round.
 */
export function findLinked(target: Target, index: number, way: Way): string | null {
  if (way.kind !== 'incoming' || way.named !== undefined || way.alike !== undefined || way.unlessStaff !== undefined) {
    return null;
  }
  const { dialect, plan } = target;
  const step = stepAt(plan, index);
  const from = stepAt(plan, way.from);
  const own = rowsOf(dialect, index);
  const keys = [...keyColumns(dialect, step, 't'), ...stampOf(dialect, step)].join(', ');
  const guards = way.guards.map((guard) => guarded(target, guard)).join('');
  const isSole = way.unlessOthers === undefined ? '' : notOthers(dialect, stepAt(plan, way.from), way.from, way.pairs);
  return `insert into ${own}
  select distinct s.person, ${dialect.integer('$1')}, ${keys}
  from ${quotedTable(step)} t ${linkedBy(dialect, from, way.pairs)}
  where not exists (select 1 from ${own} k where k.person = s.person and ${sameKey(dialect, step, 't', 'k')})${guards}${isSole}`;
}

/**
 * Takes the rows whose keys are in the table of seeds and that are still what an erasure left: a row that holds anything
 * else since then may be somebody else's. `$1` is the salt.
 */
export function findSeeds({ dialect, plan }: Target, index: number, blanked: readonly string[]): string | null {
  const step = stepAt(plan, index);
  const salt = dialect.text('$1');
  const asked = blankedFields(step)
    .filter(({ column, fill }) => blanked.includes(column) && fill.kind !== 'redact')
    .map((field) => {
      const column = `t.${quoted(field.column)}`;
      const isBare = `coalesce(${dialect.text(column)}, '') = '' or ${dialect.isMarked(column)}`;
      return `(${isBare} or ${isBlank(dialect, step, field, salt)})`;
    });
  if (step.key.kind === 'place' || step.scope === 'mention' || asked.length === 0) return null;
  const keys = [...keyColumns(dialect, step, 't'), ...stampOf(dialect, step)].join(', ');
  return `insert into ${rowsOf(dialect, index)}
  select distinct s.person, 0, ${keys}
  from ${dialect.temporary('socle_seeds')} s join ${quotedTable(step)} t on ${sameKey(dialect, step, 't', 's')}
  where ${asked.join(' and ')}`;
}

/** The keys of rows to go on from, as `createRows` makes them. */
export function createSeeds({ dialect, plan }: Target, index: number): readonly string[] {
  const step = stepAt(plan, index);
  const keys = keyColumns(dialect, step, 't').map((column, place) => `${column} as k${place}`);
  const types = step.key.kind === 'place' ? [] : step.key.columns.map(({ type }) => type);
  return dialect.makeTemporary('socle_seeds', {
    columns: `select ${['0 as person', ...keys].join(', ')} from ${quotedTable(step)} t`,
    key: keys.map((_, place) => ({ name: `k${place}`, type: types[place] ?? '' })),
    isLookedUp: false,
  });
}
