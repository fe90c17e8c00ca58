import pg from 'pg';
import { shortName } from '../physical-names.ts';
import type { ComputeShape, RollupShape } from './shapes.ts';

/**
 * The functions behind the triggers that keep calculated attributes and totals true, and what brings rows that were there before
 * up to date. A function is known by its body; a comment on it says that no row is owed any more.
 */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function table(name: string): string {
  return `model.${quoted(name)}`;
}

/** Rows brought up to date in one statement, which holds them until it ends. */
const atOnce = 2_000;

export function computeBody({ columns }: ComputeShape): string {
  const lines = columns.map(({ name, onWrite }) => `  new.${quoted(name)} := ${onWrite};`);
  return `begin\n${lines.join('\n')}\n  return new;\nend`;
}

export function computeName(tableName: string): string {
  return `model.${quoted(shortName(`compute_${tableName}`))}()`;
}

export function setCompute(tableName: string, compute: ComputeShape): string {
  return `${functionOf(computeName(tableName), computeBody(compute))};
    drop trigger if exists compute on ${table(tableName)};
    create trigger compute before insert or update on ${table(tableName)} for each row execute function ${computeName(tableName)}`;
}

/** Of rows already there, those whose values aren't what they should be: the trigger does the rest. */
export function recompute(tableName: string, { columns }: ComputeShape): string {
  const kept = columns.map(({ name }) => `o.${quoted(name)}`).join(', ');
  const right = columns.map(({ onRow }) => onRow).join(', ');
  return `update ${table(tableName)} as written set version = version where (org, id) in
    (select o.org, o.id from ${table(tableName)} as o where row(${kept}) is distinct from row(${right}) limit ${atOnce})`;
}

export function rollupName(tableName: string): string {
  return `model.${quoted(shortName(`rollup_${tableName}`))}()`;
}

/**
 * After a statement that wrote rows of the table: the rows they refer to are locked, in order, then added up again from what is
 * there by then. Whoever writes beside waits for the lock, and adds up with this writer's rows.
 */
export function rollupBody(tableName: string, rollups: readonly RollupShape[]): string {
  const forAll = (touched: (rollup: RollupShape) => string): string =>
    rollups.map((rollup) => addedUp(tableName, rollup, touched(rollup))).join('\n');
  return `begin
  if tg_op = 'INSERT' then
${forAll(({ by }) => `select org, ${quoted(by)} as id from added`)}
  elsif tg_op = 'DELETE' then
${forAll(({ by }) => `select org, ${quoted(by)} as id from removed`)}
  else
${forAll(changed)}
  end if;
  return null;
end`;
}

/** Only rows of which something that counts has changed. */
function changed({ by, dependsOn }: RollupShape): string {
  const of = (alias: string): string => [by, ...dependsOn].map((name) => `${alias}.${quoted(name)}`).join(', ');
  return `select moved.org, moved.id from removed as b join added as a using (org, id)
      cross join lateral (values (a.org, a.${quoted(by)}), (b.org, b.${quoted(by)})) as moved (org, id)
      where row(${of('a')}) is distinct from row(${of('b')})`;
}

function addedUp(tableName: string, { parent, by, columns }: RollupShape, touched: string): string {
  const names = columns.map(({ name }) => `p.${quoted(name)}`).join(', ');
  const totals = columns.map(({ value }, at) => `${value} as v${at}`).join(', ');
  const set = columns.map(({ name }, at) => `${quoted(name)} = t.v${at}`).join(', ');
  const values = columns.map((_, at) => `t.v${at}`).join(', ');
  const ids = `select distinct org, id from (${touched}) as touched where id is not null`;
  return `    perform 1 from ${table(parent)} as p where (p.org, p.id) in (${ids}) order by p.org, p.id for no key update;
    update ${table(parent)} as p set ${set} from (
      select i.org, i.id, ${totals} from (${ids}) as i
        left join ${table(tableName)} as o on o.org = i.org and o.${quoted(by)} = i.id group by i.org, i.id) as t
     where p.org = t.org and p.id = t.id and row(${names}) is distinct from row(${values});`;
}

export function setRollups(tableName: string, rollups: readonly RollupShape[]): string {
  const name = rollupName(tableName);
  const on = (event: string, tables: string): string =>
    `drop trigger if exists rollup_${event} on ${table(tableName)};
    create trigger rollup_${event} after ${event} on ${table(tableName)} referencing ${tables} for each statement execute function ${name}`;
  return [
    functionOf(name, rollupBody(tableName, rollups)),
    on('insert', 'new table as added'),
    on('update', 'old table as removed new table as added'),
    on('delete', 'old table as removed'),
  ].join(';\n    ');
}

/** Totals that rows already there don't have yet, or not as they are counted now. */
export function addUpAgain(tableName: string, { parent, by, columns }: RollupShape): string {
  const names = columns.map(({ name }) => `p.${quoted(name)}`).join(', ');
  const totals = columns.map(({ value }) => value).join(', ');
  const rows = `from ${table(tableName)} as o where o.org = p.org and o.${quoted(by)} = p.id`;
  const set = columns.map(({ name }) => quoted(name)).join(', ');
  return `update ${table(parent)} as p set (${set}) = (select ${totals} ${rows}) where (org, id) in
    (select p.org, p.id from ${table(parent)} as p where row(${names}) is distinct from (select row(${totals}) ${rows}) limit ${atOnce})`;
}

function functionOf(name: string, body: string): string {
  return `create or replace function ${name} returns trigger language plpgsql set search_path = pg_catalog as ${pg.escapeLiteral(body)};
    comment on function ${name} is null`;
}
