import { type RawBuilder, sql } from 'kysely';
import { type JournalEntry, record } from '../journal/index.ts';
import { type Problem, publicId, type Uuid } from '../kernel/index.ts';
import { type Attribute, numberFrame, type TypeModel, type Value } from '../model/index.ts';
import type { Writing } from '../store/index.ts';
import { brokenRule } from './broken-rules.ts';
import { invalid, isDataException } from './refusals.ts';

/**
 * How the decision is told to the journal. A room whose own entry tells it better gives that entry, or null when it
 * records one by itself: one decision, one entry.
 */
export type JournalChoice = JournalEntry | null | undefined;

export async function journal(
  writing: Writing,
  choice: JournalChoice,
  kind: string,
  object: Uuid,
  data: NonNullable<JournalEntry['data']>,
): Promise<void> {
  if (choice === null) return;
  await record(writing, choice ?? { kind, subject: publicId('obj', object), data });
}

/** As many human numbers as that, one after the other: gapless, because the counter's row is held until the transaction ends. */
export async function allotNumbers(writing: Writing, type: TypeModel, count: number): Promise<readonly string[]> {
  if (count === 0) return [];
  const [before, after] = numberFrame(type.number, writing.now);
  const row = await writing.tx
    .insertInto('objects.sequence')
    .values({ type: type.name, frame: `${before}…${after}`, last: BigInt(count) })
    .onConflict((conflict) =>
      conflict.columns(['org', 'type', 'frame']).doUpdateSet({ last: sql`objects.sequence.last + ${count}` }),
    )
    .returning('last')
    .executeTakeFirstOrThrow();
  const first = row.last - BigInt(count) + 1n;
  return Array.from(
    { length: count },
    (_, at) => `${before}${String(first + BigInt(at)).padStart(type.number.digits, '0')}${after}`,
  );
}

export interface Cell {
  readonly column: string;
  readonly value: unknown;
}

/** What goes into the table for these values: one cell a physical column. */
export function cellsOf(values: ReadonlyMap<Attribute, Value>): readonly Cell[] {
  return [...values].flatMap(([attribute, value]) => {
    const stored = value === null ? attribute.columns.map(() => null) : attribute.type.encode(value);
    return attribute.columns.map((column, at) => ({ column, value: stored[at] ?? null }));
  });
}

/** Runs a write on a type's table; a race lost to another writer becomes the refusal it would have been. */
export async function writeRow(writing: Writing, type: TypeModel, statement: RawBuilder<unknown>): Promise<void> {
  try {
    await statement.execute(writing.tx);
  } catch (error) {
    const broken = brokenRule(type, error);
    if (broken !== null) throw invalid(type, [broken]);
    if (isDataException(error)) throw invalid(type, [tooLarge]);
    throw error;
  }
}

/** A calculation gave more than its column holds: digits of a number, days of a calendar. */
const tooLarge: Problem = {
  pointer: '/values',
  code: 'value.too_large',
  text: {
    fr: 'Une valeur calculée dépasserait ce qui peut être gardé : vérifiez les nombres et les dates donnés.',
    en: 'A calculated value would be larger than can be kept: check the numbers and dates given.',
  },
};
