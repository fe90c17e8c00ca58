/**
 * MySQL can't read a temporary table twice in one statement (MariaDB can): each further reading is of a copy, made just
 * before. What is written is always the first one named, so that a statement that adds to a table and reads it reads it
 * as it was.
 */
export interface Reopened {
  readonly text: string;
  /** What makes the copies. */
  readonly before: readonly string[];
}

const working =
  /'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\bsocle_(?:sought|learnt|links|seeds|needles|redactions|numbers|renewal|rows_\d+)\b/g;

export function reopened(text: string): Reopened {
  const met = new Map<string, number>();
  const before: string[] = [];
  const written = text.replaceAll(working, (name) => {
    if (!name.startsWith('socle_')) return name;
    const times = (met.get(name) ?? 0) + 1;
    met.set(name, times);
    if (times === 1) return name;
    const copy = `${name}__${times}`;
    before.push(
      `drop temporary table if exists ${copy}`,
      `create temporary table ${copy} like ${name}`,
      `insert into ${copy} select * from ${name}`,
    );
    return copy;
  });
  return { text: written, before };
}
