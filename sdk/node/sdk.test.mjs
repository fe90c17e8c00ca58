import { verify } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { fakeSocle, newKeyPair, newOrder, newSecret, signedHeaders, until } from './fixture.mjs';
import {
  connect,
  executed,
  failed,
  fileStore,
  memoryStore,
  notFound,
  partly,
  reasons,
  refused,
  verifyMessage,
} from './index.mjs';
import { canonical, digestOf } from './lib/canonical.mjs';

const socle = await fakeSocle();
const folder = mkdtempSync(join(tmpdir(), 'sdk-'));
afterAll(() => {
  socle.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  for (const list of [socle.answers, socle.receipts, socle.refuseWith, socle.keys, socle.toPull]) list.splice(0);
});

const secret = newSecret();
const logged = [];

function application(options = {}) {
  return connect({
    url: socle.url,
    key: 'a-key',
    secrets: secret.text,
    store: fileStore(mkdtempSync(join(folder, 'store-'))),
    log: (level, event, facts) => logged.push(JSON.stringify({ level, event, ...facts })),
    wait: () => Promise.resolve(),
    on: { erase: () => executed({ identity: 1 }) },
    ...options,
  });
}

async function send(connected, event, { signers = [secret], age = 0, body = JSON.stringify(event) } = {}) {
  const reply = await connected.receive({ headers: signedHeaders(event, body, signers, age), body });
  await connected.idle();
  return reply;
}

describe('a message is believed', () => {
  const event = newOrder(['a@example.org']);

  test('when a shared secret signed it', async () => {
    expect(await send(application(), event)).toMatchObject({ status: 200 });
  });

  test('when Socle’s private key signed it', async () => {
    const pair = newKeyPair();
    const connected = application({ secrets: pair.text });
    expect(await send(connected, event, { signers: [pair] })).toMatchObject({ status: 200 });
    expect(await send(connected, event, { signers: [newKeyPair()] })).toMatchObject({ status: 401 });
  });

  test('by the old secret and by the new one, while they are rotated, on either side', async () => {
    const [old, fresh] = [newSecret(), newSecret()];
    const both = application({ secrets: `${old.text} ${fresh.text}` });
    expect(await send(both, event, { signers: [old] })).toMatchObject({ status: 200 });
    expect(await send(both, event, { signers: [fresh] })).toMatchObject({ status: 200 });
    expect(await send(application({ secrets: [old.text] }), event, { signers: [fresh, old] })).toMatchObject({
      status: 200,
    });
  });

  test('unless it is older than five minutes, or from a clock ahead', async () => {
    const reply = await send(application(), event, { age: 301 });
    expect([reply.status, JSON.parse(reply.body).type]).toEqual([401, 'urn:socle:sdk:expired']);
    expect(await send(application(), event, { age: -302 })).toMatchObject({ status: 401 });
    expect(await send(application(), event, { age: 290 })).toMatchObject({ status: 200 });
  });

  test('unless it was altered, forged or not signed', async () => {
    const connected = application();
    const body = JSON.stringify(event);
    const headers = signedHeaders(event, body, [secret]);
    const replies = [
      { headers, body: body.replace('a@example', 'b@example') },
      { headers: { ...headers, 'webhook-id': 'ord_other' }, body },
      { headers: { ...headers, 'webhook-timestamp': String(Number(headers['webhook-timestamp']) + 1) }, body },
      { headers: { ...headers, 'webhook-timestamp': 'NaN' }, body },
      { headers: { ...headers, 'webhook-signature': 'v1,' }, body },
      { headers: { ...headers, 'webhook-signature': headers['webhook-signature'].replace('v1,', 'v1a,') }, body },
      { headers: { ...headers, 'webhook-signature': 'v1,AAAA nonsense' }, body },
      { headers: {}, body },
    ];
    for (const message of replies) expect(await connected.receive(message)).toMatchObject({ status: 401 });
    expect(await send(connected, event, { signers: [newSecret()] })).toMatchObject({ status: 401 });
    await connected.idle();
    expect(socle.answers).toEqual([]);
  });

  test('from a queue or a file at any age', () => {
    const body = JSON.stringify(event);
    const headers = signedHeaders(event, body, [secret], 86_400);
    const message = {
      id: event.id,
      timestamp: headers['webhook-timestamp'],
      signature: headers['webhook-signature'],
      body,
    };
    verifyMessage(message, secret.text, { maxAgeMs: null });
    expect(() => verifyMessage(message, secret.text)).toThrow(/five minutes/);
  });
});

