/**
 * All the SQL that reads a catalogue, in one place: one statement per kind of thing, whatever the number of tables.
 * Run with `search_path = pg_catalog`, so that the engine prints every type and function with its schema.
 */

const ours = `n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and c.relpersistence <> 't'
    and not exists (select from pg_depend e where e.classid = 'pg_class'::regclass and e.objid = c.oid and e.deptype = 'e')`;

/**
 * Of a table that was never analyzed (0 before PostgreSQL 14, -1 since), the rows that were counted as they were written;
 * these counts are lost in a crash, so that a page tells of one row at least.
 */
const estimate = `case when c.reltuples > 0 or pg_stat_get_live_tuples(c.oid) = 0 then c.reltuples::float8
      else greatest(pg_stat_get_live_tuples(c.oid), pg_relation_size(c.oid) / 8192)::float8 end`;

export const tablesQuery = `
  select c.oid::text as id, n.nspname as schema, c.relname as table, c.relkind as kind, c.relispartition as is_partition,
    obj_description(c.oid, 'pg_class') as comment, ${estimate} as estimate,
    has_schema_privilege(n.oid, 'usage') and has_any_column_privilege(c.oid, 'select') as can_select,
    has_schema_privilege(n.oid, 'usage') and has_any_column_privilege(c.oid, 'update') as can_update,
    has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'delete') as can_delete,
    row_security_active(c.oid) as hides_rows,
    (select array_agg(a.attname::text) from pg_partitioned_table pt join pg_attribute a on a.attrelid = c.oid
      where pt.partrelid = c.oid and a.attnum = any (pt.partattrs::int2[])) as partition_key,
    (select array_agg(i.inhparent::text order by i.inhseqno) from pg_inherits i where i.inhrelid = c.oid) as parents
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'f') and ${ours}
  order by n.nspname, c.relname`;

export const columnsQuery = `
  with recursive under as (
    select t.oid as domain, t.typbasetype as base, t.typtypmod as modifier, t.typnotnull as not_null, array[t.oid] as chain
    from pg_type t where t.typtype = 'd'
    union all
    select u.domain, t.typbasetype, case when t.typtypmod >= 0 then t.typtypmod else u.modifier end,
      u.not_null or t.typnotnull, u.chain || t.oid
    from under u join pg_type t on t.oid = u.base and t.typtype = 'd'
  ), bottom as (
    select u.* from under u join pg_type t on t.oid = u.base where t.typtype <> 'd'
  )
  select c.oid::text as id, a.attname as name, a.attnum as position, c.relkind as kind,
    format_type(a.atttypid, a.atttypmod) as type,
    format_type(coalesce(b.base, a.atttypid), coalesce(b.modifier, a.atttypmod)) as base_type,
    t.typname as type_name, t.typcategory as type_category, coalesce(b.modifier, a.atttypmod) as modifier,
    el.typname as element_name, el.typcategory as element_category,
    dn.nspname as domain_schema, dt.typname as domain_name, coalesce(b.not_null, false) as domain_not_null,
    (select array_agg(pg_get_constraintdef(k.oid) order by k.conname) from pg_constraint k
      where k.contypid = any (b.chain) and k.contype = 'c') as domain_checks,
    (select array_agg(v.enumlabel::text order by v.enumsortorder) from pg_enum v where v.enumtypid = t.oid) as labels,
    not a.attnotnull and not coalesce(b.not_null, false) as nullable,
    case when a.attgenerated = '' then pg_get_expr(d.adbin, d.adrelid) end as default_value,
    case when a.attgenerated <> '' then pg_get_expr(d.adbin, d.adrelid) end as generated,
    case when a.attgenerated <> '' then
      (select array_agg(distinct s.attname::text) from pg_depend p
        join pg_attribute s on s.attrelid = c.oid and s.attnum = p.refobjsubid
        where p.refclassid = 'pg_class'::regclass and p.refobjid = c.oid and p.refobjsubid > 0 and p.refobjsubid <> a.attnum
          and ((p.classid = 'pg_class'::regclass and p.objid = c.oid and p.objsubid = a.attnum)
            or (p.classid = 'pg_attrdef'::regclass and p.objid = d.oid)))
    end as generated_from,
    a.attidentity as identity,
    col_description(c.oid, a.attnum) as comment,
    has_column_privilege(c.oid, a.attnum, 'select') as can_read,
    has_column_privilege(c.oid, a.attnum, 'update') as can_update
  from pg_attribute a
    join pg_class c on c.oid = a.attrelid
    join pg_namespace n on n.oid = c.relnamespace
    left join bottom b on b.domain = a.atttypid
    join pg_type t on t.oid = coalesce(b.base, a.atttypid)
    left join pg_type el on el.oid = t.typelem and t.typcategory = 'A'
    left join pg_type dt on dt.oid = a.atttypid and dt.typtype = 'd'
    left join pg_namespace dn on dn.oid = dt.typnamespace
    left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  where c.relkind in ('r', 'p', 'f', 'v', 'm') and a.attnum > 0 and not a.attisdropped and ${ours}
  order by c.oid, a.attnum`;

