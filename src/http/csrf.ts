import type { KeyObject } from 'node:crypto';
import { hmacSha256, Refusal, randomSecret, sameBytes } from '../kernel/index.ts';
import { words } from './words.ts';

/** The cookie that stands for a session where there is none: a form shown to nobody in particular. */
export const visitCookie = 'socle_visit';

/** The CSRF token of an anonymous visit, derived from its cookie. */
export function visitToken(key: KeyObject, cookie: string): string {
  return hmacSha256(key, `csrf\n${cookie}`).toString('base64url');
}

/**
 * A token as a page shows it: mask ‖ mask ⊕ token, with a new mask each time, so that the size of compressed pages
 * tells nothing of it (BREACH).
 */
export function maskToken(token: string): string {
  const secret = Buffer.from(token, 'base64url');
  const mask = randomSecret(secret.length);
  return Buffer.concat([mask, xor(mask, secret)]).toString('base64url');
}

function tokenMatches(shown: string | null, token: string): boolean {
  const bytes = Buffer.from(shown ?? '', 'base64url');
  const half = bytes.length / 2;
  const secret = Buffer.from(token, 'base64url');
  return bytes.length === secret.length * 2 && sameBytes(xor(bytes.subarray(0, half), bytes.subarray(half)), secret);
}

function xor(a: Uint8Array, b: Uint8Array): Buffer {
  return Buffer.from(a.map((byte, at) => byte ^ (b[at] ?? 0)));
}

/**
 * Refuses (403) a write that a browser says comes from elsewhere. `Sec-Fetch-Site` can't be set by scripts; older
 * browsers send `Origin`, which must be ours: the public one, or that of the host asked (loopback by another name).
 */
export function expectSameOrigin(request: Request, publicUrl: string): void {
  const site = request.headers.get('sec-fetch-site');
  if (site !== null && site !== 'same-origin') throw refused();
  const origin = request.headers.get('origin');
  if (origin === null) return;
  const host = request.headers.get('host') ?? new URL(request.url).host;
  if (origin !== new URL(publicUrl).origin && hostOf(origin) !== host) throw refused();
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}

/** Refuses (403) a write whose token is not that of the session. */
export function expectToken(shown: string | null, token: string): void {
  if (!tokenMatches(shown, token)) throw refused();
}

function refused(): Refusal {
  return new Refusal('csrf.refused', 403, words.csrf);
}
