import { client } from './client.mjs';
import { listenerOf } from './listener.mjs';
import { actions, NotAnOrder, readOrder } from './order.mjs';
import { readSigningKey } from './outcome.mjs';
import { puller } from './pull.mjs';
import { NotBelieved, readSecrets, verifyMessage } from './signature.mjs';
import { memoryStore } from './stores.mjs';
import { AnotherOrder, worker } from './work.mjs';

/** Past this, a webhook is told "I have it" while the work goes on: Socle stops waiting at ten seconds. */
const patienceMs = 7_000;

/** One application's end of the line. README.md tells each option; index.d.mts types them. */
export function connect(options) {
  const { url, key, secrets, on, by, store = memoryStore(), now = Date.now } = options;
  for (const [name, value] of Object.entries({ url, key })) {
    if (typeof value !== 'string' || value === '') throw new TypeError(`${name} is needed`);
  }
  expectFunctions(on);
  const log = options.log ?? logLine;
  const believed = secrets === undefined ? null : readSecrets(secrets);
  if (store.isVolatile) {
    log('warn', 'store.volatile', {
      why: 'orders done are forgotten when this process ends: use fileStore or your own',
    });
  }
  const stopping = new AbortController();
  const socle = client({ url, key, log, signal: stopping.signal, wait: options.wait });
  const work = worker({ store, on, by, log, now, signingKey: readSigningKey(options.signingKey) });
  const pending = new Set();

  /** Remembers what is under way, so that `idle` can wait for it. */
  function during(promise) {
    const settled = promise.then(
      () => undefined,
      () => undefined,
    );
    pending.add(settled);
    settled.then(() => pending.delete(settled));
    return promise;
  }

  async function receive({ headers, body }) {
    try {
      if (believed === null) throw new TypeError('secrets: needed to receive webhooks');
      const header = (name) => String(headers[name] ?? headers.get?.(name) ?? '');
      const signed = {
        id: header('webhook-id'),
        timestamp: header('webhook-timestamp'),
        signature: header('webhook-signature'),
        body,
      };
      verifyMessage(signed, believed, { now: now() });
      const event = parse(body);
      if (event?.type !== 'org.socle.order.v1') return answer(200, { ignored: true });
      const order = readOrder(event);
      const working = during(work(order));
      const isDone = await Promise.race([working.then(() => true), later(options.patienceMs ?? patienceMs)]);
      // What failed is answered too: Socle has it tried again.
      during(working.then(socle.outcome)).catch((error) => logError(log, order, error));
      return answer(isDone ? 200 : 202, { order: order.id, state: isDone ? 'done' : 'received' });
    } catch (error) {
      return refusal(error, log);
    }
  }

  return {
    receive,
    listener: listenerOf(receive, log),
    pull: puller({ socle, work, during, log, stopping: stopping.signal }),
    idle: async () => {
      while (pending.size > 0) await Promise.all(pending);
    },
    close: () => stopping.abort(),
  };
}

function expectFunctions(on) {
  if (typeof on !== 'object' || on === null) throw new TypeError('on: { erase: (person) => … } is needed');
  for (const [name, action] of Object.entries(on)) {
    if (name !== 'plant' && !actions.includes(name)) throw new TypeError(`on.${name}: one of ${actions.join(', ')}`);
    if (typeof action !== 'function' && typeof action?.batch !== 'function') {
      throw new TypeError(`on.${name}: a function of a person, or { batch: function of persons }, is expected`);
    }
  }
}

function parse(body) {
  try {
    return JSON.parse(typeof body === 'string' ? body : Buffer.from(body).toString('utf8'));
  } catch {
    throw new NotAnOrder('', 'the body is not JSON');
  }
}

/** False once the time is over; keeps nobody from exiting. */
function later(ms) {
  return new Promise((resolve) => {
    setTimeout(() => resolve(false), ms).unref();
  });
}

function refusal(error, log) {
  if (error instanceof NotBelieved) {
    log('warn', 'order.not_believed', { why: error.code });
    return problem(401, error.code, error.message);
  }
  if (error instanceof NotAnOrder) {
    log('warn', 'order.not_read', { pointer: error.pointer });
    return problem(400, 'not_an_order', error.message, [{ pointer: error.pointer, detail: error.message }]);
  }
  if (error instanceof AnotherOrder) {
    log('error', 'order.key_reused', {});
    return problem(409, 'another_order', error.message);
  }
  log('error', 'order.trouble', { error: error?.name, code: error?.code });
  return problem(500, 'trouble', 'the order could not be kept: send it again');
}

function logError(log, order, error) {
  log('error', 'order.trouble', { order: order.id, error: error?.name, code: error?.code });
}

function answer(status, value) {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}

/** RFC 9457. */
function problem(status, code, detail, errors) {
  const type = `urn:socle:sdk:${code}`;
  const body = JSON.stringify({ type, title: code, status, detail, ...(errors === undefined ? {} : { errors }) });
  return { status, headers: { 'content-type': 'application/problem+json' }, body };
}

/** One line of JSON an event; never an identifier of a person. */
function logLine(level, event, facts) {
  const line = JSON.stringify({ level, event: `socle.${event}`, at: new Date().toISOString(), ...facts });
  process[level === 'info' ? 'stdout' : 'stderr'].write(`${line}\n`);
}
