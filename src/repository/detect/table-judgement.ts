import type { Text } from '../../kernel/index.ts';
import type { TableShape } from './shape.ts';
import { isPersonKey, nounOf, personNouns, personStrength } from './table-nouns.ts';
import type { TableReading, TableRole } from './table-reading.ts';
import { conceptsOf } from './tokens.ts';
import type { Concept } from './vocabulary.ts';

export type Judgement = Pick<TableReading, 'role' | 'confidence' | 'reason' | 'person'>;

/** Why a table was read as it was. */
const reasons = {
  list: {
    fr: 'le nom dit une liste de référence ou un réglage',
    en: 'the name says a reference list or a setting',
  },
  link: { fr: 'une table de liens entre d’autres', en: 'a table of links between others' },
  persons: { fr: 'le nom de la table désigne des personnes', en: 'the table’s name means persons' },
  activity: { fr: 'le nom dit ce que des personnes ont fait', en: 'the name says what persons did' },
  belonging: { fr: 'le nom dit une chose de personnes', en: 'the name says a thing of persons' },
  written: {
    fr: 'écrit par des personnes, que ses lignes désignent',
    en: 'written by persons, whom its rows point to',
  },
  clients: {
    fr: 'des sociétés clientes, qui peuvent être des personnes',
    en: 'client companies, which may be persons',
  },
  subject: { fr: 'le nom dit autre chose que des personnes', en: 'the name says something other than persons' },
  columns: {
    fr: 'ses colonnes décrivent une personne (nom, prénom, naissance, e-mail…)',
    en: 'its columns describe a person (names, birth, e-mail…)',
  },
  nothing: { fr: 'rien n’y désigne des personnes', en: 'nothing in it means persons' },
} as const satisfies Readonly<Record<string, Text>>;

export interface TableEvidence {
  readonly table: TableShape;
  readonly words: readonly string[];
  /** What its columns mean, one set a column. */
  readonly columns: readonly ReadonlySet<Concept>[];
  /** Its first word says a list: `ref_`, `param_`. */
  readonly isReference: boolean;
}

/** What the table's own name and columns say of its rows; references are followed afterwards. */
export function judgeTable(evidence: TableEvidence): Judgement {
  const { table, words, columns } = evidence;
  const strength = personStrength(columns);
  const noun = evidence.isReference ? 'qualifier' : nounOf(words);
  if (noun === 'person') {
    return isLink(table)
      ? judge('activity', 0.8, reasons.link)
      : judge('persons', 0.95, reasons.persons, personOf(words));
  }
  if (noun === 'activity') return judge('activity', 0.85, reasons.activity);
  const hasBirth = columns.some((concepts) => concepts.has('birth'));
  if (noun === 'belonging' && !(strength >= 3 && hasBirth)) return judge('belongings', 0.85, reasons.belonging);
  if (strength >= 3) return persons(columns, strength);
  if (noun === 'qualifier') return judge('reference', mayBeTheirs(evidence) ? 0.5 : 0.85, reasons.list);
  if (noun === 'subject') return judgeSubject(evidence);
  if (strength >= 2) return persons(columns, strength);
  return judge('reference', 0.4, reasons.nothing);
}

/** A list of states has no person in it; `statuses` or `user_settings` with a key of one may. */
function mayBeTheirs({ table, words, isReference }: TableEvidence): boolean {
  return !isReference && (words.length === 1 || table.fields.some((field) => isPersonKey(field.name)));
}

function judgeSubject({ table, words, columns }: TableEvidence): Judgement {
  if (isWritten(words, table)) return judge('activity', 0.7, reasons.written);
  if (isCustomerCompany(words, columns)) return judge('persons', 0.6, reasons.clients, 'customer');
  return judge('reference', 0.8, reasons.subject);
}

function persons(columns: readonly ReadonlySet<Concept>[], strength: number): Judgement {
  const confidence = Math.min(0.95, 0.5 + strength * 0.12);
  const person =
    personNouns.find((noun) => columns.some((concepts) => concepts.has(noun) && concepts.has('id'))) ?? null;
  return judge('persons', confidence, reasons.columns, person);
}

function judge(role: TableRole, confidence: number, reason: Text, person: Concept | null = null): Judgement {
  return { role, confidence, reason, person };
}

function personOf(words: readonly string[]): Concept | null {
  const concepts = conceptsOf(words);
  return personNouns.find((noun) => concepts.has(noun)) ?? null;
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
