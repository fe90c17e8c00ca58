import { createServer } from 'node:net';

/** A port of this machine on which nobody listens at this moment: `wanted` itself (it throws when taken), or any with 0. */
export function freePort(wanted = 0, host = '127.0.0.1'): Promise<number> {
  return new Promise((done, failed) => {
    const server = createServer();
    server.once('error', failed);
    server.listen(wanted, host, () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
