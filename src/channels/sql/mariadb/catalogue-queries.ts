/**
 * All the SQL that reads a catalogue, in one place: one statement per kind of thing, whatever the number of tables. Names
 * of columns are written out: servers print those of `information_schema` in capitals or not.
 */

const here = 'table_schema = database()';

export const databaseQuery = 'select version() as version, database() as db';

export const tablesQuery = `
  select t.table_name as name, t.table_type as type, t.engine as engine, t.table_comment as comment,
    t.table_rows as estimate, e.transactions as transactions
  from information_schema.tables t left join information_schema.engines e on e.engine = t.engine
  where t.${here} order by t.table_name`;

export const columnsQuery = `
  select table_name as owner, column_name as name, ordinal_position as position, data_type as data_type,
    column_type as type, character_maximum_length as length, numeric_precision as digits, numeric_scale as scale,
    is_nullable as nullable, column_default as default_value, extra as extra, generation_expression as generation,
    column_comment as comment, privileges as rights
  from information_schema.columns where ${here} order by table_name, ordinal_position`;

export const indexesQuery = `
  select table_name as owner, index_name as name, non_unique as is_not_unique, column_name as column_name,
    sub_part as beginning
  from information_schema.statistics where ${here} order by table_name, index_name, seq_in_index`;

export const referencesQuery = `
  select k.table_name as owner, k.constraint_name as name, k.column_name as column_name,
    k.referenced_table_name as target, k.referenced_column_name as target_column,
    r.delete_rule as on_delete, r.update_rule as on_update
  from information_schema.key_column_usage k
    join information_schema.referential_constraints r
      on r.constraint_schema = k.constraint_schema and r.constraint_name = k.constraint_name and r.table_name = k.table_name
  where k.${here} and k.referenced_table_schema = k.table_schema
  order by k.table_name, k.constraint_name, k.ordinal_position`;

/** MariaDB says of which table a check is; MySQL lets it be found, and has checks that it does not enforce. */
export const checksQuery = {
  mariadb: `
  select table_name as owner, constraint_name as name, check_clause as expression
  from information_schema.check_constraints where constraint_schema = database() order by table_name, constraint_name`,
  mysql: `
  select t.table_name as owner, c.constraint_name as name, c.check_clause as expression
  from information_schema.check_constraints c join information_schema.table_constraints t
    on t.constraint_schema = c.constraint_schema and t.constraint_name = c.constraint_name
  where c.constraint_schema = database() and t.constraint_type = 'CHECK' and t.enforced = 'YES' order by t.table_name, c.constraint_name`,
} as const;

export const triggersQuery = `
  select event_object_table as owner, trigger_name as name, action_timing as timing, event_manipulation as event
  from information_schema.triggers where event_object_schema = database() order by event_object_table, trigger_name`;

export const viewsQuery = `
  select table_name as name, view_definition as definition
  from information_schema.views where ${here} order by table_name`;
