import { createSecretKey } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { testStore } from '../../../test/support/store.ts';
import { createServer, type SocleServer, type Who } from '../../http/index.ts';
import { createLog, newId, publicId, Refusal, randomSecret, systemCause } from '../../kernel/index.ts';
import { type Scope, write } from '../../store/index.ts';
import { openCheckpoint } from '../checkpoint.ts';
import { entryHash } from '../entry.ts';
import { type FactWords, journalSlice, record, sequence } from '../index.ts';
import { verifyInclusion } from '../merkle.ts';
import { parseVerifierKey } from '../note.ts';

const { organisation, clock, asOwner } = await testStore('2026-11-22T09:00:00Z');
const url = 'http://socle.test';

const deskWords: FactWords = {
  names: { right: { fr: 'Droit', en: 'Right' }, isUrgent: { fr: 'Urgente', en: 'Urgent' } },
  value: (name, code) => (name === 'right' && code === 'erasure' ? { fr: 'effacement', en: 'erasure' } : null),
};

/** The journal's pages and API for one organisation; an auditor asks, who may change nothing. */
function served(scope: Scope, mayRead = true, isSignedIn = true, mayRotate = false): SocleServer {
  const id = newId();
  const who: Who = {
    org: scope.org,
    organisation: 'Enseigne',
    user: { id, name: 'Ada', email: null },
    actor: { kind: 'user', id },
    roles: ['auditor'],
    perimeters: null,
    language: 'fr',
    scope,
    csrf: mayRotate ? Buffer.alloc(32, 7).toString('base64url') : null,
    isReadOnly: !mayRotate,
    cause: (key) => ({ actor: { kind: 'user', id }, source: 'api', key }),
  };
  const allow = (): void => {
    if (!mayRead) throw new Refusal('access.forbidden', 403, { fr: 'Non.', en: 'No.' });
  };
  const rotate = (): void => {
    if (!mayRotate) throw new Refusal('access.forbidden', 403, { fr: 'Non.', en: 'No.' });
  };
  const publishes = async (slug: string | null) => (slug === 'enseigne' ? scope : null);
  return createServer({
    slices: [journalSlice({ allow, mayRotate: rotate, kindWords: () => null, factWords: [deskWords], publishes })],
    authenticate: async () => (isSignedIn ? who : null),
    publicUrl: url,
    log: createLog('silent'),
    clock,
    key: createSecretKey(randomSecret()),
    version: '0.0.0',
  });
}

async function decided(): Promise<Scope> {
  const scope = await organisation();
  await write(scope, systemCause('test'), async (writing) => {
    for (let at = 0; at < 40; at += 1) {
      await record(writing, { kind: 'request.opened', subject: publicId('req', newId()), data: { at } });
    }
  });
  await sequence(scope);
  return scope;
}

const asking = { authorization: 'Bearer key', 'accept-language': 'fr' };
const get = (server: SocleServer, path: string): Promise<Response> =>
  server.fetch(new Request(`${url}${path}`, { headers: asking }));
