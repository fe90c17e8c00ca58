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

let behaviour = { lies: 0, slowMs: Number(process.env.SLOW_MS ?? 0), failures: Number(process.env.FAILURES ?? 0) };

process.on('message', (told) => {
  if (told?.kind === 'behave') behaviour = { lies: told.lies, slowMs: told.slowMs, failures: told.failures };
  if (told?.kind === 'restored') void declareRestoration(told.restoredTo);
  if (told?.kind === 'ask') void asked();
});

let asked = () => undefined;

/** What it does when the operator has it ask Socle whom it must not write to. */
export function whenAsked(run) {
  asked = run;
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

/** Says that the application is ready, and where it listens (null: nowhere). */
export function ready(port = null) {
  note('ready', { pid: process.pid, port });
  process.send?.({ kind: 'ready', port });
}

/** Listens on loopback: on the port it had, or another when that one is taken. */
export function listen(handler) {
  const server = createServer((request, response) => {
    if (behaviour.failures > 0) {
      behaviour.failures -= 1;
      response.writeHead(503).end();
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
    if (behaviour.lies > 0 && !order.isTest) {
      behaviour.lies -= 1;
      return lie();
    }
    return erase(person, order);
  };
}

/** What an application says once it was restored from a backup: its orders since then come again. */
async function declareRestoration(restoredTo) {
  const { orders, unsendable } = await callSocle('/api/v1/restorations', { restoredTo });
  note('restoration.declared', { orders, unsendable });
}
