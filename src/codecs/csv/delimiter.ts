const candidates = [',', ';', '\t', '|', ':', '^', '~'] as const;

/**
 * The delimiter of a CSV text, from its beginning: the one that parts the first lines into the same number of cells, and
 * into most. A comma when nothing does: a file of one column.
 */
export function detectDelimiter(beginning: string): string {
  const lines = firstLines(withoutQuoted(beginning));
  const found = candidates
    .map((delimiter) => ({ delimiter, counts: lines.map((line) => line.split(delimiter).length - 1) }))
    .filter(({ counts }) => (counts[0] ?? 0) > 0)
    .map(({ delimiter, counts }) => ({ delimiter, score: scoreOf(counts) }))
    .toSorted((a, b) => b.score - a.score);
  return found[0]?.delimiter ?? ',';
}

/** How many lines have as many cells as the first, then how many cells that is. */
function scoreOf(counts: readonly number[]): number {
  const [first = 0] = counts;
  const alike = counts.filter((count) => count === first).length;
  return (alike / counts.length) * 1_000 + Math.min(first, 500);
}

function withoutQuoted(text: string): string {
  return text.replaceAll(/"(?:[^"]|"")*"/g, 'q');
}

function firstLines(text: string): readonly string[] {
  const lines = text.split(/\r\n|\n|\r/).filter((line) => line !== '');
  // The last one may have been cut.
  return lines.slice(0, Math.max(1, Math.min(20, lines.length - 1)));
}
