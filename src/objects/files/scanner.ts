import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** What a malware scan says of some bytes. */
export type Verdict = { readonly isClean: true } | { readonly isClean: false; readonly found: string };

/** Reads bytes to their end and answers; throws when it can't tell, and is asked again later. */
export type Scanner = (bytes: AsyncIterable<Uint8Array>) => Promise<Verdict>;

const answerWithinMs = 600_000;

/**
 * The scanner that the configuration names: `clamd://host:3310`, `clamd:///run/clamav/clamd.ctl`, or `exec:` and a command that
 * reads standard input and ends with 0 (clean) or 1 (refused), as clamscan does.
 */
export function scannerOf(address: string): Scanner {
  if (address.startsWith('exec:')) {
    const [command = '', ...parameters] = address.slice('exec:'.length).trim().split(/\s+/);
    return (bytes) => byCommand(command, parameters, bytes);
  }
  const url = new URL(address);
  const open = (): Socket =>
    url.hostname === '' ? connect(url.pathname) : connect(Number(url.port || 3310), url.hostname);
  return (bytes) => byClamd(open(), bytes);
}

async function byCommand(
  command: string,
  parameters: readonly string[],
  bytes: AsyncIterable<Uint8Array>,
): Promise<Verdict> {
  const child = spawn(command, [...parameters], {
    stdio: ['pipe', 'pipe', 'ignore'],
    timeout: answerWithinMs,
    env: { PATH: process.env.PATH },
  });
  const ended = once(child, 'close');
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(0, 1_000);
  });
  // A scanner that has seen enough closes its input before the end: its answer is what counts.
  await Promise.all([pipeline(Readable.from(bytes), child.stdin).catch(() => undefined), ended]);
  const [code] = await ended;
  if (code === 0) return { isClean: true };
  if (code === 1) return { isClean: false, found: nameIn(said) };
  throw new Error(`the malware scan ended with ${String(code)}`);
}

/** clamd's INSTREAM: pieces, each after its length in four bytes, and an empty one at the end. */
async function byClamd(socket: Socket, bytes: AsyncIterable<Uint8Array>): Promise<Verdict> {
  socket.setTimeout(answerWithinMs, () => socket.destroy(new Error('the malware scan did not answer in time')));
  let said = '';
  socket.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(0, 1_000);
  });
  const ended = once(socket, 'close');
  // Told by `ended`, and by what is sent.
  ended.catch(() => undefined);
  try {
    await once(socket, 'connect');
    await pipeline(Readable.from(instream(bytes)), socket, { end: false });
    await ended;
  } finally {
    socket.destroy();
  }
  const answer = said.replace(/\0/g, '').trim();
  if (/^stream: OK$/.test(answer)) return { isClean: true };
  if (/ FOUND$/.test(answer)) return { isClean: false, found: nameIn(answer) };
  throw new Error('the malware scan could not tell');
}

async function* instream(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield Buffer.from('zINSTREAM\0');
  for await (const piece of bytes) {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(piece.byteLength);
    yield length;
    yield piece;
  }
  yield Buffer.alloc(4);
}

/** `stream: Eicar-Test-Signature FOUND` → `Eicar-Test-Signature`. */
function nameIn(said: string): string {
  return /:\s*(\S+) FOUND/.exec(said)?.[1]?.slice(0, 100) ?? '';
}
