import { readMailboxes } from '../../channels/index.ts';
import type { Channel } from './input.ts';

const usualPorts: Readonly<Record<string, string>> = {
  'https:': '443',
  'http:': '80',
  'mysql:': '3306',
  'mariadb:': '3306',
};

/** `db.example.org:5432/shop`, or the path of a file: where an address leads, without the account, the password and what a query may hold. */
export function placeOf(channel: Channel, url: string): string {
  if (channel === 'file') return url;
  if (channel === 'email') return readMailboxes(url).join(', ');
  const parsed = new URL(url);
  if (parsed.protocol === 'sqlite:') return decodeURIComponent(parsed.pathname);
  const host = parsed.hostname === '' ? (parsed.searchParams.get('host') ?? 'localhost') : parsed.hostname;
  const port = parsed.port === '' ? (usualPorts[parsed.protocol] ?? '5432') : parsed.port;
  return `${decodeURIComponent(host)}:${port}${decodeURIComponent(parsed.pathname)}`;
}
