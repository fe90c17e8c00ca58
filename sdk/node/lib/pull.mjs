import { readOrder } from './order.mjs';

/** Socle leases an order for sixty seconds; each receipt renews that. */
const renewMs = 20_000;
const longestPauseMs = 60_000;
/** Between two calls that find nothing, at least: a Socle that doesn't wait isn't asked a thousand times a second. */
const leastMs = 1_000;

/** Asks Socle for orders until stopped, with the same functions as a webhook. */
export function puller({ socle, work, during, log, stopping }) {
  return async ({ waitSeconds = 25 } = {}) => {
    let failures = 0;
    while (!stopping.aborted) {
      try {
        const asked = performance.now();
        const { items } = await socle.orders(waitSeconds);
        for (const item of items) await during(carryOut(item));
        failures = 0;
        if (items.length === 0 && performance.now() - asked < leastMs) await pause(leastMs);
      } catch (error) {
        if (stopping.aborted) return;
        failures += 1;
        log('warn', 'pull.failed', { error: error?.name, status: error?.status, failures });
        const pauseMs = Math.min(longestPauseMs, 500 * 2 ** failures) * (0.75 + Math.random() / 2);
        await pause(pauseMs);
      }
    }
  };

  function pause(ms) {
    return socle.wait(ms, undefined, { signal: stopping }).catch(() => undefined);
  }

  async function carryOut(event) {
    const order = readOrder(event);
    await socle.receipt(order.id);
    const renewal = setInterval(() => {
      socle.receipt(order.id).catch((error) => log('warn', 'pull.lease_not_renewed', { status: error?.status }));
    }, renewMs);
    try {
      await socle.outcome(await work(order));
    } finally {
      clearInterval(renewal);
    }
  }
}
