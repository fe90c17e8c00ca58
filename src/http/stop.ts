import { setTimeout as wait } from 'node:timers/promises';
import type { ServerType } from '@hono/node-server';

/** People notice a longer stop, and supervisors begin to kill. */
const patienceMs = 5_000;

/**
 * Stops accepting, tells the live streams to end, lets what runs finish, and closes what is left after 5 s.
 * Nothing is lost by the last step: a write is either committed or never happened.
 */
export async function stopServer(server: ServerType, stopping: AbortController): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  stopping.abort();
  if ('closeIdleConnections' in server) server.closeIdleConnections();
  const patience = new AbortController();
  const isPatient = await Promise.race([
    closed.then(() => true),
    wait(patienceMs, false, { signal: patience.signal }).catch(() => true),
  ]);
  patience.abort();
  if (!isPatient && 'closeAllConnections' in server) {
    server.closeAllConnections();
    await closed;
  }
}
