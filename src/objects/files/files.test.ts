import { createServer, type Socket } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { createLog, newId, sha256, systemCause, type Uuid } from '../../kernel/index.ts';
import { runDueBatch, write } from '../../store/index.ts';
import { csrf, defaultUser, objectsFixture, publicUrl } from '../objects.fixture.ts';
import { forgetObjectPast } from '../secrets.ts';
import { bytesOf, receive } from './content.ts';
import { fileHandlers } from './due.ts';
import { type Scanner, scannerOf } from './scanner.ts';

const log = createLog('silent');
const clean: Scanner = async () => ({ isClean: true });
const limitBytes = 2_000_000;
const fixture = await objectsFixture({ files: { limitBytes, scanner: null } });
const scanned = await objectsFixture({ files: { limitBytes, scanner: clean } });
const { scope, clock } = fixture;

type Fixture = typeof fixture;
type Bytes = Uint8Array<ArrayBuffer>;

const png = (filler = 0): Bytes =>
  new Uint8Array(
    Buffer.concat([
      Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1'),
      Buffer.from([0, 0, 0, 40, 0, 0, 0, 30]),
      Buffer.alloc(100, filler),
    ]),
  );
const text = (words: string): Bytes => new Uint8Array(Buffer.from(words));

interface SendOptions {
  readonly to?: Fixture;
  readonly as?: string;
  readonly user?: Uuid;
}

function send(bytes: Bytes, name: string, { to = fixture, as = 'admin', user = defaultUser }: SendOptions = {}) {
  const headers = { 'x-roles': as, 'x-user': user, 'content-type': 'image/png' };
  const address = `${publicUrl}/api/v1/files?name=${encodeURIComponent(name)}`;
  return to.server.fetch(new Request(address, { method: 'POST', headers, body: bytes }));
}

async function uploaded(bytes: Bytes, name: string, options: SendOptions = {}): Promise<Record<string, unknown>> {
  const answer = await send(bytes, name, options);
  const body = (await answer.json()) as Record<string, unknown>;
  expect(answer.status, JSON.stringify(body)).toBe(201);
  return body;
}

/** What the answers of these tests hold, whichever was asked. */
interface Body {
  readonly id: string;
  readonly number: string;
  readonly type: string;
  readonly items: readonly { readonly changes: readonly unknown[] }[];
  readonly errors: readonly unknown[];
  readonly values: { readonly site: string; readonly photo: { readonly id: string; readonly name: string } | null };
}

async function json(answer: Response | Promise<Response>, status = 200): Promise<Body> {
  const body = (await (await answer).json()) as Body;
  expect((await answer).status, JSON.stringify(body)).toBe(status);
  return body;
}

let serial = 0;
async function device(values: Record<string, unknown> = {}, to = fixture): Promise<string> {
  serial += 1;
  const site = await json(
    to.call('POST', '/api/v1/objects/site', { body: { values: { name: `Site ${serial}` } } }),
    201,
  );
  const body = { values: { name: 'Scie', site: site.id, ...values } };
  return (await json(to.call('POST', '/api/v1/objects/device', { body }), 201)).number;
}

const files = (number: string) => `/api/v1/objects/device/${number}/attachments`;
const attach = (number: string, file: unknown, to = fixture) => to.call('POST', files(number), { body: { file } });

async function count(table: string): Promise<number> {
  const [row] = await fixture.asOwner<{ n: number }>(`select count(*)::int as n from ${table} where org = $1`, [
    scope.org,
  ]);
  return row?.n ?? 0;
}

async function drain(at: Fixture = fixture, scanner: Scanner | null = null): Promise<void> {
  for (const handler of fileHandlers(scanner)) while ((await runDueBatch(handler, at.scope, log)) > 0);
}

test('a file is attached, listed, and comes back byte for byte as a download that nothing runs', async () => {
  const number = await device();
  const bytes = new Uint8Array(1_300_000).map((_, at) => (at * 7919) % 251);
  const { id } = await uploaded(bytes, '../dossier/Été “prix”.bin');
  const { items } = await json(attach(number, id), 201);
  expect(items).toMatchObject([
    {
      name: 'Été “prix”.bin',
      media_type: 'application/octet-stream',
      size_bytes: 1_300_000,
      state: 'kept',
      attribute: null,
    },
  ]);
  const answer = await fixture.call('GET', `/api/v1/files/${id}`, { as: 'member' });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="Ete +prix\.bin"|^attachment;/);
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  expect(answer.headers.get('content-security-policy')).toContain('sandbox');
  expect(answer.headers.get('content-length')).toBe('1300000');
  expect(sha256(new Uint8Array(await answer.arrayBuffer()))).toEqual(sha256(bytes));
});

