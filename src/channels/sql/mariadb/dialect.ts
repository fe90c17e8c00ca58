import type { TypeFamily } from '../catalogue.ts';
import type { Change, Dialect, Mention, MentionTables, Renewal, TemporaryContent, Trial } from '../dialect.ts';
import type { Matching, PlanStep } from '../plan.ts';
import { quoted, quotedTable } from '../quote.ts';

/** MariaDB and MySQL. The connection's session speaks standard SQL (see `prepareSession`). */
export const mariadbDialect: Dialect = {
  orderedJoin: 'straight_join',
  temporary: (name) => name,
  makeTemporary,
  makeAids,
  analyze: () => null,
  text,
  liked: (column, family) => (family === 'text' ? column : text(column)),
  bytesText: (column) => `convert(${column} using latin1)`,
  integer: (parameter) => `cast(${parameter} as signed)`,
  comparable,
  place: (step, alias) => [wholeRow(step, alias)],
  holds: {
    stamp: (columns) =>
      `concat_ws(',', '', ${[...columns.map((column) => `coalesce(crc32(${column}), '-')`), "''"].join(', ')})`,
    take: (rows, table, same) =>
      `select count(*) as held from ${rows} s straight_join ${table} t on ${same} for update`,
  },
  keyText: (column, type) => (isBinary(type) ? `hex(${column})` : text(column)),
  keysAsJson: (rows, keys) =>
    `select concat('[', group_concat(json_array(s.person, ${keys.join(', ')})), ']') as found from ${rows} s group by s.person div 100`,
  constant,
  typedNull: () => 'null',
  cast: (expression) => `(${expression})`,
  digest: (texts) => `sha2(concat_ws(':', ${texts.join(', ')}), 256)`,
  chance: () => ['uuid()', 'rand()'],
  number: (digest) => `cast(conv(substr(${digest}, 1, 15), 16, 10) as unsigned)`,
  bytes: (digest) => `unhex(substr(${digest}, 1, 32))`,
  isSame: (column, type, value) => (isText(type) ? `${text(column)} <=> ${value}` : `${column} <=> ${value}`),
  isMarked: (column) => `${text(column)} regexp '^erased-[0-9a-f]{9}'`,
  matches: (expression, pattern) => `${anyCase(expression)} regexp ${pattern}`,
  replaced: (expression, pattern, mark) => `regexp_replace(${anyCase(expression)}, ${pattern}, ${mark})`,
  alternatives: (expression) => `group_concat(distinct ${expression} separator '|')`,
  mentions,
  tryValues,
  update,
  remove: ({ table, found, keys }) => `delete t from (${found}) s\n  straight_join ${table} t on ${sameKeys(keys)}`,
  renew,
  carriesAll: true,
};

/** Comparisons are exact: the collations of an application hold `é` and `e`, `A` and `a` for the same letter. */
function text(expression: string): string {
  return `convert(${expression} using utf8mb4) collate utf8mb4_bin`;
}

function anyCase(expression: string): string {
  return `convert(${expression} using utf8mb4) collate utf8mb4_general_ci`;
}

export function isBinary(type: string): boolean {
  return /^(binary|varbinary|tinyblob|blob|mediumblob|longblob|bit)/i.test(type);
}

function isText(type: string): boolean {
  return /^(char|varchar|tinytext|text|mediumtext|longtext|enum|set|json)/i.test(type);
}

/** Texts and bytes are indexed by their beginning. */
function indexed({ name, type }: TemporaryContent['key'][number]): string {
  return /text|blob/i.test(type) ? `${name}(190)` : name;
}

/** Servers may refuse tables without a primary key, temporary ones included (`sql_require_primary_key`). */
export const rowKey = 'socle_row bigint unsigned not null auto_increment primary key invisible';

function makeTemporary(name: string, { columns, key }: TemporaryContent): readonly string[] {
  const index = `${rowKey}, index socle_by_key (${key.map(indexed).join(', ')})`;
  const typed = { integer: 'int', text: 'text character set utf8mb4 collate utf8mb4_bin' };
  const made =
    typeof columns === 'string'
      ? `create temporary table ${name} (${index})\n  ${columns} where false`
      : `create temporary table ${name} (${[...columns.map((each) => `${each.name} ${typed[each.type]} not null`), index].join(', ')})`;
  return [`drop temporary table if exists ${name}`, made];
}

/** Numbers from 1 to 10,000, to take the e-mails of a text one by one; made once a session. */
function makeAids(): readonly string[] {
  const digits = `(${Array.from({ length: 10 }, (_, digit) => `select ${digit} as d`).join(' union all ')})`;
  return [
    'create temporary table if not exists socle_numbers (n int not null primary key)',
    `insert into socle_numbers select 1 + a.d + 10 * b.d + 100 * c.d + 1000 * e.d from ${digits} a, ${digits} b, ${digits} c, ${digits} e where not exists (select 1 from socle_numbers)`,
  ];
}

function comparable(column: string, family: TypeFamily, matching: Matching): string {
  switch (matching) {
    case 'email':
      return `lower(${trimmed(inBrackets(column))})`;
    case 'compact':
      return `upper(regexp_replace(${text(column)}, '[[:space:].-]', ''))`;
    case 'exact':
      return trimmed(column);
    case 'phone':
      return phoneDigits(text(column), family);
  }
}

