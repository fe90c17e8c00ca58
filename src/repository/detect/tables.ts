import type { Text } from '../../kernel/index.ts';
import { impliedJoins } from './joins.ts';
import { kindOf, type TableShape } from './shape.ts';
import { conceptsOf, tableNoise, wordsOf } from './tokens.ts';
import type { Concept } from './vocabulary.ts';

/**
 * What the rows of a table are. *Belongings* are things of one or several persons (an address, a card);
 * *activity* is what they did (an order, a visit); *reference* is about nobody (products, countries, settings).
 */
export type TableRole = 'persons' | 'belongings' | 'activity' | 'reference';

export interface TableReading {
  readonly role: TableRole;
  readonly confidence: number;
  readonly reason: Text;
  /** The kind of person that the rows are or belong to: customer, employee, patient… */
  readonly person: Concept | null;
  readonly words: readonly string[];
  /** The words that all the table's columns begin with (`cli_`), dropped from each. */
  readonly prefix: string | null;
  /** Words of all the schema's tables, which its columns may abbreviate. */
  readonly hints: readonly string[];
}

export const personNouns = ['customer', 'employee', 'patient', 'user', 'person', 'contact', 'profile'] as const;
const belongingNouns = [
  'address',
  'phone',
  'email',
  'card',
  'iban',
  'rib',
  'bank',
  'mandate',
  'consent',
  'preference',
  'device',
  'newsletter',
  'network',
  'health',
  'salary',
  'evaluation',
  'session',
  'token',
  'marital',
  'loyalty',
  'photo',
  'licence',
  'passport',
  'hire',
  'biometric',
  'password',
  'income',
] as const;
const activityNouns = ['absence', 'order', 'invoice', 'visit', 'ticket', 'review', 'message', 'note'] as const;
const subjectNouns = ['product', 'place', 'organisation', 'content', 'company', 'department', 'job'] as const;
const qualifiers = ['type', 'status', 'technical', 'template'] as const;

const referencePrefixes: ReadonlySet<string> = new Set([
  'ref',
  'tr',
  'lkp',
  'lookup',
  'param',
  'r',
  'cfg',
  'conf',
  'config',
  'sys',
]);

/** Reads every table of a schema; prefixes shared by the tables (`wp_`, `ps_`, `T_`) say nothing and are dropped. */
export function readTables(tables: readonly TableShape[]): ReadonlyMap<TableShape, TableReading> {
  const shared = sharedPrefixes(tables);
  const hints = [...new Set(tables.flatMap((table) => wordsOf(table.name)))].filter((word) => word.length > 3);
  const readings = new Map(tables.map((table) => [table, readTable(table, shared, hints)]));
  return withReferences(tables, readings);
}

function readTable(table: TableShape, shared: ReadonlySet<string>, hints: readonly string[]): TableReading {
  const all = wordsOf(table.name);
  const words = all.filter(
    (word, index) => !(tableNoise.has(word) || (index === 0 && all.length > 1 && shared.has(word))),
  );
  const isReference = words.length > 1 && referencePrefixes.has(words[0] ?? '');
  const concepts = conceptsOf(words);
  const prefix = columnPrefix(table);
  const columns = columnConcepts(table, prefix, words, hints);
  const person = personNouns.find((noun) => concepts.has(noun)) ?? null;
  const reading = byName(table, words, concepts, columns, isReference);
  return { ...reading, person: person ?? reading.person, words, prefix, hints };
}

/** A post or a topic with a key of its author is what a person wrote, not the site's own content. */
function isWritten(words: readonly string[], table: TableShape): boolean {
  const isPost = words.some((word) => /^(posts?|topics?|documents?|files?|fichiers?)$/.test(word));
  return isPost && table.fields.some((field) => isPersonKey(field.name));
}

function isCustomerCompany(words: readonly string[], columns: readonly ReadonlySet<Concept>[]): boolean {
  const any = (concept: Concept): boolean => columns.some((concepts) => concepts.has(concept));
  return conceptsOf(words).has('company') && any('customer') && (any('email') || any('phone'));
}

/** Nothing but a key made of references: who is tied to whom. */
function isLink(table: TableShape): boolean {
  const keys = table.fields.filter((field) => field.isPrimaryKey);
  return keys.length >= 2 && keys.every((field) => field.references !== null);
}

type Judgement = Pick<TableReading, 'role' | 'confidence' | 'reason' | 'person'>;

