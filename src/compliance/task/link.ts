import { derive, hmacSha256, type Id, isUuid, publicId, sameBytes } from '../../kernel/index.ts';
import type { Scope } from '../../store/index.ts';

type Keyed = Pick<Scope, 'keys'>;

/** Whom a link was sent to, about which order, and until when it opens. Nothing of it is written in clear in the link. */
export interface TaskLink {
  readonly order: Id<'application_order'>;
  /** Keyed hash of the contact's address: a link dies when the address is no longer a contact of the application. */
  readonly contact: Buffer;
  readonly expiresAt: Date;
}

/** How long a link opens. A reminder and a fresh link each begin anew. */
export const linkDays = 7;

export function contactHash(scope: Keyed, address: string): Buffer {
  return hmacSha256(derive(scope.keys.lookup, 'task contact'), address).subarray(0, 8);
}

export function taskToken(scope: Keyed, link: TaskLink): string {
  return `${plainOf(link)}${signature(scope, link, 'open').toString('hex')}`;
}

/** The link that a token says; null when it was not made by us. It may have expired: its holder may ask for a fresh one. */
export function readTaskToken(scope: Keyed, token: string): TaskLink | null {
  const match = /^([0-9a-f]{32})([0-9a-f]{16})([0-9a-f]{8})([0-9a-f]{32})$/.exec(token);
  const [, hex = '', contact = '', expiry = '', signed = ''] = match ?? [];
  const order = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  if (match === null || !isUuid(order)) return null;
  const link = {
    order,
    contact: Buffer.from(contact, 'hex'),
    expiresAt: new Date(Number.parseInt(expiry, 16) * 1000),
  };
  return sameBytes(Buffer.from(signed, 'hex'), signature(scope, link, 'open')) ? link : null;
}

/** What the form of an open page carries: the address of the page is not enough to answer. */
export function answerToken(scope: Keyed, link: TaskLink): string {
  return signature(scope, link, 'answer').toString('hex');
}

export function isAnswerToken(scope: Keyed, link: TaskLink, given: string): boolean {
  return /^[0-9a-f]{32}$/.test(given) && sameBytes(Buffer.from(given, 'hex'), signature(scope, link, 'answer'));
}

export function taskPath(scope: Pick<Scope, 'keys' | 'org'>, link: TaskLink): string {
  return `/t/${publicId('org', scope.org)}/${taskToken(scope, link)}`;
}

function plainOf({ order, contact, expiresAt }: TaskLink): string {
  const seconds = Math.floor(expiresAt.getTime() / 1000);
  return `${order.replaceAll('-', '')}${contact.toString('hex')}${seconds.toString(16).padStart(8, '0')}`;
}

function signature(scope: Keyed, link: TaskLink, purpose: 'open' | 'answer'): Buffer {
  return hmacSha256(derive(scope.keys.lookup, `order task ${purpose}`), plainOf(link)).subarray(0, 16);
}
