import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson, open, Refusal, seal } from '../kernel/index.ts';

/** A value of the sort key of the last row shown. */
export type KeyPart = string | number | boolean | null;

export interface SortTerm {
  readonly field: string;
  readonly descending: boolean;
}

/** What a list was asked for: `?limit=&cursor=&sort=&filter=&fields=`. */
export interface ListAsked {
  /** 1 to 200; 25 when not said. */
  readonly limit: number;
  /** `sort=-received,number` → received descending, then number; empty: the list's own order. */
  readonly sort: readonly SortTerm[];
  /** A CEL expression, not yet read; null for none. */
  readonly filter: string | null;
  /** The fields wanted; null for all. */
  readonly fields: readonly string[] | null;
  /** The sort key after which to begin; null at the beginning. */
  readonly after: readonly KeyPart[] | null;
  /** The cursor of what follows the row with this sort key. */
  next(key: readonly KeyPart[]): string;
}

/** What a list answers. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

/**
 * Makes a page of rows read with `limit + 1`: the one too many only says that more follows.
 *
 *   return pageOf(asked, rows, (row) => [row.received, row.id], toItem);
 */
export function pageOf<Row, Item>(
  asked: ListAsked,
  rows: readonly Row[],
  keyOf: (row: Row) => readonly KeyPart[],
  toItem: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, asked.limit);
  const last = shown.at(-1);
  return {
    items: shown.map(toItem),
    next: rows.length > asked.limit && last !== undefined ? asked.next(keyOf(last)) : null,
  };
}

/** The paging parameters, as the generated reference shows them. */
export const listQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(25),
  cursor: z.string().max(4096).optional(),
  sort: z
    .string()
    .regex(/^-?[a-z][\w.]*(,-?[a-z][\w.]*)*$/i)
    .max(500)
    .optional(),
  filter: z.string().max(4096).optional(),
  fields: z
    .string()
    .regex(/^[a-z][\w.]*(,[a-z][\w.]*)*$/i)
    .max(2000)
    .optional(),
});

/**
 * Reads the paging parameters. A cursor is sealed for one path, sort and filter: it can hold the values of a row
 * without showing them in addresses and logs, and can't be used with another list (400).
 */
export function readList(key: KeyObject, url: URL): ListAsked {
  const parsed = listQuery.safeParse(
    Object.fromEntries([...url.searchParams].filter(([name, value]) => name in listQuery.shape && value !== '')),
  );
  if (!parsed.success) {
    throw badList(parsed.error.issues.map((issue) => issue.path.join('.')));
  }
  const { limit, cursor, sort, filter, fields } = parsed.data;
  const context = canonicalJson(['cursor', url.pathname, sort ?? '', filter ?? '']);
  return {
    limit,
    sort: (sort ?? '')
      .split(',')
      .filter((term) => term !== '')
      .map((term) => ({ field: term.replace(/^-/, ''), descending: term.startsWith('-') })),
    filter: filter ?? null,
    fields: fields?.split(',') ?? null,
    after: cursor === undefined ? null : openCursor(key, cursor, context),
    next: (parts) => seal(key, canonicalJson([...parts]), context).toString('base64url'),
  };
}

const cursorSchema = z.array(z.union([z.string(), z.number(), z.boolean(), z.null()]));

function openCursor(key: KeyObject, cursor: string, context: string): readonly KeyPart[] {
  try {
    return cursorSchema.parse(JSON.parse(open(key, Buffer.from(cursor, 'base64url'), context).toString('utf8')));
  } catch {
    throw new Refusal(
      'list.cursor_invalid',
      400,
      {
        fr: 'Ce curseur n’est pas celui de cette liste. Reprenez la liste depuis le début, sans « cursor ».',
        en: 'This cursor does not belong to this list. Begin the list again, without “cursor”.',
      },
      [],
    );
  }
}

function badList(names: readonly string[]): Refusal {
  return new Refusal(
    'list.query_invalid',
    400,
    {
      fr: `Paramètres de liste refusés : ${names.join(', ')}. « limit » va de 1 à 200 ; « sort » et « fields » sont des noms séparés par des virgules.`,
      en: `List parameters refused: ${names.join(', ')}. “limit” goes from 1 to 200; “sort” and “fields” are names separated by commas.`,
    },
    names.map((name) => ({
      pointer: `/${name}`,
      code: 'invalid',
      text: { fr: 'Valeur refusée.', en: 'Value refused.' },
    })),
  );
}
