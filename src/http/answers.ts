import type { Child } from 'hono/jsx';
import type { Text } from '../kernel/index.ts';
import type { LinkValue, NoticeValue } from '../ui/index.ts';

/** What a JSX expression gives, and what may stand between two tags. */
export type Content = Child;

/** A cookie to set, or to clear when `value` is null. Always `Path=/`, `HttpOnly` and `SameSite=Lax`. */
export interface CookieChange {
  readonly name: string;
  readonly value: string | null;
  /** Null: until the browser closes. */
  readonly maxAgeSeconds: number | null;
}

/** A message shown once on the next page, after a form was accepted. */
export interface Flash extends NoticeValue {
  /** Something to copy that is never shown again: a key, a temporary password. */
  readonly copy?: { readonly label: Text; readonly value: string };
}

/** What a page says of itself; the shell around it is the same for all. */
export interface PageParts {
  /** The one `h1`, and the tab's title: the content has none. */
  readonly title: Text;
  readonly content: Content;
  /** From the root to the parent; the page itself is not in it. */
  readonly breadcrumbs?: readonly LinkValue[];
  /** One or two sentences under the title: what one does here. */
  readonly lead?: Text;
  /** A badge or a clock beside the title. */
  readonly badge?: Content;
  /** Links and buttons of the page; the first is the main one. */
  readonly actions?: Content;
}

export interface PageAnswer extends PageParts {
  readonly kind: 'page';
  /** The HTTP status. */
  readonly status: number;
  /** `bare`: without menu and top bar (sign-in, first run, a public form). */
  readonly shell: 'full' | 'bare';
  readonly cookies: readonly CookieChange[];
}

export interface FragmentAnswer {
  readonly kind: 'fragment';
  readonly content: Content;
  readonly status: number;
}

export interface RedirectAnswer {
  readonly kind: 'redirect';
  readonly to: string;
  readonly flash: Flash | null;
  readonly cookies: readonly CookieChange[];
}

export interface FileAnswer {
  readonly kind: 'file';
  readonly body: Uint8Array | string | AsyncIterable<Uint8Array>;
  readonly contentType: string;
  /** Offered as a download under this name; null: shown in place (an SVG, a text). */
  readonly fileName: string | null;
  /** Known beforehand, of a body that comes in pieces: said to the browser, which shows how far it is. */
  readonly sizeBytes?: number;
  /** Written by people, whatever it claims to be: nothing in it may run, nor be taken for a page of ours. */
  readonly isFromPeople?: boolean;
}

/** What a page handler may return. */
export type PageResult = PageAnswer | FragmentAnswer | RedirectAnswer | FileAnswer;

/**
 * A whole page, shown in the shell. For a partial update (`visit.isPartial`) only its content is sent.
 *
 *   return page({ title: words.requests, content: <RequestList … /> });
 */
export function page(
  answer: PageParts & {
    readonly status?: number;
    readonly shell?: 'full' | 'bare';
    readonly cookies?: readonly CookieChange[];
  },
): PageAnswer {
  return { kind: 'page', status: 200, shell: 'full', cookies: [], ...answer };
}

/** A piece of a page, for a partial update only. */
export function fragment(content: Content, status = 200): FragmentAnswer {
  return { kind: 'fragment', content, status };
}

/**
 * See other (303): how every accepted form ends, so that a reload sends nothing twice.
 * `to` is a path of this site; anything else throws, so that no parameter can lead people elsewhere.
 */
export function redirect(
  to: string,
  options: { readonly flash?: Flash | Text; readonly cookies?: readonly CookieChange[] } = {},
): RedirectAnswer {
  if (!isLocalPath(to)) throw new Error('a redirection outside of this site');
  const { flash } = options;
  return {
    kind: 'redirect',
    to,
    flash: flash === undefined ? null : 'tone' in flash ? flash : { tone: 'good', title: flash },
    cookies: options.cookies ?? [],
  };
}

/** True for `/a?b=c`; false for `//elsewhere`, `/\elsewhere`, `https://…` and anything with a control character. */
export function isLocalPath(path: string): boolean {
  return /^\/(?![/\\])[^\s\\\p{Cc}]*$/u.test(path);
}

/** Bytes as they are: a document, an export, a diagram. */
export function file(
  body: FileAnswer['body'],
  contentType: string,
  fileName: string | null = null,
  more: Pick<FileAnswer, 'sizeBytes' | 'isFromPeople'> = {},
): FileAnswer {
  return { kind: 'file', body, contentType, fileName, ...more };
}

/** A JSON value with a status or headers; a handler that only has a value returns the value itself (200). */
export class Answer {
  constructor(
    readonly status: number,
    readonly body: unknown,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {}
}

/** 201 with the address of what was made (`/api/v1/…`). */
export function created(location: string, body: unknown): Answer {
  return new Answer(201, body, { location });
}

/** 202: taken, and being worked on; `location` tells where to follow it. */
export function accepted(location: string, body: unknown): Answer {
  return new Answer(202, body, { location });
}

/** 204: done, nothing to say. */
export function noContent(): Answer {
  return new Answer(204, null);
}

/** A value with its version, that an update gives back in `If-Match`. */
export function versioned(version: string | number, body: unknown): Answer {
  return new Answer(200, body, { etag: `"${version}"` });
}

/** What an API handler may return: a value, an answer with a status, or bytes. */
export type ApiResult = Answer | FileAnswer | object | readonly unknown[] | string | number | boolean | null;
