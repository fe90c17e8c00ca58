import type { TypeFamily } from '../catalogue.ts';
import type { Change, Dialect, Mention, MentionTables, Renewal, TemporaryContent, Trial } from '../dialect.ts';
import type { Matching } from '../plan.ts';
import { quoted, quotedTable } from '../quote.ts';

export const postgresDialect: Dialect = {
  orderedJoin: 'join',
  temporary: (name) => `pg_temp.${name}`,
  makeTemporary,
  makeAids: () => [],
  analyze: (name) => `analyze pg_temp.${name}`,
  text: (expression) => `${expression}::text`,
  liked: (column) => `${column}::text`,
  bytesText: (column) => `encode(${column}, 'escape')`,
  integer: (parameter) => `${parameter}::int`,
  comparable,
  place: (_step, alias) => [`${alias}.tableoid`, `${alias}.ctid`],
  holds: null,
  keyText: (column) => `${column}::text`,
  keysAsJson: (rows, keys) =>
    `select json_agg(json_build_array(s.person, ${keys.join(', ')}))::text as found from ${rows} s`,
  constant: (value, type) => `${value}::${type}`,
  typedNull: (type) => `null::${type}`,
  cast: (expression, type) => `(${expression})::${type}`,
  digest: (texts) => `encode(sha256(convert_to(concat_ws(':', ${texts.join(', ')}), 'UTF8')), 'hex')`,
  chance: (alias) => ['random()::text', 'clock_timestamp()::text', `${alias}.ctid::text`],
  number: (digest) => `('x' || left(${digest}, 15))::bit(60)::bigint`,
  bytes: (digest) => `decode(left(${digest}, 32), 'hex')`,
  isSame: (column, _type, value) => `${column}::text is not distinct from ${value}::text`,
  isMarked: (column) => `${column}::text ~ '^erased-[0-9a-f]{9}'`,
  matches: (text, pattern) => `${text} ~* ${pattern}`,
  replaced: (text, pattern, mark) => `regexp_replace(${text}, ${pattern}, ${mark}, 'gi')`,
  alternatives: (text) => `string_agg(distinct ${text}, '|')`,
  mentions,
  tryValues,
  update,
  remove: ({ table, found, keys }) => `delete from ${table} t\n  using (${found}) s\n  where ${sameKeys(keys)}`,
  renew: (renewal) => [renew(renewal)],
  carriesAll: false,
};

function makeTemporary(name: string, { columns, key, isLookedUp }: TemporaryContent): readonly string[] {
  const made =
    typeof columns === 'string'
      ? `create temporary table ${name} as\n  ${columns} with no data`
      : `create temporary table ${name} (${columns.map((each) => `${each.name} ${each.type} not null`).join(', ')})`;
  const indexed = !isLookedUp ? [] : [`create index on pg_temp.${name} (${key.map((each) => each.name).join(', ')})`];
  return [`drop table if exists pg_temp.${name}`, made, ...indexed];
}

function comparable(column: string, family: TypeFamily, matching: Matching): string {
  const text = `${column}::text`;
  switch (matching) {
    case 'email':
      return `lower(btrim(${inBrackets(text)}, E' \\t\\r\\n'))`;
    case 'compact':
      return `upper(regexp_replace(${text}, '[[:space:].-]', '', 'g'))`;
    case 'exact':
      return `btrim(${text}, E' \\t\\r\\n')`;
    case 'phone':
      return phoneDigits(text, family);
  }
}

/** `Alice <alice@example.fr>` is her e-mail (RFC 5322, name-addr). */
function inBrackets(text: string): string {
  return `case when strpos(${text}, '<') > 0 then split_part(split_part(${text}, '<', 2), '>', 1) else ${text} end`;
}

