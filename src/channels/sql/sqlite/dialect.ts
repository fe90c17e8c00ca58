import type { TypeFamily } from '../catalogue.ts';
import type { Change, Dialect, Mention, MentionTables, Renewal, TemporaryContent, Trial } from '../dialect.ts';
import type { Matching, PlanStep } from '../plan.ts';
import { quoted, quotedTable } from '../quote.ts';

/** SQLite. What it lacks is in `functions.ts`. */
export const sqliteDialect: Dialect = {
  orderedJoin: 'cross join',
  temporary: (name) => `temp.${name}`,
  makeTemporary,
  makeAids: () => [],
  analyze: () => null,
  text,
  liked: (column) => text(column),
  bytesText: text,
  integer: (parameter) => `cast(${parameter} as integer)`,
  comparable,
  place: (step, alias) => [`${alias}.${rowName(step)}`],
  holds: null,
  keyText: (column) => `socle_key_text(${column})`,
  keysAsJson: (rows, keys) =>
    `select json_group_array(json_array(s.person, ${keys.join(', ')})) as found from ${rows} s`,
  constant,
  typedNull: () => 'null',
  cast: (expression) => `(${expression})`,
  digest: (texts) => `socle_sha256(${texts.map((each) => `coalesce(${each}, '')`).join(" || ':' || ")})`,
  chance: () => ['random()', 'hex(randomblob(8))'],
  number: (digest) => `socle_number(substr(${digest}, 1, 15))`,
  bytes: (digest) => `unhex(substr(${digest}, 1, 32))`,
  isSame: (column, type, value) => (isText(type) ? `${text(column)} is ${value}` : `${column} is ${value}`),
  isMarked: (column) => `${text(column)} glob 'erased-${'[0-9a-f]'.repeat(9)}*'`,
  matches: (expression, pattern) => `socle_matches(${expression}, ${pattern})`,
  replaced: (expression, pattern, mark) => `socle_replaced(${expression}, ${pattern}, ${mark})`,
  alternatives: (expression) => `socle_alternatives(${expression})`,
  mentions,
  tryValues,
  update,
  remove,
  renew,
  carriesAll: false,
};

/** Without the collation of the column, which may hold capitals for nothing. */
function text(expression: string): string {
  return `cast(${expression} as text)`;
}

function isText(type: string): boolean {
  return /char|clob|text|json/i.test(type);
}

/** A row has a number under three names, unless the table has columns of these names. */
function rowName(step: PlanStep): string {
  const columns = new Set(step.fields.map(({ column }) => column.toLowerCase()));
  return ['rowid', '_rowid_', 'oid'].find((name) => !columns.has(name)) ?? 'rowid';
}

function makeTemporary(name: string, { columns, key }: TemporaryContent): readonly string[] {
  const made =
    typeof columns === 'string'
      ? `create temporary table ${name} as\n  ${columns} where false`
      : `create temporary table ${name} (${columns.map((each) => `${each.name} ${each.type} not null`).join(', ')})`;
  return [
    `drop table if exists temp.${name}`,
    made,
    `create index temp.${name}_key on ${name} (${key.map((each) => each.name).join(', ')})`,
  ];
}

function comparable(column: string, family: TypeFamily, matching: Matching): string {
  return matching === 'phone'
    ? `socle_phone(${text(column)}, ${family === 'number' ? 1 : 0})`
    : `socle_${matching}(${text(column)})`;
}

function constant(value: string, type: string): string {
  if (/blob/i.test(type)) return `cast(${value} as blob)`;
  if (!/bool/i.test(type)) return value;
  return value === "'true'" ? '1' : value === "'false'" ? '0' : value;
}

function mentions(content: string, texts: readonly string[], { sought, needles }: MentionTables): readonly Mention[] {
  return [
    {
      persons: `cross join json_each(socle_emails(${content})) e
  cross join ${sought} s on s.kind = 'email' and s.value = e.value`,
      may: texts.map((each) => `${each} like '%@%'`).join(' or '),
    },
    {
      persons: `cross join ${needles} s on case when ${content} like s.digits then socle_matches(${content}, s.pattern) else false end`,
      may: `exists (select 1 from ${needles})`,
    },
  ];
}

/** A column takes any value unless its table is strict; what its type promises is asked of it all the same. */
function tryValues({ table, column, values, checks }: Trial): readonly string[] {
  const name = quoted(column.name);
  const isNumber = column.family === 'number' || column.family === 'boolean';
  const kept = isNumber ? [`coalesce(typeof(${name}) in ('integer', 'real', 'null'), false)`] : [];
  const conditions = [...kept, ...checks.map((check) => `(${check.expression}) is not false`)];
  return [
    'drop table if exists temp.socle_try',
    `create temporary table socle_try (${name} ${column.type})`,
    `insert into temp.socle_try values ${values.map((value) => `(${value})`).join(', ')}`,
    `select min(${conditions.length === 0 ? '1' : conditions.join(' and ')}) as fits from temp.socle_try as ${quoted(table)}`,
  ];
}

function sameKeys(keys: readonly string[]): string {
  return keys.map((key, index) => `${key} = s.k${index}`).join(' and ');
}

function update({ table, found, keys, set, unless }: Change): string {
  const assigned = set.map(({ column, value }) => `${quoted(column)} = ${value}`);
  return `update ${table} as t\n  set ${assigned.join(',\n    ')}\n  from (${found}) s
  where ${sameKeys(keys)}\n    and not (${unless})`;
}

/** What is found may say more of a row than its key: what to take out of its texts. */
function remove({ table, found, keys }: Pick<Change, 'table' | 'found' | 'keys'>): string {
  const named = keys.map((_, place) => `k${place}`).join(', ');
  return `delete from ${table} as t\n  where (${keys.join(', ')}) in (select ${named} from (${found}))`;
}

/** References are checked at the end of the transaction, when the key and all that refers to it agree again. */
function renew(renewal: Renewal): readonly string[] {
  const { table, found, keys, column, value, carried, set, unless } = renewal;
  const olds = [...new Set(carried.flatMap((each) => each.pairs.map((pair) => pair.other)))];
  const columns = [
    ...keys.map((_, place) => `s.k${place}`),
    ...olds.map((name, place) => `t.${quoted(name)} as old${place}`),
  ];
  const carriers = carried.map((each) => {
    const own = each.pairs.find((pair) => pair.other === column)?.own ?? column;
    const match = each.pairs.map((pair) => `c.${quoted(pair.own)} = s.old${olds.indexOf(pair.other)}`).join(' and ');
    return `update ${quotedTable(each)} as c set ${quoted(own)} = s.renewed\n  from temp.socle_renewal s where ${match}`;
  });
  const assigned = set.map((each) => `${quoted(each.column)} = ${each.column === column ? 's.renewed' : each.value}`);
  return [
    'pragma defer_foreign_keys = on',
    'drop table if exists temp.socle_renewal',
    `create temporary table socle_renewal as\n  select ${columns.join(', ')}, ${value} as renewed\n  from (${found}) s join ${table} t on ${sameKeys(keys)}\n  where not (${unless})`,
    ...carriers,
    `update ${table} as t\n  set ${assigned.join(',\n    ')}\n  from temp.socle_renewal s\n  where ${sameKeys(keys)}`,
  ];
}
