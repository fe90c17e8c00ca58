import type { KeyObject } from 'node:crypto';
import type { Clock, Log } from '../kernel/index.ts';
import type { Metrics } from './metrics.ts';
import type { Slice } from './slice.ts';
import type { Authenticate } from './who.ts';

/** Something that must answer before this process takes requests. */
export interface Readiness {
  readonly name: string;
  /** Throws when it is not ready. */
  readonly check: () => Promise<void>;
}

export interface ServerOptions {
  readonly slices: readonly Slice[];
  readonly authenticate: Authenticate;
  /** Where people reach the site, without a trailing slash. */
  readonly publicUrl: string;
  readonly log: Log;
  readonly clock: Clock;
  /** Seals cursors, flash messages and the anonymous CSRF token: derived from the installation's root key. */
  readonly key: KeyObject;
  /** Where the top bar's search leads; no search box when absent. */
  readonly searchAction?: string;
  /** Shown by the generated reference. */
  readonly version: string;
  readonly metrics?: Metrics;
  /** Between two signs of life of server-sent events; 15 s when absent. */
  readonly heartBeatMs?: number;
  readonly readiness?: readonly Readiness[];
}

export interface RunningServer {
  readonly port: number;
  /** Stops accepting, ends server-sent events, waits for what runs (at most 5 s), then closes what remains. */
  stop(): Promise<void>;
}

export interface SocleServer {
  /** Answers one request in process: for tests and for a command line that composes the application. */
  fetch(request: Request): Promise<Response>;
  /** Every mounted route, for tests that pin what all must share. */
  readonly routes: readonly MountedRoute[];
  readonly metrics: Metrics;
  listen(port: number, host: string): Promise<RunningServer>;
}

export interface MountedRoute {
  readonly slice: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly kind: 'page' | 'events' | 'api';
  readonly isPublic: boolean;
  /** The right that its door asks for; `other` where its door has a rule of its own; null where none is asked there. */
  readonly right: string | null;
}
