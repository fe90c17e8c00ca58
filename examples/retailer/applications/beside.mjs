import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * What makes these applications part of a demonstration, and that a real one leaves out: they say when they are ready,
 * leave when Socle leaves, and misbehave when the operator asks.
 */

// Ctrl-C reaches every process of a terminal: Socle, which gets it too, ends its applications in order.
process.on('SIGINT', () => undefined);
// The other end is gone, however it died.
process.on('disconnect', () => process.exit(0));

let behaviour = {
  lies: Number(process.env.LIES ?? 0),
  slowMs: Number(process.env.SLOW_MS ?? 0),
  failures: Number(process.env.FAILURES ?? 0),
  isGone: false,
  byHand: false,
};
const behaviours = { restored: ({ restoredTo }) => declareRestoration(restoredTo) };

function behave(changed) {
  behaviour = { ...behaviour, ...changed };
  process.send?.({ kind: 'behaves', ...behaviour });
}

process.on('message', ({ kind, ...told }) => {
  if (kind === 'behave') behave(told);
  else behaviours[kind]?.(told)?.catch((error) => note('trouble', { doing: kind, error: error.message }));
});

/** What else it does when the operator wants it to. */
export function when(kind, run) {
  behaviours[kind] = run;
}

/** How the operator wants it to behave now. */
export function behaves() {
  return behaviour;
}

/** One call to Socle, with the application's own key. */
export async function callSocle(path, body) {
  const response = await fetch(new URL(path, process.env.SOCLE_URL), {
    method: 'POST',
    headers: { authorization: `Bearer ${process.env.SOCLE_KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return response.json();
}

/** One line of its log: what happened and how many, never who. */
export function note(event, facts) {
  process.stdout.write(`${JSON.stringify({ event, ...facts })}\n`);
}

/** Tells the operator's page what it has just done, and how many. */
export function tell(did, facts) {
  note(did, facts);
  process.send?.({ kind: 'did', did, facts });
}

/** Says that the application is ready, and where it listens (null: nowhere). */
export function ready(port = null) {
  note('ready', { pid: process.pid, port });
  process.send?.({ kind: 'ready', port });
  behave({});
}

/** Listens on loopback: on the port it had, or another when that one is taken. */
export function listen(handler) {
  const server = createServer((request, response) => {
    if (behaviour.failures > 0) {
      behave({ failures: behaviour.failures - 1 });
      response.writeHead(503).end();
      return;
    }
    if (behaviour.isGone) {
      response.writeHead(410).end();
      return;
    }
    handler(request, response);
  });
  server.on('listening', () => ready(server.address().port));
  server.on('error', (error) => {
    if (error.code !== 'EADDRINUSE') throw error;
    server.listen(0, '127.0.0.1');
  });
  server.listen(Number(process.env.PORT ?? 0), '127.0.0.1');
  process.once('SIGTERM', () => process.exit(0));
}

/** The application's own function, as slow and as honest as the operator wants it. */
export function misbehaving(erase, lie) {
  return async (person, order) => {
    if (behaviour.slowMs > 0) await wait(behaviour.slowMs);
    return !order.isTest && lies() ? lie() : erase(person, order);
  };
}

/** Whether it lies this time. */
export function lies() {
  if (behaviour.lies === 0) return false;
  behave({ lies: behaviour.lies - 1 });
  return true;
}

const mostAsked = 1_000;

/** Places, in this list, of those whom Socle says forgotten; how many orders it sends again, having heard this. */
async function forgottenAmong(identities) {
  const places = new Set();
  let reopened = 0;
  for (let from = 0; from < identities.length; from += mostAsked) {
    const asked = { identities: identities.slice(from, from + mostAsked) };
    const answer = await callSocle('/api/v1/suppressions/check', asked);
    for (const { place } of answer.recognised) places.add(from + place);
    reopened += answer.reopened;
  }
  return { places, reopened };
}

/**
 * Before a mailing, it asks Socle whom it must not write to, and says since when it holds each address. Before it imports an old
 * copy of its data, it asks which of the missing ones must not come back. `identityOf`: how it knows each of them.
 */
export function asksSocle(people, openCopy, identityOf = ({ email }) => ({ kind: 'email', value: email })) {
  when('ask', async () => {
    const all = people.all();
    const held = all.map((one) => ({ ...identityOf(one), heldSince: one.since }));
    const { places, reopened } = await forgottenAmong(held);
    tell('mailing', { to: all.length - places.size, leftOut: places.size, reopened });
  });
  when('import', async ({ copy }) => {
    const nameOf = (one) => identityOf(one).value.toLowerCase();
    const present = new Set(people.all().map(nameOf));
    const missing = openCopy(copy)
      .all()
      .filter((one) => !present.has(nameOf(one)));
    const { places } = await forgottenAmong(missing.map(identityOf));
    const welcome = missing.filter((_, place) => !places.has(place));
    for (const one of welcome) people.add(one);
    tell('import', { imported: welcome.length, refused: places.size });
  });
}

/** What an application says once it was restored from a backup: its orders since then come again. */
async function declareRestoration(restoredTo) {
  const { orders, unsendable } = await callSocle('/api/v1/restorations', { restoredTo });
  tell('restoration', { orders, unsendable });
}
