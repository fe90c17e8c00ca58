/**
 * `$2 … $1 … $2` with two values becomes `? … ? … ?` with three: the protocol knows places only. What looks like a
 * parameter inside a quoted text or identifier is left alone.
 */
export function positional(
  text: string,
  values: readonly unknown[],
): { readonly text: string; readonly values: readonly Bound[] } {
  if (values.length === 0) return { text, values: [] };
  const bound: Bound[] = [];
  const written = text.replaceAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\$(\d+)/g, (whole, place) => {
    if (place === undefined) return whole;
    bound.push(asBound(values[Number(place) - 1]));
    return '?';
  });
  return { text: written, values: bound };
}

/** The same texts where backslashes escape. */
export function doubled(text: string): string {
  return text.replaceAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`/g, (whole) =>
    whole.startsWith("'") ? whole.replaceAll('\\', '\\\\') : whole,
  );
}

type Bound = string | number | null;

function asBound(value: unknown): Bound {
  if (value === null || typeof value === 'string' || typeof value === 'number') return value;
  throw new Error('a parameter is a text, a number or null');
}