export const constraintsQuery = `
  select k.conrelid::text as id, k.conname as name, k.contype as type, k.confrelid::text as target,
    (select array_agg(a.attname::text order by u.place) from unnest(k.conkey) with ordinality u (number, place)
      join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.number) as columns,
    (select array_agg(a.attname::text order by u.place) from unnest(k.confkey) with ordinality u (number, place)
      join pg_attribute a on a.attrelid = k.confrelid and a.attnum = u.number) as target_columns,
    k.confdeltype as on_delete, k.confupdtype as on_update, k.condeferrable as is_deferrable,
    case when k.contype = 'c' then pg_get_expr(k.conbin, k.conrelid) end as expression
  from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
  where k.contype in ('p', 'f', 'c') and k.conparentid = 0 and ${ours}
  order by k.conrelid, k.conname`;

export const indexesQuery = `
  select i.indrelid::text as id, x.relname as name, i.indisunique as is_unique, i.indpred is not null as is_partial,
    i.indexprs is not null as is_expression,
    coalesce((to_jsonb(i) ->> 'indnullsnotdistinct')::bool, false) as nulls_not_distinct,
    (select array_agg(pg_get_indexdef(i.indexrelid, part::int, true) order by part) from generate_series(1, i.indnkeyatts) part) as parts,
    (select array_agg(distinct a.attname::text) from pg_attribute a
      where a.attrelid = i.indrelid and a.attnum > 0 and (a.attnum = any (i.indkey::int2[])
        or exists (select from pg_depend p where p.classid = 'pg_class'::regclass and p.objid = i.indexrelid
          and p.refclassid = 'pg_class'::regclass and p.refobjid = i.indrelid and p.refobjsubid = a.attnum))) as columns,
    (select array_agg(a.attname::text order by u.place) from unnest((i.indkey::int2[])[0:i.indnkeyatts - 1]) with ordinality u (number, place)
      join pg_attribute a on a.attrelid = i.indrelid and a.attnum = u.number) as plain_columns
  from pg_index i join pg_class x on x.oid = i.indexrelid
    join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
  where i.indisvalid and not i.indisprimary and c.relkind in ('r', 'p') and ${ours}
  order by i.indrelid, x.relname`;

export const triggersQuery = `
  select t.tgrelid::text as id, t.tgname as name, t.tgtype as bits, t.tgenabled <> 'D' as is_enabled,
    quote_ident(pn.nspname) || '.' || quote_ident(p.proname) as routine
  from pg_trigger t join pg_proc p on p.oid = t.tgfoid join pg_namespace pn on pn.oid = p.pronamespace
    join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
  where not t.tgisinternal and c.relkind in ('r', 'p', 'f') and ${ours}
  order by t.tgrelid, t.tgname`;

export const viewsQuery = `
  select c.oid::text as id, n.nspname as schema, c.relname as table, c.relkind as kind,
    obj_description(c.oid, 'pg_class') as comment,
    has_schema_privilege(n.oid, 'usage') and has_any_column_privilege(c.oid, 'select') and c.relispopulated as can_select,
    pg_has_role(c.relowner, 'usage') as can_refresh,
    (select array_agg(distinct p.refobjid::text) from pg_rewrite r
      join pg_depend p on p.classid = 'pg_rewrite'::regclass and p.objid = r.oid and p.refclassid = 'pg_class'::regclass
      where r.ev_class = c.oid and p.refobjid <> c.oid) as reads
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('v', 'm') and ${ours}
  order by n.nspname, c.relname`;

export const databaseQuery = `
  select current_setting('server_version') as version, current_database() as database,
    has_database_privilege(current_database(), 'temporary') as can_make_temporary_tables`;
