import { derive, hmacSha256, type Id, isUuid, publicId, sameBytes } from '../../kernel/index.ts';
import type { Scope } from '../../store/index.ts';

export type LinkPurpose = 'status' | 'confirm';

/** What a person is given to follow their request, or to show that they read their mail: signed, it can't be guessed. */
export function requestToken(scope: Scope, request: Id<'request'>, purpose: LinkPurpose): string {
  const id = request.replaceAll('-', '');
  return `${id}${signature(scope, request, purpose).toString('hex')}`;
}

/** The request a token was made for; null when it was made for nothing. */
export function readToken(scope: Scope, token: string, purpose: LinkPurpose): Id<'request'> | null {
  const match = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})([0-9a-f]{32})$/.exec(token);
  if (match === null) return null;
  const id = match.slice(1, 6).join('-');
  const given = Buffer.from(match[6] ?? '', 'hex');
  return isUuid(id) && sameBytes(given, signature(scope, id, purpose)) ? id : null;
}

function signature(scope: Scope, request: Id<'request'>, purpose: LinkPurpose): Buffer {
  return hmacSha256(derive(scope.keys.lookup, `request link ${purpose}`), request).subarray(0, 16);
}

export function statusPath(scope: Scope, request: Id<'request'>): string {
  return `/r/${publicId('org', scope.org)}/status/${requestToken(scope, request, 'status')}`;
}

export function confirmPath(scope: Scope, request: Id<'request'>): string {
  return `/r/${publicId('org', scope.org)}/confirm/${requestToken(scope, request, 'confirm')}`;
}
