import { type Cell, cellText, changesBetween } from './cells.ts';
import type { Erasure } from './erase.ts';
import { type Cells, cellsOf, judgementOf, type Truth, tracesIn } from './truth.ts';

/** How an erasure differs from what should have happened. */
export interface Report {
  /** Personal data that is still there. */
  readonly missed: Cells;
  /** Data of others, or documents, that were changed. */
  readonly wrecked: Cells;
  readonly outcome: string;
  /** It says that it is done, and personal data is left: the worst that Socle can do. */
  readonly isUntrue: boolean;
}

export function reportOn(truth: Truth, { before, after, person }: Erasure): Report {
  const { erased, free } = judgementOf(truth, before);
  const changes = changesBetween(before, after);
  const changed = new Set(changes.map((change) => cellText(change.cell)));
  const traced = new Set(tracesIn(after, truth.traces));
  const missed = [...erased].filter(([text]) => !changed.has(text) || traced.has(text));
  const wrecked = changes
    .map(({ cell }): [string, Cell] => [cellText(cell), cell])
    .filter(([text]) => !erased.has(text) && !free.has(text));
  const isUntrue = person.outcome === 'executed' && missed.length > 0;
  return { missed: new Map(missed), wrecked: byRow(new Map(wrecked)), outcome: person.outcome, isUntrue };
}

/** A row that came or went as a whole is one loss, not one for each of its values. */
function byRow(cells: Cells): Cells {
  return new Map(
    [...cells].filter(([, cell]) => cell.column === null || !cells.has(cellText({ ...cell, column: null }))),
  );
}

/** One line a difference, so that a test shows exactly which are new and which no longer occur. */
export function differences(report: Report, truth: Truth): readonly string[] {
  // What did not run left everything: one difference says so.
  const didRun = report.outcome !== 'failed' && report.outcome !== 'refused';
  const missed = didRun ? [...report.missed.keys()] : [];
  return [
    ...(report.isUntrue ? ['UNTRUE: it says executed, and personal data is left'] : []),
    ...(report.outcome === truth.outcome ? [] : [`OUTCOME: ${report.outcome} instead of ${truth.outcome}`]),
    ...missed.map((cell) => `MISSED: ${cell}`),
    ...[...report.wrecked.keys()].map((cell) => `WRECKED: ${cell}`),
  ];
}

/** The differences that the truth file lists as known. */
export function knownDifferences(truth: Truth, { before }: Erasure): readonly string[] {
  const { known } = truth;
  if (known === undefined) return [];
  return differences(
    {
      missed: cellsOf(known.missed, before),
      wrecked: byRow(cellsOf(known.wrecked, before)),
      outcome: known.outcome ?? truth.outcome,
      isUntrue: known.untrue,
    },
    truth,
  );
}

/** What a reader of the test run sees of one schema. */
export function reportText(name: string, report: Report, erasure: Erasure): string {
  const { planMs, executeMs, problems, person } = erasure;
  const seen = person.seen.map(
    ({ where, by, rows, mayStay }) => `${where} (${by}, ${rows}${mayStay ? ', may stay' : ''})`,
  );
  return [
    `${report.isUntrue ? '!!! UNTRUE ' : ''}${name}: ${report.outcome}, ${report.missed.size} missed, ${report.wrecked.size} wrecked; planned in ${Math.round(planMs)} ms, executed in ${Math.round(executeMs)} ms`,
    ...(report.outcome === 'failed' || report.outcome === 'refused' ? [] : lines('missed', report.missed)),
    ...lines('wrecked', report.wrecked),
    ...(seen.length > 0 ? [`  seen: ${seen.join('; ')}`] : []),
    ...(problems.length > 0 ? [`  problems: ${problems.join('; ')}`] : []),
    ...(person.detail === null ? [] : [`  ${person.detail.en}`]),
  ].join('\n');
}

/** As the truth file writes cells, so that what is judged right can be moved there. */
function lines(title: string, cells: Cells): readonly string[] {
  if (cells.size === 0) return [];
  const tables = grouped([...cells.values()], (cell) => cell.table);
  return [`  ${title}:`, ...[...tables].map(([table, own]) => `    ${table}: { ${rowsText(own)} }`)];
}

function rowsText(cells: readonly Cell[]): string {
  const columns = [...grouped(cells, (cell) => cell.key)].map(([key, own]) => {
    const names = own.map((cell) => cell.column);
    return { key, names: names.includes(null) ? "'*'" : `[${names.join(', ')}]` };
  });
  const alike = [...grouped(columns, ({ names }) => names)];
  return alike.map(([names, rows]) => `'${rows.map(({ key }) => key).join(', ')}': ${names}`).join(', ');
}

function grouped<T>(items: readonly T[], nameOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(nameOf(item), [...(groups.get(nameOf(item)) ?? []), item]);
  return groups;
}
