import type { CookieChange } from './answers.ts';

/** An answer before it is written: what every handler's value becomes, and what the outermost layer sends. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly CookieChange[];
  readonly body: string | Uint8Array | AsyncIterable<Uint8Array> | null;
}

export function jsonReply(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers },
    cookies: [],
    body: JSON.stringify(body),
  };
}

export function htmlReply(status: number, html: string, language: string, cookies: readonly CookieChange[]): Reply {
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-language': language,
      vary: 'accept-encoding, accept-language, cookie, hx-request',
    },
    cookies,
    body: html,
  };
}

export function textReply(status: number, text: string, contentType = 'text/plain; charset=utf-8'): Reply {
  return { status, headers: { 'content-type': contentType, 'cache-control': 'no-store' }, cookies: [], body: text };
}
