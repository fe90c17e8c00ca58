import type { Category } from '../../channels/index.ts';
import type { Text } from '../../kernel/index.ts';
import { type FieldShape, kindOf, lengthOf, type TableShape, type TypeKind } from './shape.ts';
import { fieldWords, type TableReading } from './table-reading.ts';
import { conceptsOf, wordsOf } from './tokens.ts';
import type { Concept } from './vocabulary.ts';

/** A field with all that the rules look at: its own words, its type, its table and its neighbours. */
export interface FieldReading {
  readonly field: FieldShape;
  readonly table: TableReading;
  readonly words: readonly string[];
  readonly concepts: ReadonlySet<Concept>;
  /** The words of the comment, consulted when the name says nothing. */
  readonly commentWords: readonly string[];
  readonly commentConcepts: ReadonlySet<Concept>;
  readonly kind: TypeKind;
  readonly length: number | null;
  /** Its name and type mean another table's key, though the schema declares nothing. */
  readonly isImpliedReference: boolean;
  /** A text without bound, beside texts that have one: made to write in. */
  readonly isLongText: boolean;
  /** The concepts of the table's other columns. */
  readonly neighbours: ReadonlySet<Concept>;
}

export interface Finding {
  readonly category: Category;
  /** From 0 to 1. Under 0.5 the field waits for a human verdict. */
  readonly confidence: number;
  readonly reason: Text;
}

export type Rule = (field: FieldReading) => Finding | null;

export function readFields(
  shape: TableShape,
  table: TableReading,
  implied: ReadonlySet<FieldShape>,
): readonly FieldReading[] {
  const hasBounded = shape.fields.some((field) => kindOf(field.type) === 'text' && lengthOf(field.type) !== null);
  const words = shape.fields.map((field) => fieldWords(field.name, table));
  const concepts = words.map((each) => conceptsOf(each));
  return shape.fields.map((field, index) => ({
    field,
    table,
    words: words[index] ?? [],
    concepts: concepts[index] ?? new Set(),
    commentWords: commentWords(field),
    commentConcepts: conceptsOf(commentWords(field)),
    kind: kindOf(field.type),
    isImpliedReference: implied.has(field),
    isLongText: hasBounded && /^(text|ntext|clob|longtext|mediumtext)/i.test(field.type),
    length: lengthOf(field.type),
    neighbours: new Set(concepts.flatMap((each, other) => (other === index ? [] : [...each]))),
  }));
}

/** Its first words: what follows a long comment's beginning is seldom its subject. */
function commentWords(field: FieldShape): readonly string[] {
  return wordsOf((field.comment ?? '').slice(0, 120));
}

export function found(category: Category, confidence: number, fr: string, en: string): Finding {
  return { category, confidence, reason: { fr, en } };
}

export function hasAny(field: FieldReading, ...concepts: readonly Concept[]): boolean {
  return concepts.some((concept) => field.concepts.has(concept));
}

export function hasAll(field: FieldReading, ...concepts: readonly Concept[]): boolean {
  return concepts.every((concept) => field.concepts.has(concept));
}

export function hasWord(field: FieldReading, ...words: readonly string[]): boolean {
  return words.some((word) => field.words.includes(word));
}

/** All that the field's words mean lies within `concepts` (unknown words don't count). */
export function hasOnly(field: FieldReading, ...concepts: readonly Concept[]): boolean {
  const allowed = new Set<Concept>([...concepts, 'use']);
  return field.words.every((word) => {
    const meanings = conceptsOf([word]);
    return meanings.size === 0 || [...meanings].some((meaning) => allowed.has(meaning));
  });
}

export function isTextual(field: FieldReading): boolean {
  return field.kind === 'text' || field.kind === 'other';
}

/** Text, or a number wide enough to hold a telephone or a card. */
export function isValue(field: FieldReading): boolean {
  return (
    isTextual(field) ||
    (field.kind === 'integer' && /big|int8|serial8/.test(field.field.type.toLowerCase())) ||
    field.kind === 'decimal'
  );
}

/**
 * The field speaks *about* the thing rather than holding it: `email_verified`, `phone_type`, `address_id`,
 * `show_email`, `email_sent_at`.
 */
export function isAbout(field: FieldReading): boolean {
  if (['boolean', 'date', 'time', 'geo', 'uuid'].includes(field.kind)) return true;
  if (
    hasAny(field, 'type', 'status', 'count', 'template', 'when') &&
    !hasWord(field, 'has', 'can', 'at', 'current', 'public', 'default', 'valid')
  )
    return true;
  if (hasAny(field, 'id') && !isTextual(field)) return true;
  return hasAny(field, 'id') && !hasAny(field, 'login', 'national', 'nationalid');
}

export function isOfPersons(field: FieldReading): boolean {
  return field.table.role === 'persons' || field.table.role === 'belongings';
}

/** The name of the field itself says a person: `customer_name`, `contact_title`, `owner`. */
export function namesPerson(field: FieldReading): boolean {
  return (
    hasAny(field, 'customer', 'employee', 'patient', 'user', 'person', 'contact', 'holder') &&
    !hasWord(field, 'commercial', 'operateur', 'clients')
  );
}
