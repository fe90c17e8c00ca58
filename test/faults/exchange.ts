import { createHmac } from 'node:crypto';
import { appendFileSync, existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Connected } from '../../sdk/node/index.mjs';
import type { Look } from './protocol.ts';

/** What an application that exchanges files is made of. */
interface Exchange {
  readonly connected: Connected;
  /** The answers that sdk/node gave, by order: what it would have posted. */
  readonly answers: ReadonlyMap<string, string>;
  readonly drop: string;
  readonly folder: string;
  readonly secrets: string;
  readonly now: () => number;
}

/**
 * Looks into the folder of orders: hands each to sdk/node as the webhook it would have been, and leaves the answers as a file.
 * Repeats are told by the SDK's memory; a list of what was answered only spares answering all again at each look.
 */
export async function exchange(exchange: Exchange, { number, isTorn, isTwice, isAgain }: Look): Promise<number> {
  const { drop, folder, connected, answers } = exchange;
  const [orders, out] = [join(drop, 'orders'), join(drop, 'answers')];
  if (!existsSync(orders) || !existsSync(out)) return 0;
  const list = join(folder, 'answered');
  const answered = new Set(existsSync(list) ? readFileSync(list, 'utf8').split('\n') : []);
  const names = readdirSync(orders).filter((name) => /^ord_.*\.ndjson$/.test(name));
  const lines: string[] = [];
  const done: string[] = [];
  for (const name of names.sort()) {
    if (answered.has(name) && !isAgain) continue;
    const body = readOrder(exchange, join(orders, name));
    if (body === null) continue;
    await connected.receive({ headers: signed(exchange, body), body });
    await connected.idle();
    const answer = answers.get(JSON.parse(body.toString()).data.order);
    if (answer === undefined) continue;
    lines.push(answer);
    // What failed is tried anew.
    if (!answer.includes('"failed"')) done.push(name);
  }
  if (lines.length === 0) return 0;
  const text = `${lines.join('\n')}\n`;
  // Half a line: what Socle takes of it, and what it rejects, is answered again at the next look.
  if (isTorn) writeFileSync(join(out, `${number}-torn.ndjson`), text.slice(0, -40));
  else {
    leave(out, `${number}.ndjson`, text);
    if (isTwice) leave(out, `${number}-again.ndjson`, `${text}\n`);
    appendFileSync(list, `${done.join('\n')}\n`);
  }
  return lines.length;
}

function leave(folder: string, name: string, text: string): void {
  writeFileSync(join(folder, `${name}.part`), text);
  renameSync(join(folder, `${name}.part`), join(folder, name));
}

/** The event in a file whose signature is Socle's; null when it isn't, or is gone. */
function readOrder({ secrets }: Exchange, path: string): Buffer | null {
  if (!existsSync(path) || !existsSync(`${path}.sig`)) return null;
  const bytes = readFileSync(path);
  const expected = `v1,${hmac(secrets, bytes)}`;
  return readFileSync(`${path}.sig`, 'utf8').split('\n').includes(expected) ? bytes.subarray(0, -1) : null;
}

function signed({ secrets, now }: Exchange, body: Buffer) {
  const [id, timestamp] = ['file', String(Math.floor(now() / 1_000))];
  const content = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body]);
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${hmac(secrets, content)}` };
}

function hmac(secret: string, content: Buffer): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return createHmac('sha256', key).update(content).digest('base64');
}
