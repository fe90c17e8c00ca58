/** After so many deliveries nobody took (about half a day) an order is a dead letter. */
export const mostDeliveries = 20;

const longestMs = 3_600_000;

/** 2 s, 4 s, 8 s… up to an hour, with jitter: applications that fell together are not woken together. */
export function delayMs(tries: number): number {
  return Math.min(longestMs, 1_000 * 2 ** tries) * (0.75 + Math.random() / 2);
}
