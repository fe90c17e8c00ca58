import { type CsvRow, decodeText, readCsv } from '../../channels/index.ts';
import type { Text } from '../../kernel/index.ts';
import { type OutcomeBody, outcomeBody } from '../order/answers.ts';

/** An answer of a file: where it stands, and what it says, or why it can't be read. */
export type FileAnswer =
  | { readonly kind: 'answer'; readonly lines: readonly number[]; readonly body: OutcomeBody }
  | { readonly kind: 'unreadable'; readonly lines: readonly number[]; readonly code: string; readonly text: Text };

/**
 * The answers of a file, in its order. NDJSON: one a line, as by the API. CSV: a line a person (or one line for the whole order,
 * without `ref`), put together by order. `at` stands for the moment when a CSV says none: the same each time the file is read.
 */
export function readAnswers(name: string, bytes: Buffer, at: Date): readonly FileAnswer[] {
  const text = decodeText(bytes);
  return /\.csv$/i.test(name) ? csvAnswers(readCsv(text), at) : jsonAnswers(text);
}

function jsonAnswers(text: string): readonly FileAnswer[] {
  return text.split('\n').flatMap((content, place): readonly FileAnswer[] => {
    if (content.trim() === '') return [];
    const lines = [place + 1];
    try {
      const parsed = outcomeBody.safeParse(JSON.parse(content));
      return [parsed.success ? { kind: 'answer', lines, body: parsed.data } : unreadable(lines, notAnswer)];
    } catch {
      return [unreadable(lines, notJson)];
    }
  });
}

const columns = ['order', 'digest', 'ref', 'outcome', 'reason', 'until', 'detail', 'at', 'by'] as const;
type Cells = Readonly<Partial<Record<(typeof columns)[number], string>>>;
interface Line {
  readonly line: number;
  readonly cells: Cells;
}

function csvAnswers([head, ...rows]: readonly CsvRow[], at: Date): readonly FileAnswer[] {
  if (head === undefined) return [];
  const names = head.cells.map((name) => name.trim().toLowerCase());
  if (!['order', 'digest', 'outcome'].every((name) => names.includes(name))) return [unreadable([head.line], noHeader)];
  const byOrder = new Map<string, Line[]>();
  for (const row of rows) {
    const cells: Cells = Object.fromEntries(
      columns.flatMap((name) => {
        const value = row.cells[names.indexOf(name)]?.trim() ?? '';
        return names.includes(name) && value !== '' ? [[name, value]] : [];
      }),
    );
    const order = cells.order ?? `line ${row.line}`;
    byOrder.set(order, [...(byOrder.get(order) ?? []), { line: row.line, cells }]);
  }
  return [...byOrder.values()].map((lines) => orderAnswer(lines, at));
}

/** The lines of one order as one answer: persons who differ from each other are one answer; lines that contradict are none. */
function orderAnswer(given: readonly Line[], at: Date): FileAnswer {
  const lines = given.map(({ line }) => line);
  const distinct = [...new Map(given.map((each) => [JSON.stringify(each.cells), each.cells])).values()];
  const about = distinct.map(({ ref }) => ref ?? '');
  if (new Set(about).size < about.length) return unreadable(lines, contradictory);
  const whole = distinct.find(({ ref }) => ref === undefined);
  const persons = distinct.filter(({ ref }) => ref !== undefined);
  const outcomes = new Set(distinct.map(({ outcome }) => outcome));
  const first = distinct[0] ?? {};
  const parsed = outcomeBody.safeParse({
    order: first.order,
    digest: first.digest,
    outcome: outcomes.size === 1 ? first.outcome : 'partly',
    at: first.at ?? at.toISOString(),
    ...(first.by === undefined ? {} : { by: first.by }),
    ...(persons.length === 0 ? {} : { persons: persons.map(({ ref, ...cells }) => personOf(ref, cells)) }),
    ...(whole === undefined ? {} : { default: whole.outcome }),
  });
  return parsed.success ? { kind: 'answer', lines, body: parsed.data } : unreadable(lines, notAnswer);
}

function personOf(ref: string | undefined, { outcome, reason, until, detail }: Cells): object {
  return {
    ref,
    outcome,
    ...(reason === undefined ? {} : { reason }),
    ...(until === undefined ? {} : { until }),
    ...(detail === undefined ? {} : { detail }),
  };
}

function unreadable(
  lines: readonly number[],
  { code, text }: { readonly code: string; readonly text: Text },
): FileAnswer {
  return { kind: 'unreadable', lines, code, text };
}

const notJson = {
  code: 'file.not_json',
  text: { fr: 'Cette ligne n’est pas du JSON.', en: 'This line is not JSON.' },
};
const notAnswer = {
  code: 'file.not_answer',
  text: {
    fr: 'Cette ligne n’est pas une réponse : order, digest et outcome (executed, partly, refused, not_found, failed) sont nécessaires, au bon format.',
    en: 'This line is not an answer: order, digest and outcome (executed, partly, refused, not_found, failed) are needed, well formed.',
  },
};
const noHeader = {
  code: 'file.no_header',
  text: {
    fr: 'La première ligne doit nommer les colonnes, dont order, digest et outcome.',
    en: 'The first line must name the columns, among them order, digest and outcome.',
  },
};
const contradictory = {
  code: 'file.contradictory',
  text: {
    fr: 'Plusieurs lignes disent des choses différentes de la même personne : aucune n’est prise.',
    en: 'Several lines say different things of the same person: none is taken.',
  },
};