/** `Alice <alice@example.fr>` is her e-mail (RFC 5322, name-addr). */
function inBrackets(column: string): string {
  const inner = `substring_index(substring_index(${text(column)}, '<', -1), '>', 1)`;
  return `(case when locate('<', ${column}) > 0 then ${inner} else ${text(column)} end)`;
}

function trimmed(column: string): string {
  return `trim(replace(replace(replace(${text(column)}, char(9 using utf8mb4), ' '), char(10 using utf8mb4), ' '), char(13 using utf8mb4), ' '))`;
}

/** `+33 6 12 34 56 78`, `06.12.34.56.78` and `0033612345678` are `33612345678`; a number column lost its first zero. */
function phoneDigits(value: string, family: TypeFamily): string {
  const digits = `regexp_replace(replace(${value}, '(0)', ''), '[^0-9]', '')`;
  const lost = family === 'number' ? `when ${value} regexp '^[1-9][0-9]{8}$' then '33' || ${value} ` : '';
  return `(case ${lost}when ltrim(${value}) like '+%' then ${digits} when ${digits} like '00%' then substr(${digits}, 3) when ${digits} regexp '^0[1-9][0-9]{8}$' then '33' || substr(${digits}, 2) else ${digits} end)`;
}

/** These engines have no name for a row without a key: all that is in it tells it. Rows that are the same are one. */
function wholeRow(step: PlanStep, alias: string): string {
  return `sha2(${joined(step.fields.map(({ column }) => `${alias}.${quoted(column)}`))}, 256)`;
}

function joined(columns: readonly string[]): string {
  return `concat_ws(',', ${columns.map((column) => `coalesce(hex(concat(${column}, '')), '-')`).join(', ')})`;
}

function constant(value: string, type: string): string {
  if (!/^(tinyint|bit)\(1\)/i.test(type)) return value;
  return value === "'true'" ? '1' : value === "'false'" ? '0' : value;
}

/** One e-mail around each at sign; other identifiers are tried one by one, for small batches only. */
function mentions(content: string, texts: readonly string[], { sought, needles }: MentionTables): readonly Mention[] {
  const before = `right(substring_index(${content}, '@', n.n), 100)`;
  const after = `left(substring_index(substring_index(${content}, '@', n.n + 1), '@', -1), 255)`;
  const name = `regexp_substr(${before}, '[[:alnum:]._%+''-]+$')`;
  const host = `regexp_replace(regexp_substr(${after}, '^[[:alnum:].-]+'), '[.-]+$', '')`;
  const email = `convert(lower(concat(${name}, '@', ${host})) using utf8mb4) collate utf8mb4_bin`;
  return [
    {
      persons: `straight_join socle_numbers n on n.n <= char_length(${content}) - char_length(replace(${content}, '@', ''))
  straight_join ${sought} s on s.kind = 'email' and s.value = ${email}`,
      may: texts.map((each) => `${each} like '%@%'`).join(' or '),
    },
    {
      // From the needles, which are few or none.
      persons: `join ${needles} s on case when ${content} like s.digits then ${anyCase(content)} regexp s.pattern else false end`,
      may: 'true',
    },
  ];
}

function tryValues({ table, column, values, checks }: Trial): readonly string[] {
  const conditions = checks.map((check) => `(${check.expression}) is not false`);
  return [
    'drop temporary table if exists socle_try',
    `create temporary table socle_try (${rowKey}, ${quoted(column.name)} ${column.type} null)`,
    `insert into socle_try values ${values.map((value) => `(${value})`).join(', ')}`,
    `select min(${conditions.length === 0 ? '1' : conditions.join(' and ')}) as fits from socle_try ${quoted(table)}`,
  ];
}

function sameKeys(keys: readonly string[]): string {
  return keys.map((key, index) => `${key} = s.k${index}`).join(' and ');
}

/** From what was found to the table, by its key: the other way round would lock, and wait for, rows of others. */
function update({ table, found, keys, set, unless }: Change): string {
  const assigned = set.map(({ column, value }) => `t.${quoted(column)} = ${value}`);
  return `update (${found}) s\n  straight_join ${table} t on ${sameKeys(keys)}\n  set ${assigned.join(',\n    ')}\n  where not (${unless})`;
}

/**
 * References are checked row by row: with the checks off, the key and all that refers to it change, then they are on
 * again. Off, they don't cascade either (InnoDB): every reference is carried.
 */
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
    return `update socle_renewal s\n  straight_join ${quotedTable(each)} c on ${match}\n  set c.${quoted(own)} = s.renewed`;
  });
  const assigned = set.map((each) => `t.${quoted(each.column)} = ${each.column === column ? 's.renewed' : each.value}`);
  return [
    'drop temporary table if exists socle_renewal',
    `create temporary table socle_renewal (${rowKey})\n  select ${columns.join(', ')}, ${value} as renewed\n  from (${found}) s join ${table} t on ${sameKeys(keys)}\n  where not (${unless})`,
    'set session foreign_key_checks = 0',
    ...carriers,
    `update socle_renewal s\n  straight_join ${table} t on ${sameKeys(keys)}\n  set ${assigned.join(',\n    ')}`,
    'set session foreign_key_checks = 1',
  ];
}