test('what a file is comes from its bytes: a page named as a picture is a page, and is sent as mere bytes', async () => {
  const number = await device();
  const page = await uploaded(text('<!doctype html><script>alert(1)</script>'), 'photo.png');
  expect(page.media_type).toBe('text/html');
  await json(attach(number, page.id), 201);
  const answer = await fixture.call('GET', `/api/v1/files/${page.id}`);
  expect(answer.headers.get('content-type')).toBe('application/octet-stream');
  const preview = await fixture.call('GET', `/files/${page.id}/preview`, { headers: { accept: 'text/html' } });
  expect(preview.status).toBe(404);
});

test('the same bytes are kept once in an organisation, and go with the last file that has them', async () => {
  const before = await count('objects.content');
  const one = await device();
  const [first, second] = [await uploaded(png(9), 'a.png'), await uploaded(png(9), 'b.png')];
  await json(attach(one, first.id), 201);
  await json(attach(one, second.id), 201);
  expect(await count('objects.content')).toBe(before + 1);
  expect((await fixture.call('DELETE', `${files(one)}/${first.id}`)).status).toBe(204);
  expect((await fixture.call('GET', `/api/v1/files/${second.id}`)).status).toBe(200);
  expect((await fixture.call('GET', `/api/v1/files/${first.id}`)).status).toBe(404);
  expect((await fixture.call('DELETE', `${files(one)}/${second.id}`)).status).toBe(204);
  expect(await count('objects.content')).toBe(before);
});

test('two who bring the same bytes at once end with one content', async () => {
  const before = await count('objects.content');
  await Promise.all([1, 2, 3, 4].map((n) => uploaded(png(77), `same-${n}.png`)));
  expect(await count('objects.content')).toBe(before + 1);
});

test('too large, empty, and bytes that stop coming leave nothing behind', async () => {
  const [contents, pieces] = [await count('objects.content'), await count('objects.content_piece')];
  expect((await send(new Uint8Array(limitBytes + 1), 'large.bin')).status).toBe(413);
  expect((await send(new Uint8Array(0), 'empty.bin')).status).toBe(422);
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield new Uint8Array(600_000);
    throw new Error('the sender left');
  }
  await expect(receive(scope, broken(), limitBytes)).rejects.toThrow('the sender left');
  expect([await count('objects.content'), await count('objects.content_piece')]).toEqual([contents, pieces]);
});

test('an upload that nobody uses goes after a day, and so do bytes whose taker died', async () => {
  clock.advance({ hours: 25 });
  await drain();
  const before = await count('objects.content');
  const { id } = await uploaded(png(33), 'unused.png');
  async function* some(): AsyncGenerator<Uint8Array> {
    yield new Uint8Array(10);
  }
  await receive(scope, some(), limitBytes); // as if the process died before it was held
  expect(await count('objects.content')).toBe(before + 2);
  clock.advance({ hours: 25 });
  await drain();
  expect(await count('objects.content')).toBe(before);
  const number = await device();
  expect((await json(attach(number, id), 422)).type).toBe('urn:socle:problem:file.no_upload');
});

test('only who sent a file may place it, once; only who may change an object may attach to it or take away', async () => {
  const [one, other] = [await device(), await device()];
  const theirs = await uploaded(png(1), 'theirs.png', { user: newId() });
  expect((await json(attach(one, theirs.id), 422)).type).toBe('urn:socle:problem:file.no_upload');
  const mine = await uploaded(png(1), 'mine.png');
  await json(attach(one, mine.id), 201);
  expect((await json(attach(other, mine.id), 422)).type).toBe('urn:socle:problem:file.no_upload');
  const member = { as: 'member', body: { file: mine.id } };
  expect((await fixture.call('POST', files(one), member)).status).toBe(403);
  expect((await fixture.call('DELETE', `${files(one)}/${mine.id}`, { as: 'member' })).status).toBe(403);
  const elsewhere = await fixture.call('GET', `/api/v1/files/${mine.id}`, { perimeters: [newId()] });
  expect(elsewhere.status).toBe(404);
});

