import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Links to tasks open for a week: older messages are of no use to anybody. */
const weekMs = 7 * 86_400_000;
const most = 200;

/**
 * The messages that the outbox folder holds for this address, the latest first. Each file is named after the message's id,
 * whose first 48 bits are the milliseconds of its making (UUIDv7, RFC 9562 §5.7).
 */
export async function readMailbox(folder, address) {
  const since = Date.now() - weekMs;
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.eml')).sort();
  const messages = [];
  for (const name of names.reverse()) {
    const at = Number.parseInt(name.replaceAll('-', '').slice(0, 12), 16);
    if (at < since || messages.length >= most) break;
    const text = unfolded(await readFile(join(folder, name), 'utf8').catch(() => ''));
    const task = /\/t\/\w+\/[0-9a-f]+/.exec(text)?.[0] ?? null;
    if (isTo(text, address)) messages.push({ id: name.slice(0, -'.eml'.length), at: new Date(at), task });
  }
  return messages;
}

/** Soft line breaks and `=3D` are how mail writes long lines (quoted-printable, RFC 2045 §6.7). */
function unfolded(text) {
  return text.replace(/=\r?\n/g, '').replaceAll('=3D', '=');
}

function isTo(text, address) {
  const [head = ''] = text.split(/\r?\n\r?\n/);
  const to = /^To:(.*(?:\r?\n[ \t].*)*)/im.exec(head)?.[1] ?? '';
  return to.toLowerCase().includes(address.toLowerCase());
}
