import { sql } from 'kysely';
import { Refusal, type Text } from '../../kernel/index.ts';
import type { Writing } from '../../store/index.ts';
import type { LineProblem } from './draft.ts';

/**
 * Writes many things at once, leaving out those that can't be: what `write` returns problems for, and what it fails on, found by
 * halves. What fails leaves nothing behind, numbers included. Returns what is wrong with each that was left out.
 */
export async function tryEach<One>(
  writing: Writing,
  all: readonly One[],
  write: (some: readonly One[]) => Promise<ReadonlyMap<One, LineProblem>>,
): Promise<ReadonlyMap<One, LineProblem>> {
  const refused = new Map<One, LineProblem>();
  const attempt = async (some: readonly One[]): Promise<void> => {
    if (some.length === 0) return;
    await sql`savepoint lot`.execute(writing.tx);
    let failure: LineProblem | null = null;
    const wrong = await write(some).catch((error: unknown) => {
      failure = problemOf(error);
      return new Map<One, LineProblem>();
    });
    if (failure === null && wrong.size === 0) {
      await sql`release savepoint lot`.execute(writing.tx);
      return;
    }
    await sql`rollback to savepoint lot`.execute(writing.tx);
    await sql`release savepoint lot`.execute(writing.tx);
    for (const [one, problem] of wrong) refused.set(one, problem);
    if (failure === null) return attempt(some.filter((one) => !wrong.has(one)));
    const [only] = some;
    if (some.length === 1 && only !== undefined) {
      refused.set(only, failure);
      return;
    }
    const half = Math.ceil(some.length / 2);
    await attempt(some.slice(0, half));
    await attempt(some.slice(half));
  };
  await attempt(all);
  return refused;
}

/** What the database or a rule refused, in words; anything else is a bug, or passes, and is thrown on. */
function problemOf(error: unknown): LineProblem {
  if (error instanceof Refusal) {
    const [first] = error.problems;
    return { column: null, code: first?.code ?? error.code, text: first?.text ?? error.text };
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === '23503') return { column: null, code: 'import.gone', text: words.gone };
  // Data exceptions and broken constraints.
  if (code.startsWith('22') || code.startsWith('23'))
    return { column: null, code: 'import.refused', text: words.refused };
  throw error;
}

const words = {
  gone: {
    fr: 'Ce à quoi la ligne renvoie a été supprimé entre-temps, ou d’autres objets y renvoient.',
    en: 'What the line refers to was deleted meanwhile, or other objects refer to it.',
  },
  refused: {
    fr: 'Ces valeurs ne peuvent pas aller ensemble, ou une autre écriture les a prises entre-temps.',
    en: 'These values can’t go together, or another write took them meanwhile.',
  },
} as const satisfies Record<string, Text>;