test('an attribute takes a file within its limits of size and type, and its former file goes a month later', async () => {
  const first = await uploaded(png(50), 'first.png');
  const number = await device({ photo: first.id });
  const at = `/api/v1/objects/device/${number}`;
  expect((await json(fixture.call('GET', at))).values.photo).toEqual({
    id: first.id,
    name: 'first.png',
    size_bytes: 124,
    media_type: 'image/png',
  });
  const wrong = await uploaded(text('hello'), 'photo.png');
  const refused = await json(fixture.call('PATCH', at, { body: { values: { photo: wrong.id } } }), 422);
  expect(refused.errors).toMatchObject([{ pointer: '/values/photo', code: 'value.file_type' }]);
  const heavy = await uploaded(new Uint8Array(Buffer.concat([png(1), new Uint8Array(1_000_000)])), 'heavy.png');
  const tooLarge = await json(fixture.call('PATCH', at, { body: { values: { photo: heavy.id } } }), 422);
  expect(tooLarge.errors).toMatchObject([{ code: 'value.file_too_large' }]);
  const second = await uploaded(png(51), 'second.png');
  await json(fixture.call('PATCH', at, { body: { values: { photo: second.id } } }));
  expect((await json(fixture.call('GET', files(number)))).items).toMatchObject([
    { name: 'second.png', attribute: 'photo' },
  ]);
  const contents = await count('objects.content');
  clock.advance({ days: 29 });
  await drain();
  expect((await fixture.call('GET', `/api/v1/files/${first.id}`)).status).toBe(200);
  clock.advance({ days: 2 });
  await drain();
  expect((await fixture.call('GET', `/api/v1/files/${first.id}`)).status).toBe(404);
  expect((await fixture.call('GET', `/api/v1/files/${second.id}`)).status).toBe(200);
  expect(await count('objects.content')).toBeLessThan(contents);
});

test('a file of another object can’t be taken by its id', async () => {
  const file = await uploaded(png(60), 'own.png');
  await device({ photo: file.id });
  const other = await device();
  const body = { values: { photo: file.id } };
  const refused = await json(fixture.call('PATCH', `/api/v1/objects/device/${other}`, { body }), 422);
  expect(refused.errors).toMatchObject([{ code: 'value.no_such_file' }]);
});

test('names of attachments are sealed in the history, and forgetting an object takes attachments and former files', async () => {
  const number = await device();
  const attached = await uploaded(png(70), 'certificat-dupont.png');
  await json(attach(number, attached.id), 201);
  const history = `/api/v1/objects/device/${number}/history`;
  expect((await json(fixture.call('GET', history))).items[0]).toMatchObject({
    action: 'attach',
    changes: [{ attribute: 'attachment', to: 'certificat-dupont.png' }],
  });
  const rows = await fixture.asOwner('select changes::text as changes from objects.history where action = $1', [
    'attach',
  ]);
  expect(JSON.stringify(rows)).not.toContain('dupont');
  const [{ object } = { object: '' }] = await fixture.asOwner<{ object: string }>(
    "select object from objects.file where name = 'certificat-dupont.png'",
  );
  await write(scope, systemCause('test'), (writing) => forgetObjectPast(writing, object));
  expect((await fixture.call('GET', `/api/v1/files/${attached.id}`)).status).toBe(404);
  expect((await json(fixture.call('GET', history))).items[0]?.changes).toEqual([
    { attribute: 'attachment', forgotten: true },
  ]);
});