function byName(
  table: TableShape,
  words: readonly string[],
  concepts: ReadonlySet<Concept>,
  columns: readonly ReadonlySet<Concept>[],
  isReference: boolean,
): Judgement {
  const strength = personStrength(columns);
  const noun = nounOf(words);
  if (isReference || noun === 'qualifier') {
    if (strength >= 3) return persons(columns, strength);
    // A list of states has no person in it; `statuses` or `user_settings` with a key of one does.
    const mayBeTheirs = !isReference && (words.length === 1 || table.fields.some((field) => isPersonKey(field.name)));
    return judge(
      'reference',
      mayBeTheirs ? 0.5 : 0.85,
      'le nom dit une liste de référence ou un réglage',
      'the name says a reference list or a setting',
    );
  }
  if (noun === 'person' && isLink(table)) {
    return judge('activity', 0.8, 'une table de liens entre d’autres', 'a table of links between others');
  }
  if (noun === 'person') {
    return judge(
      'persons',
      0.95,
      'le nom de la table désigne des personnes',
      'the table’s name means persons',
      personOf(concepts),
    );
  }
  if (noun === 'activity')
    return judge('activity', 0.85, 'le nom dit ce que des personnes ont fait', 'the name says what persons did');
  if (noun === 'belonging' && strength >= 3 && columns.some((concepts) => concepts.has('birth')))
    return persons(columns, strength);
  if (noun === 'belonging')
    return judge('belongings', 0.85, 'le nom dit une chose de personnes', 'the name says a thing of persons');
  if (strength >= 3) return persons(columns, strength);
  if (noun === 'subject' && isWritten(words, table))
    return judge(
      'activity',
      0.7,
      'écrit par des personnes, que ses lignes désignent',
      'written by persons, whom its rows point to',
    );
  if (noun === 'subject' && isCustomerCompany(words, columns))
    return judge(
      'persons',
      0.6,
      'des sociétés clientes, qui peuvent être des personnes',
      'client companies, which may be persons',
      'customer',
    );
  if (noun === 'subject')
    return judge(
      'reference',
      0.8,
      'le nom dit autre chose que des personnes',
      'the name says something other than persons',
    );
  if (strength >= 2) return persons(columns, strength);
  return judge('reference', 0.4, 'rien n’y désigne des personnes', 'nothing in it means persons');
}

function persons(columns: readonly ReadonlySet<Concept>[], strength: number): Judgement {
  const confidence = Math.min(0.95, 0.5 + strength * 0.12);
  const person =
    personNouns.find((noun) => columns.some((concepts) => concepts.has(noun) && concepts.has('id'))) ?? null;
  return judge(
    'persons',
    confidence,
    'ses colonnes décrivent une personne (nom, prénom, naissance, e-mail…)',
    'its columns describe a person (names, birth, e-mail…)',
    person,
  );
}

function judge(role: TableRole, confidence: number, fr: string, en: string, person: Concept | null = null): Judgement {
  return { role, confidence, reason: { fr, en }, person };
}

function personOf(concepts: ReadonlySet<Concept>): Concept | null {
  return personNouns.find((noun) => concepts.has(noun)) ?? null;
}

type Noun = 'qualifier' | 'activity' | 'belonging' | 'person' | 'subject' | null;

/**
 * The noun that the name turns on. `type_client`, `customer_group` and `user_role` are lists; `product_review` and
 * `commande_client` are activity; `adresse_client` and `customer_address` are belongings, whatever the language.
 */
function nounOf(words: readonly string[]): Noun {
  const each = words.map((word) => conceptsOf([word]));
  const some = (nouns: readonly Concept[]): boolean =>
    each.some((concepts) => nouns.some((noun) => concepts.has(noun)));
  const isPerson = some(personNouns);
  const hasActivity = some(activityNouns);
  if (some(qualifiers) && !(words.length === 1 && (isPerson || hasActivity || some(belongingNouns))))
    return 'qualifier';
  if (isPerson && words.length === 1) return 'person';
  const ending = each.at(-1);
  const endsWith = (nouns: readonly Concept[]): boolean => nouns.some((noun) => ending?.has(noun) === true);
  if (hasActivity && endsWith(['card', 'address', 'phone', 'email']) && !endsWith(activityNouns)) return 'belonging';
  if (hasActivity)
    return some(subjectNouns) && !isPerson && !some(['review', 'order', 'invoice', 'ticket']) ? 'subject' : 'activity';
  if (some(belongingNouns))
    return some(['product', 'place', 'organisation', 'content']) && !isPerson ? 'subject' : 'belonging';
  if (isPerson) return some(['payload']) || (words.length > 1 && endsWith(['name', 'id'])) ? 'belonging' : 'person';
  if (
    some(subjectNouns) ||
    some(['city', 'country', 'region', 'language', 'genre', 'title', 'label', 'code', 'amount', 'when', 'vehicle'])
  )
    return 'subject';
  if (some(['payload'])) return 'belonging';
  return null;
}

