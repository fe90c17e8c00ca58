import type { Incoming } from './incoming.ts';
import type { Metrics } from './metrics.ts';
import type { MountedRoute, ServerOptions } from './options.ts';
import type { Reply } from './reply.ts';
import type { CreateLink, MenuLine, Slice } from './slice.ts';

/** What the whole server shares. */
export interface ServerContext {
  readonly options: ServerOptions;
  readonly metrics: Metrics;
  readonly isSecure: boolean;
  /** As they are now: the model may gain types while it runs. */
  readonly menu: () => readonly MenuLine[];
  readonly create: () => readonly CreateLink[];
  readonly notifications: Slice['notifications'];
  /** Aborted when the server stops. */
  readonly stopping: AbortSignal;
  readonly liveStreams: { count: number };
}

/** A mounted route, with what answers it. */
export interface Endpoint extends MountedRoute {
  run(incoming: Incoming, params: Readonly<Record<string, string>>): Promise<Reply>;
}