test('a scanned file can be read once the scan says so; what it refuses is kept apart', async () => {
  const number = await device({}, scanned);
  const file = await uploaded(png(80), 'new.png', { to: scanned });
  const bad = await uploaded(text('virus'), 'bad.txt', { to: scanned });
  expect(file.state).toBe('checking');
  await json(attach(number, file.id, scanned), 201);
  await json(attach(number, bad.id, scanned), 201);
  expect((await json(scanned.call('GET', `/api/v1/files/${file.id}`), 409)).type).toBe(
    'urn:socle:problem:file.being_checked',
  );
  const failing: Scanner = async () => {
    throw new Error('no answer');
  };
  for (const handler of fileHandlers(failing)) await runDueBatch(handler, scanned.scope, log);
  expect((await json(scanned.call('GET', `/api/v1/files/${file.id}`), 409)).type).toBe(
    'urn:socle:problem:file.being_checked',
  );
  scanned.clock.advance({ minutes: 20 });
  await drain(scanned, async (bytes) => {
    let all = '';
    for await (const piece of bytes) all += Buffer.from(piece).toString('latin1');
    return all.includes('virus') ? { isClean: false, found: 'Test-Virus' } : { isClean: true };
  });
  expect((await scanned.call('GET', `/api/v1/files/${file.id}`)).status).toBe(200);
  expect((await json(scanned.call('GET', `/api/v1/files/${bad.id}`), 409)).type).toBe(
    'urn:socle:problem:file.quarantined',
  );
  expect((await json(scanned.call('GET', files(number)))).items).toMatchObject([
    { state: 'kept', found: null },
    { state: 'quarantined', found: 'Test-Virus' },
  ]);
  const page = await (
    await scanned.call('GET', `/objects/device/${number}`, { headers: { accept: 'text/html' } })
  ).text();
  expect(page).toContain('logiciel malveillant');
});

async function* hello(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('hel');
  yield Buffer.from('lo');
}

test('a command answers by how it ends, and clamd by its own words', async () => {
  expect(await scannerOf('exec:/bin/cat')(hello())).toEqual({ isClean: true });
  expect(await scannerOf('exec:/bin/false')(hello())).toEqual({ isClean: false, found: '' });
  await expect(scannerOf('exec:/no/such/command')(hello())).rejects.toThrow();
  const answers = ['stream: OK\0', 'stream: Eicar-Test FOUND\0', 'INSTREAM size limit exceeded. ERROR\0'];
  const seen: string[] = [];
  const clamd = createServer((socket: Socket) => {
    let all = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      all = Buffer.concat([all, chunk]);
      if (!all.subarray(-4).equals(Buffer.alloc(4))) return;
      seen.push(all.toString('latin1'));
      socket.end(answers.shift() ?? '');
    });
  });
  await new Promise<void>((done) => clamd.listen(0, '127.0.0.1', done));
  afterAll(() => void clamd.close());
  const address = clamd.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const scan = scannerOf(`clamd://127.0.0.1:${port}`);
  expect(await scan(hello())).toEqual({ isClean: true });
  expect(seen).toEqual(['zINSTREAM\0\0\0\0\x03hel\0\0\0\x02lo\0\0\0\0']);
  expect(await scan(hello())).toEqual({ isClean: false, found: 'Eicar-Test' });
  await expect(scan(hello())).rejects.toThrow();
});

/** A form as a browser sends it, without script. */
function multipart(action: string, fields: readonly (readonly [string, string | Blob, string?])[]): Promise<Response> {
  const body = new FormData();
  for (const [name, value, fileName] of fields) {
    if (typeof value === 'string') body.append(name, value);
    else body.append(name, value, fileName);
  }
  const headers = {
    accept: 'text/html',
    'accept-language': 'en',
    'x-roles': 'admin',
    'x-user': defaultUser,
    origin: publicUrl,
  };
  return fixture.server.fetch(new Request(publicUrl + action, { method: 'POST', headers, body }));
}

async function tokenOf(path: string): Promise<string> {
  const shown = await fixture.call('GET', path, { headers: { accept: 'text/html' } });
  return /name="csrf" value="([^"]+)"/.exec(await shown.text())?.[1] ?? csrf;
}