/** `+33 6 12 34 56 78`, `06.12.34.56.78` and `0033612345678` are `33612345678`; a number column lost its first zero. */
function phoneDigits(text: string, family: TypeFamily): string {
  const digits = `regexp_replace(replace(${text}, '(0)', ''), '[^0-9]', '', 'g')`;
  const lost = family === 'number' ? `when ${text} ~ '^[1-9][0-9]{8}$' then '33' || ${text} ` : '';
  return `(case ${lost}when ltrim(${text}) like '+%' then ${digits} when ${digits} like '00%' then substr(${digits}, 3) when ${digits} ~ '^0[1-9][0-9]{8}$' then '33' || substr(${digits}, 2) else ${digits} end)`;
}

/**
 * E-mails are taken out of the text and looked up, so that the cost doesn't grow with the number of persons; other
 * identifiers are tried one by one, for small batches only, and where there is none the table isn't read for them.
 */
function mentions(text: string, texts: readonly string[], { sought, needles }: MentionTables): readonly Mention[] {
  return [
    {
      persons: `cross join lateral (
    select q.person from regexp_matches(${text}, '[[:alnum:]._%+''-]+@[[:alnum:].-]+', 'g') m
      join ${sought} q on q.kind = 'email' and q.value = rtrim(lower(m[1]), '.-')
  ) s`,
      may: texts.map((each) => `strpos(${each}, '@') > 0`).join(' or '),
    },
    {
      persons: `cross join lateral (select ${text} as body offset 0) b
  join ${needles} s on case when b.body like s.digits then b.body ~* s.pattern else false end`,
      may: `exists (select from ${needles})`,
    },
  ];
}

function tryValues({ table, column, values, checks }: Trial): readonly string[] {
  // Reading the value keeps the planner from dropping it before its domain was asked.
  const isRead = `coalesce(${quoted(column.name)}::text, '') is not null`;
  const conditions = [isRead, ...checks.map((check) => `(${check.expression}) is not false`)];
  return [
    `select bool_and(${conditions.join(' and ')}) as fits
     from (select unnest(array[${values.join(', ')}]) as ${quoted(column.name)}) ${quoted(table)}`,
  ];
}

function sameKeys(keys: readonly string[]): string {
  return keys.map((key, index) => `${key} = s.k${index}`).join(' and ');
}

function update({ table, found, keys, set, unless }: Change): string {
  const assigned = set.map(({ column, value }) => `${quoted(column)} = ${value}`);
  return `update ${table} t\n  set ${assigned.join(',\n    ')}\n  from (${found}) s
  where ${sameKeys(keys)}\n    and not (${unless})`;
}

/**
 * A key and the references that don't follow it change in one statement: PostgreSQL checks references when the
 * statement ends, and then they agree.
 */
function renew(renewal: Renewal): string {
  const { table, found, keys, column, value, carried, set, unless } = renewal;
  const olds = [...new Set(carried.flatMap((each) => each.pairs.map((pair) => pair.other)))];
  const oldOf = (name: string): string => `s.old${olds.indexOf(name)}`;
  const columns = [
    ...keys.map((_, place) => `s.k${place}`),
    ...olds.map((name, place) => `t.${quoted(name)} as old${place}`),
  ];
  const carriers = carried.map((each, place) => {
    const own = each.pairs.find((pair) => pair.other === column)?.own ?? column;
    const match = each.pairs.map((pair) => `c.${quoted(pair.own)} = ${oldOf(pair.other)}`).join(' and ');
    return `carried${place} as (\n  update ${quotedTable(each)} c set ${quoted(own)} = s.renewed from renewal s where ${match}\n)`;
  });
  const assigned = set.map((each) => `${quoted(each.column)} = ${each.column === column ? 's.renewed' : each.value}`);
  return `with renewal as materialized (
  select ${columns.join(', ')}, ${value} as renewed
  from (${found}) s join ${table} t on ${sameKeys(keys)}
), ${carriers.join(', ')}
update ${table} t\n  set ${assigned.join(',\n    ')}\n  from renewal s
  where ${sameKeys(keys)}\n    and not (${unless})`;
}