describe('an order is carried out once', () => {
  test('and its repeat gets the same answer, to the letter', async () => {
    let calls = 0;
    const connected = application({ on: { erase: () => executed({ identity: ++calls }) } });
    const event = newOrder(['a@example.org']);
    await send(connected, event);
    await send(connected, event);
    expect([calls, socle.answers.length]).toEqual([1, 2]);
    expect(socle.answers[1]).toEqual(socle.answers[0]);
  });

  test('even when the repeat comes while it is under way', async () => {
    let calls = 0;
    const connected = application({
      on: {
        erase: async () => {
          calls += 1;
          await new Promise((resolve) => setTimeout(resolve, 30));
          return executed();
        },
      },
    });
    const event = newOrder(['a@example.org']);
    await Promise.all([send(connected, event), send(connected, event), send(connected, event)]);
    expect(calls).toBe(1);
  });

  test('and its next generation is another order', async () => {
    let calls = 0;
    const connected = application({ on: { erase: () => executed({ identity: ++calls }) } });
    const first = newOrder(['a@example.org']);
    const next = {
      ...first,
      id: 'ord_next',
      data: { ...first.data, order: 'ord_next', key: first.data.key.replace(/1$/, '2') },
    };
    await send(connected, first);
    await send(connected, next);
    expect([calls, socle.answers.map(({ order }) => order)]).toEqual([2, [first.id, 'ord_next']]);
  });

  test('and a key that comes back with another order is refused', async () => {
    const connected = application();
    const first = newOrder(['a@example.org']);
    await send(connected, first);
    const other = { ...first, id: 'ord_other', data: { ...first.data, order: 'ord_other' } };
    expect(await send(connected, other)).toMatchObject({ status: 409 });
  });

  test('and remembered by a process that starts again', async () => {
    const store = fileStore(mkdtempSync(join(folder, 'again-')));
    let calls = 0;
    const on = { erase: () => (++calls === 1 ? executed({ identity: 3 }) : notFound()) };
    const event = newOrder(['a@example.org']);
    await send(application({ store, on }), event);
    await send(application({ store, on }), event);
    expect(socle.answers[1]).toEqual(socle.answers[0]);
  });

  test('and what failed is tried again, and only that', async () => {
    const seen = [];
    let isUp = false;
    const connected = application({
      on: {
        erase: (person) => {
          seen.push(person.values('email')[0]);
          if (person.values('email')[0] === 'b@example.org' && !isUp) throw new Error('down: b@example.org');
          return executed({ identity: 1 });
        },
      },
    });
    const event = newOrder(['a@example.org', 'b@example.org']);
    await send(connected, event);
    isUp = true;
    await send(connected, event);
    expect(seen).toEqual(['a@example.org', 'b@example.org', 'b@example.org']);
    expect(socle.answers.map(({ outcome }) => outcome)).toEqual(['partly', 'executed']);
  });

  test('when the process died on a person, nobody left of them is "executed" and the others are as found', async () => {
    const store = memoryStore();
    const people = new Set(['a@example.org', 'b@example.org']);
    const erase = (person) => (people.delete(person.values('email')[0]) ? executed({ identity: 1 }) : notFound());
    const event = newOrder(['a@example.org', 'b@example.org', 'nobody@example.org']);
    const dying = {
      ...store,
      write: (key, text) => {
        // Dies after erasing b, before keeping it.
        if (!people.has('b@example.org')) throw Object.assign(new Error('died'), { code: 'DIED' });
        return store.write(key, text);
      },
    };
    expect(await send(application({ store: dying, on: { erase } }), event)).toMatchObject({ status: 500 });
    await send(application({ store, on: { erase } }), event);
    expect(socle.answers[0].persons).toEqual([
      { ref: event.data.persons[0].ref, outcome: 'executed', counts: { identity: 1 } },
      { ref: event.data.persons[2].ref, outcome: 'not_found' },
    ]);
    expect([socle.answers[0].default, socle.answers[0].outcome]).toEqual(['executed', 'executed']);
  });

  test('when it died on one person and then on another, both are remembered as begun', async () => {
    const store = memoryStore();
    const people = new Set(['a@example.org', 'b@example.org']);
    let isFirst = true;
    let isDying = false;
    const erase = (person) => {
      const [email] = person.values('email');
      if (email === 'a@example.org' && isFirst) {
        isFirst = false;
        throw new Error('busy');
      }
      const wasThere = people.delete(email);
      isDying = wasThere;
      return wasThere ? executed({ identity: 1 }) : notFound();
    };
    const dying = {
      ...store,
      write: (key, text) => {
        if (isDying) throw Object.assign(new Error('died'), { code: 'DIED' });
        return store.write(key, text);
      },
    };
    const event = newOrder(['a@example.org', 'b@example.org']);
    // First it dies having erased b, then, begun anew with a that had failed, having erased a.
    for (const left of [1, 0]) {
      expect(await send(application({ store: dying, on: { erase } }), event)).toMatchObject({ status: 500 });
      expect(people.size).toBe(left);
      isDying = false;
    }
    await send(application({ store, on: { erase } }), event);
    expect(socle.answers[0].outcome).toBe('executed');
    expect(socle.answers[0].persons ?? []).toEqual([]);
  });
});