test('several files are attached from the page, shown with their picture, and taken away after a question', async () => {
  const number = await device();
  const path = `/objects/device/${number}`;
  const token = await tokenOf(path);
  const sent = await multipart(`${path}/attachments`, [
    ['csrf', token],
    ['_key', newId()],
    ['files', new Blob([png(90)]), 'plan.png'],
    ['files', new Blob(['note']), 'note.txt'],
  ]);
  expect(sent.status, await sent.clone().text()).toBe(303);
  const page = await (await fixture.call('GET', path, { headers: { accept: 'text/html' } })).text();
  expect(page).toContain('plan.png');
  expect(page).toContain('note.txt');
  expect(page).toMatch(/<img class="preview" src="\/files\/fil_\w+\/preview"[^>]*width="40" height="30"/);
  const [, remove = ''] = /href="([^"]+\/delete)" aria-label="Retirer note.txt"/.exec(page) ?? [];
  expect(await (await fixture.call('GET', remove, { headers: { accept: 'text/html' } })).text()).toContain('note.txt');
  const gone = await multipart(remove, [
    ['csrf', await tokenOf(remove)],
    ['_key', newId()],
  ]);
  expect(gone.status).toBe(303);
  expect((await json(fixture.call('GET', files(number)))).items).toHaveLength(1);
});

test('a form without its token before its files is refused before a byte is kept', async () => {
  const number = await device();
  const before = await count('objects.content');
  const sent = await multipart(`/objects/device/${number}/attachments`, [
    ['files', new Blob([png(91)]), 'plan.png'],
    ['csrf', await tokenOf(`/objects/device/${number}`)],
  ]);
  expect(sent.status).toBe(403);
  expect(await count('objects.content')).toBe(before);
});

test('in a form, a chosen file survives what is wrong elsewhere, replaces the former one, and can be removed', async () => {
  const number = await device();
  const path = `/objects/device/${number}`;
  const edit = async (fields: readonly (readonly [string, string | Blob, string?])[]) =>
    multipart(path, [
      ['csrf', await tokenOf(`${path}/edit`)],
      ['_key', newId()],
      ['values.site', (await json(fixture.call('GET', `/api/v1${path}`))).values.site],
      ...fields,
    ]);
  const wrong = await edit([
    ['values.name', ''],
    ['values.photo', new Blob([png(92)]), 'portrait.png'],
  ]);
  expect(wrong.status).toBe(422);
  const kept = /name="values.photo" value="([^"]+)"/.exec(await wrong.text())?.[1] ?? '';
  expect(kept).toMatch(/^fil_\w+ portrait\.png$/);
  expect(
    (
      await edit([
        ['values.name', 'Scie'],
        ['values.photo', kept],
      ])
    ).status,
  ).toBe(303);
  const photo = async () => (await json(fixture.call('GET', `/api/v1${path}`))).values.photo;
  expect((await photo())?.name).toBe('portrait.png');
  const other = await edit([
    ['values.name', 'Scie'],
    ['values.photo', kept],
    ['values.photo', new Blob([png(93)]), 'b.png'],
  ]);
  expect(other.status).toBe(303);
  expect((await photo())?.name).toBe('b.png');
  await edit([
    ['values.name', 'Scie'],
    ['values.photo', `${(await photo())?.id} b.png`],
    ['values.photo.remove', 'yes'],
  ]);
  expect(await photo()).toBeNull();
});

test('a file too large for its form is told beside its field, with what was typed', async () => {
  const number = await device();
  const path = `/objects/device/${number}`;
  const answer = await multipart(path, [
    ['csrf', await tokenOf(`${path}/edit`)],
    ['_key', newId()],
    ['values.name', 'Scie neuve'],
    ['values.photo', new Blob([new Uint8Array(limitBytes + 10)]), 'large.png'],
  ]);
  expect(answer.status).toBe(422);
  const page = await answer.text();
  expect(page).toContain('Scie neuve');
  expect(page).toContain('This file is too large: at most 2 MB.');
});

test('a hundred megabytes go through without being held', async () => {
  const piece = new Uint8Array(64_000).fill(7);
  const before = process.memoryUsage().arrayBuffers;
  let [sent, read, most] = [0, 0, 0];
  const measure = (): void => {
    most = Math.max(most, process.memoryUsage().arrayBuffers - before);
  };
  async function* large(): AsyncGenerator<Uint8Array> {
    for (; sent < 128_000_000; sent += piece.length) {
      measure();
      yield piece;
    }
  }
  const arrived = await receive(scope, large(), 200_000_000);
  for await (const bytes of bytesOf(scope, arrived.id)) {
    read += bytes.length;
    measure();
  }
  expect(read).toBe(sent);
  // Pieces that were let go and that the collector has not come to yet; the whole would be all of them.
  expect(most).toBeLessThan(115_000_000);
});
