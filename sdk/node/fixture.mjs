import { createHmac, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';

/** What tests of an application's end need of Socle: orders, signatures, and a place to answer to. */

export function newSecret() {
  const bytes = randomBytes(32);
  return { text: `whsec_${bytes.toString('base64')}`, sign: (content) => `v1,${hmac(bytes, content)}` };
}

function hmac(bytes, content) {
  return createHmac('sha256', bytes).update(content).digest('base64');
}

export function newKeyPair() {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ format: 'jwk' }).x;
  return {
    text: `whpk_${Buffer.from(raw, 'base64url').toString('base64')}`,
    sign: (content) => `v1a,${sign(null, content, privateKey).toString('base64')}`,
    publicKey,
    privateKey,
  };
}

/** The headers of a message signed by each of these, `ageSeconds` ago. */
export function signedHeaders(event, body, signers, ageSeconds = 0) {
  const timestamp = String(Math.floor(Date.now() / 1_000) - ageSeconds);
  const content = Buffer.from(`${event.id}.${timestamp}.${body}`);
  return {
    'content-type': 'application/cloudevents+json',
    'webhook-id': event.id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signers.map((signer) => signer.sign(content)).join(' '),
  };
}

let made = 0;

/** An order to erase these e-mail addresses. */
export function newOrder(emails, { action = 'erase', generation = 1, extra = {}, more = {} } = {}) {
  made += 1;
  const order = `ord_test${made}`;
  const persons = emails.map((email, index) => ({
    ref: `p_${made}_${index}`,
    identities: [{ kind: 'email', value: email }],
  }));
  return {
    specversion: '1.0',
    id: order,
    source: 'https://socle.example.org/orgs/test',
    type: 'org.socle.order.v1',
    time: '2026-11-22T09:00:00Z',
    datacontenttype: 'application/json',
    ...extra,
    data: { order, key: `req_${made}/shop/${action}/${generation}`, action, application: 'shop', persons, ...more },
  };
}

/** A Socle that only listens. `answers` are the outcomes it took; `refuseWith` what it answers next instead. */
export async function fakeSocle() {
  const state = { answers: [], receipts: [], keys: [], refuseWith: [], toPull: [] };
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    state.keys.push(request.headers.authorization);
    const refusal = state.refuseWith.shift();
    if (refusal !== undefined) return response.writeHead(refusal).end('{"type":"urn:test"}');
    const body = chunks.length === 0 ? null : JSON.parse(Buffer.concat(chunks));
    if (request.url.endsWith('/outcome')) state.answers.push(body);
    if (request.url.endsWith('/receipt')) state.receipts.push(request.url.split('/').at(-2));
    const isPull = request.method === 'GET';
    const value = isPull ? { items: state.toPull.splice(0), next: null } : {};
    setTimeout(() => response.writeHead(200).end(JSON.stringify(value)), isPull ? 20 : 0);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return Object.assign(state, {
    url: `http://127.0.0.1:${server.address().port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  });
}

/** Asks again until it holds, for at most `seconds`. */
export async function until(holds, seconds = 10) {
  const end = Date.now() + seconds * 1_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error('it did not happen in time');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
