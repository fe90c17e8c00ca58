import type { ZodType } from 'zod';
import type { Language } from '../kernel/index.ts';
import type { Incoming } from './incoming.ts';
import { parseInput } from './issues.ts';
import { readList } from './paging.ts';
import type { Asked } from './slice.ts';
import { words } from './words.ts';

/**
 * The types of routes are computed from their path and schemas; the values behind them were parsed by those very
 * schemas. This is the one place where that is taken on trust.
 */
export function parsedAs<T>(value: unknown): T {
  return value as T;
}

export function queryOf(incoming: Incoming, schema: ZodType | undefined): unknown {
  const given = Object.fromEntries([...incoming.url.searchParams].filter(([, value]) => value !== ''));
  return schema === undefined ? given : parseInput(schema, given, 400, words.invalidQuery);
}

/** What pages and calls have in common. */
export function askedOf<Path extends string, Query, Body>(
  incoming: Incoming,
  parts: { params: Readonly<Record<string, string>>; query: unknown; body: unknown; language: Language },
): Asked<Path, Query, Body> {
  const { key, clock } = incoming.context.options;
  return {
    params: parsedAs(parts.params),
    query: parsedAs(parts.query),
    body: parsedAs(parts.body),
    language: parts.language,
    url: incoming.url,
    request: incoming.request,
    clientAddress: incoming.clientAddress,
    clock,
    signal: incoming.signal,
    list: () => readList(key, incoming.url),
  };
}
