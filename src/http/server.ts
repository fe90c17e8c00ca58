import type { ServerOptions, SocleServer } from './options.ts';

export function createServer(_options: ServerOptions): SocleServer {
  throw new Error('the server is being written');
}
