import { type NamedUser, namesOfUsers, usersNamedIn } from '../../access/index.ts';
import type { Uuid } from '../../kernel/index.ts';
import { databaseOf, type Source } from '../rows.ts';

/** What stands for a person in kept words: who they are, not how they are called, so that no name outlives its person. */
const mark = /@\[user:([0-9a-f-]{36})\]/g;

/** Names in full are long; what follows an @ further than this names nobody. */
const longestName = 100;

export interface Marked {
  readonly text: string;
  readonly users: readonly Uuid[];
}

/** `@Ada Lovelace` becomes a mark for her, whatever its case; an @ that names nobody stays as it is. */
export async function markMentions(source: Source, typed: string): Promise<Marked> {
  const after = [...typed.matchAll(/@/g)].map(({ index }) => typed.slice(index + 1, index + 1 + longestName));
  const named = await usersNamedIn(databaseOf(source), after);
  let text = '';
  let rest = typed;
  for (;;) {
    const at = rest.indexOf('@');
    if (at === -1) break;
    const said = rest.slice(at + 1);
    const user = named.find(({ name }) => isNamed(said, name));
    text += rest.slice(0, at) + (user === undefined ? '@' : `@[user:${user.id}]`);
    rest = user === undefined ? said : said.slice(user.name.length);
  }
  text += rest;
  return { text, users: usersIn(text) };
}

function isNamed(said: string, name: NamedUser['name']): boolean {
  if (said.slice(0, name.length).toLowerCase() !== name.toLowerCase()) return false;
  return !/^[\p{L}\p{N}]/u.test(said.slice(name.length));
}

export function usersIn(text: string): readonly Uuid[] {
  return [...new Set([...text.matchAll(mark)].flatMap(([, id]) => id ?? []))];
}

/** A piece of a comment: words, or a person (null: of a name that is not known any more). */
export type Piece = string | { readonly user: Uuid; readonly name: string | null };

export function piecesOf(text: string, names: ReadonlyMap<string, string>): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const found of text.matchAll(mark)) {
    const [whole, user = ''] = found;
    if (found.index > from) pieces.push(text.slice(from, found.index));
    pieces.push({ user, name: names.get(user) ?? null });
    from = found.index + whole.length;
  }
  return from < text.length ? [...pieces, text.slice(from)] : pieces;
}

/** The words as their author would type them again. */
export async function typedAgain(source: Source, text: string): Promise<string> {
  const names = await namesOfUsers(databaseOf(source), usersIn(text));
  return piecesOf(text, names)
    .map((piece) => (typeof piece === 'string' ? piece : `@${piece.name ?? '?'}`))
    .join('');
}