describe('the answer', () => {
  test('names the order and its digest by RFC 8785, however the bytes were written', async () => {
    const event = newOrder(['é@example.org']);
    await send(application({ by: 'shop 1' }), event, { body: JSON.stringify(event, null, 2) });
    const [answer] = socle.answers;
    expect(answer).toMatchObject({ order: event.id, digest: digestOf(event), outcome: 'executed', by: 'shop 1' });
    expect(answer.persons).toEqual([{ ref: event.data.persons[0].ref, outcome: 'executed', counts: { identity: 1 } }]);
    expect(canonical({ b: [1e21, 0.1, -0], a: '\u20ac\n', '\u00e9': null })).toBe(
      '{"a":"€\\n","b":[1e+21,0.1,0],"é":null}',
    );
    expect(socle.keys[0]).toBe('Bearer a-key');
  });

  test('gives a default and the exceptions of a batch', async () => {
    const emails = Array.from({ length: 120 }, (_, index) => `p${index}@example.org`);
    const on = {
      erase: (person) =>
        person.values('email')[0] === 'p7@example.org'
          ? refused(reasons.legalDuty, { until: '2034-12-31', detail: 'invoices' })
          : executed({ identity: 1 }),
    };
    const event = newOrder(emails);
    await send(application({ on }), event);
    expect(socle.answers[0]).toMatchObject({ outcome: 'partly', default: 'executed' });
    expect(socle.answers[0].persons).toEqual([
      {
        ref: event.data.persons[7].ref,
        outcome: 'refused',
        reason: 'legal_duty',
        until: '2034-12-31',
        detail: 'invoices',
      },
    ]);
  });

  test.each([
    ['executed', [executed(), notFound()]],
    ['not_found', [notFound(), notFound()]],
    ['partly', [executed(), refused('claim')]],
    ['partly', [notFound(), partly('hold', { counts: { contact: 1 } })]],
    ['partly', [executed(), failed()]],
    ['failed', [failed(), refused('other')]],
    ['refused', [refused('other'), notFound()]],
  ])('says %s for the whole, and never hides what was not done', async (expected, results) => {
    const left = [...results];
    const emails = results.map((_, index) => `${index}@example.org`);
    await send(application({ on: { erase: () => left.shift() } }), newOrder(emails));
    expect(socle.answers[0].outcome).toBe(expected);
  });

  test('is signed so that a third party can check it', async () => {
    const { publicKey, privateKey } = newKeyPair();
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
    await send(application({ signingKey: pem }), newOrder(['a@example.org']));
    const { signature, ...answer } = socle.answers[0];
    const bytes = Buffer.from(signature.replace('ed25519:', ''), 'base64');
    expect(verify(null, Buffer.from(canonical(answer)), publicKey, bytes)).toBe(true);
    expect(verify(null, Buffer.from(canonical({ ...answer, outcome: 'refused' })), publicKey, bytes)).toBe(false);
  });

  test('is sent again while Socle is down, and no longer when Socle refuses it', async () => {
    socle.refuseWith.push(503, 500, 429);
    await send(application(), newOrder(['a@example.org']));
    expect(socle.answers).toHaveLength(1);
    socle.refuseWith.push(409);
    await send(application(), newOrder(['a@example.org']));
    expect([socle.answers.length, socle.keys.length]).toEqual([1, 5]);
  });

  test('is "failed" when the function forgets to say what it did', async () => {
    await send(application({ on: { erase: () => true } }), newOrder(['a@example.org']));
    expect(socle.answers[0]).toMatchObject({ outcome: 'failed', persons: [{ reason: 'technical' }] });
  });

  test('is a refusal for an action that is not done here', async () => {
    await send(application(), newOrder(['a@example.org'], { action: 'rectify' }));
    expect(socle.answers[0]).toMatchObject({ outcome: 'refused', persons: [{ reason: 'other' }] });
  });

  test('leaves out a detail that names the person', async () => {
    const on = { erase: (person) => refused('other', { detail: `no ${person.values('email')[0].toUpperCase()}` }) };
    await send(application({ on }), newOrder(['a@example.org']));
    expect(socle.answers[0].persons[0]).toEqual({ ref: expect.any(String), outcome: 'refused', reason: 'other' });
  });
});

