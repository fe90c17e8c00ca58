/**
 * What SQLite keeps only as the text of a CREATE TABLE: its checks and the expressions of its generated columns. Reads
 * tokens, not the whole grammar: strings, quoted names, comments and parentheses are enough to find them.
 */
export interface ReadDdl {
  readonly checks: readonly DdlCheck[];
  /** Expressions by column. */
  readonly generated: ReadonlyMap<string, DdlExpression>;
}

export interface DdlExpression {
  readonly expression: string;
  /** Names that occur in the expression, as they are written. */
  readonly names: readonly string[];
}

export interface DdlCheck extends DdlExpression {
  readonly name: string;
}

interface Token {
  readonly kind: 'word' | 'name' | 'string' | 'mark';
  /** The word, or the name without its quotes. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export function readDdl(sql: string): ReadDdl {
  const tokens = tokensOf(sql);
  const items = itemsOf(tokens);
  const checks: DdlCheck[] = [];
  const generated = new Map<string, DdlExpression>();
  for (const item of items) {
    const isConstraint = /^(constraint|primary|unique|check|foreign)$/i.test(wordAt(item, 0));
    const column = isConstraint ? null : (item[0]?.text ?? null);
    let name: string | null = null;
    for (let at = isConstraint ? 0 : 1; at < item.length; at += 1) {
      const word = wordAt(item, at).toLowerCase();
      if (word === 'constraint') name = item[at + 1]?.text ?? null;
      const inside = insideAt(item, at + 1);
      if (inside === null) continue;
      if (word === 'check') {
        checks.push({ name: name ?? column ?? `check ${checks.length + 1}`, ...expressionOf(sql, inside) });
      }
      if (word === 'as' && column !== null) generated.set(column, expressionOf(sql, inside));
      if (word === 'check' || word === 'as') name = null;
      at += inside.length + 1;
    }
  }
  return { checks, generated };
}

/** The text of the table's module: `fts5`, and what is between its parentheses. Null for a table that isn't virtual. */
export function readModule(sql: string): { readonly module: string; readonly content: string | null } | null {
  const found = /^\s*create\s+virtual\s+table[\s\S]*?\busing\s+(\w+)\s*(\([\s\S]*)?$/i.exec(sql);
  if (found === null) return null;
  const content = /[(,]\s*content\s*=\s*(?:'([^']*)'|"([^"]*)"|([^\s,)]*))/i.exec(found[2] ?? '');
  const named = content === null ? null : (content[1] ?? content[2] ?? content[3] ?? '');
  return { module: (found[1] ?? '').toLowerCase(), content: named };
}

/** Names and words of any statement: what a view reads is among them. */
export function namesIn(sql: string): ReadonlySet<string> {
  return new Set(
    tokensOf(sql)
      .filter(({ kind }) => kind === 'word' || kind === 'name')
      .map(({ text }) => text.toLowerCase()),
  );
}

function tokensOf(sql: string): readonly Token[] {
  const pattern =
    /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|'(?:[^']|'')*'|"((?:[^"]|"")*)"|`((?:[^`]|``)*)`|\[([^\]]*)\]|([\p{L}_][\p{L}\p{N}_$]*)|[^\s]/gu;
  return [...sql.matchAll(pattern)].flatMap((match): readonly Token[] => {
    const [whole, double, back, bracket, word] = match;
    const place = { start: match.index, end: match.index + whole.length };
    if (whole.startsWith('--') || whole.startsWith('/*')) return [];
    if (word !== undefined) return [{ kind: 'word', text: word, ...place }];
    const name = double?.replaceAll('""', '"') ?? back?.replaceAll('``', '`') ?? bracket;
    if (name !== undefined) return [{ kind: 'name', text: name, ...place }];
    return [{ kind: whole.startsWith("'") ? 'string' : 'mark', text: whole, ...place }];
  });
}

/** Columns and constraints: what commas separate between the outer parentheses. */
function itemsOf(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const items: Token[][] = [];
  let depth = 0;
  for (const token of tokens) {
    const isMark = token.kind === 'mark';
    if (isMark && token.text === '(') {
      depth += 1;
      if (depth === 1) {
        items.push([]);
        continue;
      }
    }
    if (isMark && token.text === ')') depth -= 1;
    if (depth === 0) {
      if (items.length > 0) break;
      continue;
    }
    if (isMark && token.text === ',' && depth === 1) items.push([]);
    else items.at(-1)?.push(token);
  }
  return items;
}

function wordAt(tokens: readonly Token[], at: number): string {
  const token = tokens[at];
  return token?.kind === 'word' ? token.text : '';
}

/** The tokens between the parentheses that open at a place; null when none does. */
function insideAt(tokens: readonly Token[], at: number): readonly Token[] | null {
  if (tokens[at]?.text !== '(' || tokens[at].kind !== 'mark') return null;
  let depth = 0;
  for (let end = at; end < tokens.length; end += 1) {
    const token = tokens[end];
    if (token?.kind !== 'mark') continue;
    if (token.text === '(') depth += 1;
    if (token.text === ')') depth -= 1;
    if (depth === 0) return tokens.slice(at + 1, end);
  }
  return null;
}

function expressionOf(sql: string, inside: readonly Token[]): DdlExpression {
  const names = inside.filter(({ kind }) => kind === 'word' || kind === 'name').map(({ text }) => text);
  return { expression: sql.slice(inside[0]?.start ?? 0, inside.at(-1)?.end ?? 0), names: [...new Set(names)] };
}
