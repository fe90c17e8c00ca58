import type { DatabaseRoles } from '../../src/store/index.ts';

/** What is said between the world and the processes that live in it. Time is the world's: it comes with every message. */

/** A process of Socle, as it starts. */
export interface SocleStart {
  readonly roles: DatabaseRoles;
  readonly secret: string;
}

/** An application, as it starts. `folder`: what is its own on disk (its people, the SDK's memory). `audit`: a file it never reads. */
export interface ApplicationStart {
  readonly name: string;
  readonly channel: 'webhook' | 'pull';
  readonly url: string;
  readonly key: string;
  readonly secrets: string;
  readonly folder: string;
  readonly audit: string;
  /** How many times its storage was put back. */
  readonly life: number;
  readonly mutant: Mutant | null;
}

/** Applications that are wrong on purpose: the harness must see it. */
export type Mutant =
  /** Drops no repeat: what it kept under an order's key is never found again, and it erases without looking. */
  | 'forgets_keys'
  /** Says “executed” and does nothing. */
  | 'claims_undone';

/** What the world has a process do. `diesAfter`: SIGKILL by itself when so many statements were sent to a database. */
export type Work =
  | { readonly what: 'drain'; readonly org: string; readonly jitter: number; readonly diesAfter: number | null }
  | {
      readonly what: 'api';
      readonly org: string;
      readonly method: string;
      readonly path: string;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string | null;
      readonly diesAfter: number | null;
    }
  | { readonly what: 'receive'; readonly headers: Readonly<Record<string, string>>; readonly body: Buffer };

/** What a process asks of the world, and waits for. */
export type Question =
  | { readonly what: 'step'; readonly step: string }
  | {
      readonly what: 'post';
      readonly url: string;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: Buffer;
    }
  | { readonly what: 'fetch'; readonly path: string; readonly method: string; readonly body: string | null }
  | { readonly what: 'sleep'; readonly ms: number }
  | {
      readonly what: 'moment';
      readonly moment: 'before' | 'midway' | 'kept';
      readonly key: string;
      readonly email: string;
    };

export type Down =
  | {
      readonly kind: 'start';
      readonly start: SocleStart | ApplicationStart;
      readonly seq: number;
      readonly now: number;
    }
  | { readonly kind: 'work'; readonly id: number; readonly work: Work; readonly seq: number; readonly now: number }
  | {
      readonly kind: 'reply';
      readonly to: number;
      readonly value?: unknown;
      readonly error?: string;
      readonly seq: number;
      readonly now: number;
    };

export type Up =
  | { readonly kind: 'done'; readonly id: number; readonly value?: unknown; readonly error?: string }
  | { readonly kind: 'ask'; readonly id: number; readonly question: Question }
  | { readonly kind: 'log'; readonly line: string }
  /** Nothing happens in it any more until it is told something: all that was sent up to `seq` was taken in. */
  | { readonly kind: 'idle'; readonly seq: number };

/** A row of an application's audit: somebody was carried out, or nobody was left of them. */
export interface Act {
  readonly life: number;
  readonly key: string;
  readonly ref: string;
  readonly was: 'erased' | 'nobody_left';
}

export type People = Readonly<Record<string, { readonly refuses: boolean }>>;