describe('long and many', () => {
  test('work longer than Socle’s patience is acknowledged first and answered after', async () => {
    let finish;
    const done = new Promise((resolve) => {
      finish = resolve;
    });
    const connected = application({ patienceMs: 10, on: { erase: () => done } });
    const event = newOrder(['a@example.org']);
    const body = JSON.stringify(event);
    expect(await connected.receive({ headers: signedHeaders(event, body, [secret]), body })).toMatchObject({
      status: 202,
    });
    expect(socle.answers).toEqual([]);
    finish(executed());
    await connected.idle();
    expect(socle.answers).toHaveLength(1);
  });

  test('a function of the whole batch gives a default and exceptions', async () => {
    const event = newOrder(['a@example.org', 'b@example.org', 'c@example.org']);
    const odd = event.data.persons[1].ref;
    const on = { erase: { batch: () => ({ default: executed(), exceptions: { [odd]: notFound() } }) } };
    await send(application({ on }), event);
    expect(socle.answers[0]).toMatchObject({ default: 'executed', persons: [{ ref: odd, outcome: 'not_found' }] });
  });

  test('a test’s made-up persons are planted before, once', async () => {
    const people = new Set();
    const on = {
      plant: (person) => people.add(person.values('email')[0]),
      erase: (person) => (people.delete(person.values('email')[0]) ? executed({ identity: 1 }) : notFound()),
    };
    const emails = ['present-1@conformance.invalid', 'absent-1@conformance.invalid'];
    const event = newOrder(emails, { extra: { test: 'conformance' } });
    const connected = application({ on });
    await send(connected, event);
    await send(connected, event);
    expect(socle.answers.map(({ default: usual, persons }) => [usual, persons.length])).toEqual([
      ['executed', 2],
      ['executed', 2],
    ]);
    const real = newOrder(['present-2@conformance.invalid']);
    await send(connected, real);
    expect(socle.answers[2].outcome).toBe('not_found');
  });

  test('pulls, acknowledges, answers, and outlives a Socle that is down', async () => {
    const connected = application({ secrets: undefined });
    const events = [newOrder(['a@example.org']), newOrder(['b@example.org'])];
    socle.refuseWith.push(502, 500);
    socle.toPull.push(...events);
    const pulling = connected.pull({ waitSeconds: 1 });
    await until(() => socle.answers.length === 2);
    connected.close();
    await pulling;
    expect(socle.receipts).toEqual(events.map(({ id }) => id));
  });
});

