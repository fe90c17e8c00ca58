import { expect, test } from 'vitest';
import { boundaryOf, readMultipart } from './multipart.ts';

const crlf = '\r\n';

function form(...parts: readonly (readonly [string, string])[]): string {
  return [...parts.map(([head, body]) => `--xYz${crlf}${head}${crlf}${crlf}${body}${crlf}`), `--xYz--${crlf}`].join('');
}

const field = (name: string): string => `Content-Disposition: form-data; name="${name}"`;
const file = (name: string, fileName: string, type: string): string =>
  `${field(name)}; filename="${fileName}"${crlf}Content-Type: ${type}`;

/** The body cut into pieces of a size, as a network would. */
async function* cut(text: string | Buffer, size: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text as string);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(body: AsyncIterable<Uint8Array>): Promise<readonly unknown[]> {
  const parts: unknown[] = [];
  for await (const { name, fileName, mediaType, bytes } of readMultipart(body, 'xYz')) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of bytes) chunks.push(chunk);
    parts.push([name, fileName, mediaType, Buffer.concat(chunks).toString('utf8')]);
  }
  return parts;
}

const sent = form(
  [field('csrf'), 'token'],
  [file('photo', 'été “%22x%22”.png', 'image/png'), `a${crlf}--xY${crlf}--xYy${crlf}z`],
  [field('empty'), ''],
);

test('fields and files are read in their order, however the network cuts them', async () => {
  const expected = [
    ['csrf', null, '', 'token'],
    ['photo', 'été “"x"”.png', 'image/png', `a${crlf}--xY${crlf}--xYy${crlf}z`],
    ['empty', null, '', ''],
  ];
  for (let size = 1; size < 40; size += 1) expect(await read(cut(sent, size)), `pieces of ${size}`).toEqual(expected);
});

test('a part left unread is skipped', async () => {
  const names: string[] = [];
  for await (const part of readMultipart(cut(sent, 7), 'xYz')) names.push(part.name);
  expect(names).toEqual(['csrf', 'photo', 'empty']);
});

test('a form that ends before its end, or whose parts have no name, is refused', async () => {
  await expect(read(cut(sent.slice(0, -20), 9))).rejects.toMatchObject({ code: 'body.malformed' });
  await expect(read(cut(form(['X: y', 'z']), 9))).rejects.toMatchObject({ code: 'body.malformed' });
  await expect(read(cut('', 9))).rejects.toMatchObject({ code: 'body.malformed' });
});

test('the boundary is read with or without quotes', () => {
  expect(boundaryOf('multipart/form-data; boundary=----abc')).toBe('----abc');
  expect(boundaryOf('multipart/form-data; charset=utf-8; boundary="a b"')).toBe('a b');
  expect(boundaryOf('multipart/form-data')).toBeNull();
});
