import type pg from 'pg';
import type { Actual, ActualTable, AppliedFunction } from './shapes.ts';

interface Row {
  readonly table: string;
  readonly name: string;
  readonly detail: string;
  readonly is_good: boolean;
  readonly kind: 'table' | 'column' | 'index' | 'constraint' | 'compute' | 'rollup';
}

/** What schema `model` holds now, from the catalogue. */
export async function readActual(client: pg.Client): Promise<Actual> {
  const { rows } = await client.query<Row>(`
    with t as (select c.oid, c.relname, c.relrowsecurity and c.relforcerowsecurity as is_protected
                 from pg_class c where c.relnamespace = 'model'::regnamespace and c.relkind in ('r', 'p'))
    select t.relname as table, '' as name, '' as detail, is_protected as is_good, 'table' as kind from t
    union all
    select t.relname, a.attname, format_type(a.atttypid, a.atttypmod), true, 'column'
      from t join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
    union all
    select t.relname, i.relname, '', x.indisvalid and x.indisready, 'index'
      from t join pg_index x on x.indrelid = t.oid join pg_class i on i.oid = x.indexrelid
    union all
    select t.relname, k.conname, '', k.convalidated, 'constraint'
      from t join pg_constraint k on k.conrelid = t.oid and k.contype in ('p', 'c', 'f')
    union all
    select t.relname, g.tgname, f.prosrc, obj_description(f.oid, 'pg_proc') = 'applied', replace(g.tgname, '_insert', '')
      from t join pg_trigger g on g.tgrelid = t.oid and g.tgname in ('compute', 'rollup_insert') join pg_proc f on f.oid = g.tgfoid`);
  const tables = new Map<string, ActualTable>();
  for (const { table, is_good } of rows.filter((row) => row.kind === 'table')) {
    const of = (kind: Row['kind']): readonly Row[] => rows.filter((row) => row.table === table && row.kind === kind);
    tables.set(table, {
      name: table,
      isProtected: is_good,
      columns: new Map(of('column').map((row) => [row.name, row.detail])),
      indexes: new Map(of('index').map((row) => [row.name, row.is_good])),
      constraints: new Map(of('constraint').map((row) => [row.name, row.is_good])),
      compute: appliedFunction(of('compute')),
      rollup: appliedFunction(of('rollup')),
    });
  }
  return tables;
}

function appliedFunction([found]: readonly Row[]): AppliedFunction | null {
  return found === undefined ? null : { body: found.detail, isApplied: found.is_good };
}
