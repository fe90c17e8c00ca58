import type { CookieChange } from './answers.ts';

/** The value of a cookie; null when absent. */
export function readCookie(request: Request, name: string): string | null {
  for (const part of (request.headers.get('cookie') ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return null;
}

/** `Set-Cookie` (RFC 6265): never readable by scripts, never sent by another site's forms, never in clear on https. */
export function cookieHeader(change: CookieChange, isSecure: boolean): string {
  if (!/^[\w-]+$/.test(change.name) || !/^[\w.~-]*$/.test(change.value ?? '')) {
    throw new Error('a cookie whose name or value would need quoting');
  }
  const maxAgeSeconds = change.value === null ? 0 : change.maxAgeSeconds;
  return [
    `${change.name}=${change.value ?? ''}`,
    'Path=/',
    'HttpOnly',
    'SameSite=Lax',
    ...(maxAgeSeconds === null ? [] : [`Max-Age=${maxAgeSeconds}`]),
    ...(isSecure ? ['Secure'] : []),
  ].join('; ');
}
