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
  // A connection that just finished its answer would wait, idle, for a next request.
  const sweep = setInterval(() => {
    if ('closeIdleConnections' in server) server.closeIdleConnections();
  }, 20);
  const end = setTimeout(() => {
    if ('closeAllConnections' in server) server.closeAllConnections();
  }, patienceMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(end);
}
