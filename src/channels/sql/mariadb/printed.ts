/**
 * An expression of a check or of a generated column as our session writes it. Servers print it as theirs would read it:
 * backslashes escape (our session has `NO_BACKSLASH_ESCAPES`), and MySQL besides escapes the whole once more, prints the
 * bytes of UTF-8 as if each were a character, names the character set of each text and wraps all in parentheses.
 */
export function readPrinted(printed: string, isMariadb: boolean): string {
  const texts = /(?:_[a-z0-9]+(?='))?'((?:[^'\\]|\\.|'')*)'|`(?:[^`]|``)*`|"(?:[^"]|"")*"/gs;
  const plain = (isMariadb ? printed : unescaped(decoded(printed))).replaceAll(texts, (whole, text?: string) =>
    text === undefined ? whole : `'${unescaped(text.replaceAll("''", "'")).replaceAll("'", "''")}'`,
  );
  return isMariadb ? plain : unwrapped(plain);
}

const escapes: Readonly<Record<string, string>> = { 0: '\0', n: '\n', r: '\r', t: '\t', b: '\b', Z: '\x1a' };

function unescaped(text: string): string {
  return text.replaceAll(/\\(.)/gs, (_, character: string) => escapes[character] ?? character);
}

/** What isn't UTF-8 once read so was printed right. */
function decoded(printed: string): string {
  const hasWide = [...printed].some((character) => character > '\u00ff');
  if (hasWide) return printed;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(printed, 'latin1'));
  } catch {
    return printed;
  }
}

/** `(a in (1, 2))` without its outer parentheses; `(a) or (b)` as it is. */
function unwrapped(expression: string): string {
  if (!expression.startsWith('(')) return expression;
  let depth = 0;
  for (const { 0: piece, index } of expression.matchAll(/'(?:[^']|'')*'|`(?:[^`]|``)*`|"(?:[^"]|"")*"|[()]/g)) {
    if (piece === '(') depth += 1;
    if (piece === ')') depth -= 1;
    if (depth === 0 && index < expression.length - 1) return expression;
  }
  return unwrapped(expression.slice(1, -1));
}
