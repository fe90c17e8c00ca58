import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import { open, seal } from '../kernel/index.ts';
import type { CookieChange, Flash } from './answers.ts';
import { readCookie } from './cookies.ts';

const name = 'socle_flash';
const text = z.object({ fr: z.string(), en: z.string() });
const schema = z.object({
  tone: z.enum(['neutral', 'accent', 'good', 'warning', 'bad']),
  title: text,
  detail: text.optional(),
  copy: z.object({ label: text, value: z.string() }).optional(),
});

/** Carries a message over a redirection: sealed, because it may name what was done, and nobody else may write one. */
export function flashCookie(key: KeyObject, flash: Flash): CookieChange {
  const value = seal(key, JSON.stringify(flash), name).toString('base64url');
  return { name, value, maxAgeSeconds: 120 };
}

/** The message to show now, and the cookie that forgets it; nothing when there is none. */
export function takeFlash(
  key: KeyObject,
  request: Request,
): { readonly flash: Flash | null; readonly cookies: readonly CookieChange[] } {
  const cookie = readCookie(request, name);
  if (cookie === null) return { flash: null, cookies: [] };
  const cookies = [{ name, value: null, maxAgeSeconds: null }];
  try {
    const plain = open(key, Buffer.from(cookie, 'base64url'), name).toString('utf8');
    const { copy, ...notice } = schema.parse(JSON.parse(plain));
    return { flash: copy === undefined ? notice : { ...notice, copy }, cookies };
  } catch {
    return { flash: null, cookies };
  }
}
