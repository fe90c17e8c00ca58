/** How an object is named: text and `{attribute}` or `{number}` in turn. */
export interface TitleTemplate {
  readonly text: string;
  readonly parts: readonly TitlePart[];
}

export type TitlePart = { readonly literal: string } | { readonly name: string };

const braces = /\{([^{}]*)\}/g;

export function parseTitleTemplate(text: string): TitleTemplate {
  const parts: TitlePart[] = [];
  let end = 0;
  for (const match of text.matchAll(braces)) {
    if (match.index > end) parts.push({ literal: text.slice(end, match.index) });
    parts.push({ name: match[1] ?? '' });
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push({ literal: text.slice(end) });
  return { text, parts };
}

/** Names the template uses. */
export function titleNames(template: TitleTemplate): readonly string[] {
  return template.parts.flatMap((part) => ('name' in part ? [part.name] : []));
}

/** Fills the names in braces of a text, and leaves the rest as it is. */
export function filled(text: string, word: (name: string) => string): string {
  return text.replace(braces, (_all, name: string) => word(name));
}

/** Fills the template; what is empty leaves no stray separator behind: `BC-1 · ` becomes `BC-1`. */
export function formatTitle(template: TitleTemplate, word: (name: string) => string): string {
  const filled = template.parts.map((part) => ('name' in part ? word(part.name) : part.literal)).join('');
  return filled.replace(/^[\s·–—,:/-]+|[\s·–—,:/-]+$/g, '');
}