describe('through servers', () => {
  async function post(listener, event, { body = JSON.stringify(event), method = 'POST' } = {}) {
    const server = createServer(listener).listen(0, '127.0.0.1');
    await until(() => server.listening);
    const headers = signedHeaders(event, body, [secret]);
    const response = await fetch(`http://127.0.0.1:${server.address().port}/`, {
      method,
      headers,
      ...(method === 'POST' ? { body } : {}),
    });
    await new Promise((resolve) => server.close(resolve));
    return response.status;
  }

  test('bare http reads the body itself, up to 16 MB', async () => {
    const { listener } = application();
    expect(await post(listener, newOrder(['a@example.org']))).toBe(200);
    expect(await post(listener, newOrder(['a@example.org']), { method: 'GET' })).toBe(405);
    expect(await post(listener, newOrder(['a@example.org']), { body: 'x'.repeat(16_000_001) })).toBe(413);
  });

  test('a framework that has read the body leaves its bytes, or is told how to', async () => {
    const { listener } = application();
    const read = (keep) => async (request, response) => {
      const chunks = [];
      for await (const chunk of request) chunks.push(chunk);
      request.body = keep(Buffer.concat(chunks));
      await listener(request, response);
    };
    expect(
      await post(
        read((bytes) => bytes),
        newOrder(['a@example.org']),
      ),
    ).toBe(200);
    expect(
      await post(
        read((bytes) => JSON.parse(bytes)),
        newOrder(['a@example.org']),
      ),
    ).toBe(500);
    expect(logged.at(-1)).toMatch(/express\.raw/);
  });

  test.each(['', '[]', 'null', '{"type":"org.socle.order.v1"}', '{'])('answers 4xx or ignores %s', async (body) => {
    const event = { id: 'x' };
    const reply = await application().receive({ headers: signedHeaders(event, body, [secret]), body });
    expect([200, 400]).toContain(reply.status);
    await expect(socle.answers).toEqual([]);
  });
});

test('nothing that names a person is logged, kept or answered', () => {
  const kept = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath ?? entry.path, entry.name), 'utf8'));
  expect(logged.length).toBeGreaterThan(20);
  expect(kept.length).toBeGreaterThan(10);
  for (const text of [...logged, ...kept]) expect(text).not.toMatch(/@|example\.org/i);
});

test('types say every name that the package gives', async () => {
  const given = Object.keys(await import('./index.mjs')).sort();
  const types = readFileSync(join(import.meta.dirname, 'index.d.mts'), 'utf8');
  const typed = [...types.matchAll(/^export declare (?:const|function) (\w+)/gm)].map(([, name]) => name);
  expect(typed.sort()).toEqual(given);
});

test('a wrong option is told at the start', () => {
  expect(() => application({ secrets: 'nonsense' })).toThrow(/whsec_/);
  expect(() => application({ key: '' })).toThrow(/key/);
  expect(() => application({ on: { delete: () => executed() } })).toThrow(/on\.delete/);
  expect(() => refused('nonsense')).toThrow(/legal_duty/);
  expect(() => executed({ identity: -1 })).toThrow(/whole number/);
});