/** How much the columns look like a person's: first name, last name, birth, civility, e-mail, phone, password. */
function personStrength(columns: readonly ReadonlySet<Concept>[]): number {
  const any = (test: (concepts: ReadonlySet<Concept>) => boolean): number => (columns.some(test) ? 1 : 0);
  const first = any((c) => c.has('firstname') || (c.has('first') && c.has('name')));
  const last = any(
    (c) =>
      c.has('lastname') ||
      (c.has('last') && c.has('name')) ||
      (c.has('name') && columns.some((d) => d.has('firstname'))),
  );
  const birth = any((c) => c.has('birth'));
  const civil = any((c) => c.has('civility') || c.has('gender') || c.has('nir') || c.has('maiden'));
  const email = any((c) => c.has('email') && !c.has('status') && !c.has('template'));
  const phone = any((c) => c.has('phone'));
  const secret = any((c) => c.has('password') || c.has('login'));
  const shown = any((c) => c.has('nickname') || (c.has('display') && c.has('name')));
  const photo = any((c) => c.has('photo'));
  return (
    first * 1.5 + last * 1.5 + birth * 1.5 + civil + email * 0.8 + phone * 0.4 + secret * 0.7 + shown + photo * 0.5
  );
}

/**
 * A table that nothing names, but that points to persons (or to what persons did), is what they own or did:
 * references declared and implied are followed until nothing changes.
 */
function withReferences(
  tables: readonly TableShape[],
  first: ReadonlyMap<TableShape, TableReading>,
): ReadonlyMap<TableShape, TableReading> {
  const readings = new Map(first);
  const byKey = new Map(tables.map((table) => [`${table.schema}.${table.name}`, table]));
  const implied = impliedJoins(tables);
  const targetsOf = (table: TableShape): readonly TableReading[] =>
    [
      ...table.fields.flatMap((field) => (field.references === null ? [] : [field.references])),
      ...implied
        .filter((each) => each.from.schema === table.schema && each.from.table === table.name)
        .map((each) => each.to),
    ].flatMap((target) => {
      const found = byKey.get(`${target.schema}.${target.table}`);
      const reading = found === undefined || found === table ? undefined : readings.get(found);
      return reading === undefined ? [] : [reading];
    });
  for (let changed = true; changed; ) {
    changed = false;
    for (const table of tables) {
      const reading = readings.get(table);
      if (reading === undefined || reading.role !== 'reference' || reading.confidence > 0.5) continue;
      const targets = targetsOf(table);
      const owner =
        targets.find((target) => target.role === 'persons') ?? targets.find((target) => target.role === 'activity');
      if (owner === undefined && !table.fields.some((field) => isPersonKey(field.name))) continue;
      readings.set(table, pointing(reading, owner));
      changed = true;
    }
  }
  return readings;
}

function pointing(reading: TableReading, owner: TableReading | undefined): TableReading {
  return {
    ...reading,
    role: 'activity',
    confidence: owner === undefined ? 0.6 : 0.75,
    reason: { fr: 'ses lignes renvoient à des personnes', en: 'its rows point to persons' },
    person: owner?.person ?? null,
  };
}

/** `customer_id`, `id_client`, `user_no`: a key of a person, whether or not the schema declares it. */
export function isPersonKey(name: string): boolean {
  const words = wordsOf(name);
  const concepts = conceptsOf(words);
  if (words.length === 1 && /^(user|cust|client|member|employee|author)id$/.test(words[0] ?? '')) return true;
  const isKey = concepts.has('id') || (concepts.has('number') && words.length === 2);
  return isKey && words.length <= 3 && personNouns.some((noun) => noun !== 'profile' && concepts.has(noun));
}

function sharedPrefixes(tables: readonly TableShape[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const table of tables) {
    const first = wordsOf(table.name)[0];
    if (first !== undefined) counts.set(first, (counts.get(first) ?? 0) + 1);
  }
  return new Set(
    [...counts].filter(([, count]) => tables.length >= 4 && count >= tables.length * 0.6).map(([word]) => word),
  );
}

/** `cli` when nearly all the columns are `CLI_…`. */
function columnPrefix(table: TableShape): string | null {
  const firsts = table.fields
    .map((field) => wordsOf(field.name))
    .filter((words) => words.length > 1)
    .map((words) => words[0]);
  const first = firsts[0];
  if (first === undefined || table.fields.length < 3) return null;
  const share = firsts.filter((word) => word === first).length / table.fields.length;
  return share >= 0.6 ? first : null;
}

function columnConcepts(
  table: TableShape,
  prefix: string | null,
  own: readonly string[],
  hints: readonly string[],
): readonly ReadonlySet<Concept>[] {
  return table.fields
    .filter((field) => !['boolean', 'time'].includes(kindOf(field.type)))
    .map((field) => conceptsOf(fieldWords(field.name, { prefix, words: own, hints })));
}

/** A column's own words: without the prefix of all columns, nor the table's own name at the end (`NOMDEM`). */
export function fieldWords(name: string, table: Pick<TableReading, 'prefix' | 'words' | 'hints'>): readonly string[] {
  const words = withoutPrefix(wordsOf(name, table.hints), table.prefix);
  const last = words.at(-1);
  const isFused = !/[^A-Za-z]/.test(name);
  return isFused && words.length > 1 && last !== undefined && table.words.includes(last) ? words.slice(0, -1) : words;
}

function withoutPrefix(words: readonly string[], prefix: string | null): readonly string[] {
  return prefix !== null && words.length > 1 && words[0] === prefix ? words.slice(1) : words;
}