const post = (server: SocleServer, path: string, body: object): Promise<Response> =>
  server.fetch(
    new Request(`${url}${path}`, {
      method: 'POST',
      headers: { ...asking, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  );

describe('the journal’s pages', () => {
  test('list entries, the newest first, each leading to what proves it', async () => {
    const server = served(await decided());
    const list = await (await get(server, '/journal')).text();
    expect(list).toContain('href="/journal/entries/41"');
    expect(list).not.toContain('href="/journal/entries/16"');
    const entry = await get(server, '/journal/entries/41');
    expect(entry.status).toBe(200);
    expect(await entry.text()).toContain('&quot;number&quot;:41');
    expect((await get(server, '/journal/entries/42')).status).toBe(404);
    expect((await get(server, '/journal/entries/x')).status).toBe(404);
  });

  test('say facts in words, and as they were signed one click away', async () => {
    const scope = await organisation();
    await write(scope, systemCause('test'), async (writing) => {
      const data = { right: 'erasure', isUrgent: true, dueOn: '2026-12-22', unnamed: { size: 1200 } };
      await record(writing, { kind: 'request.opened', subject: publicId('req', newId()), data });
    });
    await sequence(scope);
    const server = served(scope);
    const entry = (await (await get(server, '/journal/entries/2')).text()).replace(/\s/g, ' ');
    expect(entry).toContain('<dt>Droit</dt><dd>effacement</dd>');
    expect(entry).toContain('<dt>Urgente</dt><dd>Oui</dd>');
    expect(entry).toContain('<dd>22 décembre 2026</dd>');
    expect(entry).toContain('<dt>unnamed</dt><dd>Écritures 1 200</dd>');
    expect(entry).toContain('&quot;right&quot;: &quot;erasure&quot;');
    const list = (await (await get(server, '/journal')).text()).replace(/\s/g, ' ');
    expect(list).toContain('dueOn : 22 décembre 2026 · Urgente : Oui · Droit : effacement');
  });

  test('are only for those who may read it', async () => {
    const server = served(await organisation(), false);
    for (const path of ['/journal', '/journal/entries/1', '/api/v1/journal/key']) {
      expect((await get(server, path)).status).toBe(403);
    }
  });
});

test('the last checkpoint is public, as the signed note that anyone may keep; nothing else is', async () => {
  const scope = await decided();
  const server = served(scope, true, false);
  const open = (path: string) => server.fetch(new Request(`${url}${path}`));
  const note = await (await open('/journal/checkpoint?organisation=enseigne')).text();
  const { key } = z.object({ key: z.string() }).parse(await (await get(served(scope), '/api/v1/journal/key')).json());
  const signer = parseVerifierKey(key);
  expect(signer === null ? null : openCheckpoint(note, signer)).toMatchObject({ size: 41, epoch: 1 });
  expect((await open('/journal/checkpoint')).status).toBe(404);
  expect((await open('/journal/checkpoint?organisation=other')).status).toBe(404);
  for (const path of ['/journal', '/journal/entries/1']) expect((await open(path)).status).not.toBe(200);
  expect((await open('/api/v1/journal/key')).status).toBe(401);
});

test('the signing key is replaced from its page, by those who may, and what was signed before stays verifiable', async () => {
  const scope = await decided();
  const reader = served(scope);
  expect(await (await get(reader, '/journal')).text()).not.toContain('href="/journal/key"');
  expect((await get(reader, '/journal/key')).status).toBe(403);
  const server = served(scope, true, true, true);
  expect(await (await get(server, '/journal')).text()).toContain('href="/journal/key"');
  const form = await (await get(server, '/journal/key')).text();
  const csrf = /name="csrf" value="([^"]+)"/.exec(form)?.[1] ?? '';
  const send = (reason: string) =>
    server.fetch(
      new Request(`${url}/journal/key`, {
        method: 'POST',
        headers: { ...asking, origin: url, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ csrf, _key: newId(), reason }).toString(),
      }),
    );
  const keyOf = async () => (await (await get(server, '/api/v1/journal/key')).json()) as { fingerprint: string };
  const before = await keyOf();
  expect((await send('because')).status).toBe(422);
  expect((await keyOf()).fingerprint).toBe(before.fingerprint);
  expect((await send('suspicion')).status).toBe(303);
  expect((await keyOf()).fingerprint).not.toBe(before.fingerprint);
  expect(await (await get(server, '/journal')).text()).toContain('Clé de signature remplacée');
  const report = await (await post(reader, '/api/v1/journal/verification', {})).json();
  expect(report).toMatchObject({ isWhole: true, entries: 42 });
});

describe('the journal’s API', () => {
  test('gives an entry that anyone can prove with the key', async () => {
    const server = served(await decided());
    const { key } = z.object({ key: z.string() }).parse(await (await get(server, '/api/v1/journal/key')).json());
    const shape = z.object({ body: z.string(), proof: z.array(z.string()), checkpoint: z.string() });
    const entry = shape.parse(await (await get(server, '/api/v1/journal/entries/7')).json());
    const signer = parseVerifierKey(key);
    const head = signer === null ? null : openCheckpoint(entry.checkpoint, signer);
    if (head === null) throw new Error('the checkpoint was not opened');
    const path = entry.proof.map((hash) => Buffer.from(hash, 'base64'));
    expect(verifyInclusion(6, head.size, entryHash(Buffer.from(entry.body)), path, head.root)).toBe(true);
  });

  test('verifies for an auditor, against a checkpoint given too', async () => {
    const server = served(await decided());
    const shape = z.object({ checkpoint: z.string() });
    const { checkpoint } = shape.parse(await (await get(server, '/api/v1/journal/checkpoint')).json());
    const answer = await post(server, '/api/v1/journal/verification', { against: checkpoint });
    expect(await answer.json()).toMatchObject({ isWhole: true, entries: 41, firstBad: null });
  });

  test('verifies a broken journal that has entries waiting', async () => {
    const scope = await decided();
    await asOwner("update journal.entry set body = body || ' '::bytea where org = $1 and number = 9", [scope.org]);
    await asOwner('alter table journal.tile disable trigger keep_tile');
    await asOwner(
      "update journal.tile set hashes = hashes || '\\x00'::bytea || substring(hashes for 31) where org = $1",
      [scope.org],
    );
    await asOwner('alter table journal.tile enable trigger keep_tile');
    await write(scope, systemCause('test'), (writing) =>
      record(writing, { kind: 'request.opened', subject: publicId('req', newId()) }),
    );
    const answer = await post(served(scope), '/api/v1/journal/verification', {});
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      isWhole: false,
      firstBad: { kind: 'changed', number: 9 },
      words: ['L’écriture 9 a été modifiée : elle ne correspond plus à l’empreinte signée.'],
    });
  });
});
