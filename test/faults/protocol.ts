import type { DatabaseRoles } from '../../src/store/index.ts';
import type { HttpCall } from './call.ts';

/** What is said between the world and the processes that live in it. Time is the world's: it comes with every message. */

/** A process of Socle, as it starts. */
export interface SocleStart {
  readonly roles: DatabaseRoles;
  readonly secret: string;
  /** Below which files may be exchanged. */
  readonly dropFolders: readonly string[];
}

/** An application, as it starts. `folder`: what is its own on disk (its people, the SDK's memory). `audit`: a file it never reads. */
export interface ApplicationStart {
  readonly name: string;
  readonly channel: 'webhook' | 'pull' | 'file';
  readonly url: string;
  readonly key: string;
  readonly secrets: string;
  /** Where files are exchanged. */
  readonly drop: string;
  readonly folder: string;
  readonly audit: string;
  /** How many times its storage was put back. */
  readonly life: number;
  readonly mutant: Mutant | null;
}

/** Applications that are wrong on purpose: the harness must see it. */
export type Mutant =
  /** Drops no repeat: what it kept under an order's key is never found again. */
  | 'forgets_keys'
  /** Says “executed” and does nothing. */
  | 'claims_undone'
  /** Logs whom it erases. */
  | 'logs_names'
  /** Falls over by itself, with an exception that nobody catches. */
  | 'falls_over';

/** What happens to a process of Socle once it has sent so many statements to a database. */
export interface Doom {
  readonly after: number;
  /** SIGKILL by itself, or the end of that connection by PostgreSQL, before or while the statement runs. */
  readonly what: 'dies' | 'cut_before' | 'cut_during';
}

/** What the server of mails says: taken, to be tried again, or refused for good. */
export type MailAnswer = 'taken' | 'busy' | 'refused';

/** How an application deals with the files that it finds. */
export interface Look {
  readonly what: 'look';
  readonly number: number;
  /** Answers are written under their final name and not to the end, then whole. */
  readonly isTorn: boolean;
  /** The same answers in two files. */
  readonly isTwice: boolean;
  /** Orders that were answered are read and answered again. */
  readonly isAgain: boolean;
}

/** What the world has a process do. */
export type Work =
  | {
      readonly what: 'drain';
      readonly org: string;
      readonly jitter: number;
      /** Many at once, as the pump works, rather than one after the other. */
      readonly isWide: boolean;
      readonly doom: Doom | null;
      /** The journal is sealed after it. */
      readonly seals: boolean;
    }
  | (HttpCall & { readonly what: 'http'; readonly org: string; readonly doom: Doom | null })
  | { readonly what: 'receive'; readonly headers: Readonly<Record<string, string>>; readonly body: Buffer }
  | Look;

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
  /** A message leaves; answers with what its server said. */
  | { readonly what: 'mail'; readonly to: string; readonly title: string; readonly text: string }
  /** The statement that its doom is about is at hand, on the connection of this backend of PostgreSQL. */
  | { readonly what: 'doomed'; readonly doom: Doom['what']; readonly backend: number }
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

/** A row of an application's audit. */
export interface Act {
  readonly life: number;
  readonly key: string;
  readonly ref: string;
  /**
   * Asked to erase somebody; asked anew because its process had died over it; somebody erased, or nobody left of them; it threw;
   * its answer to the order is safe (of nobody in particular).
   */
  readonly was: 'asked' | 'asked_anew' | 'erased' | 'nobody_left' | 'threw' | 'kept';
}

export type People = Readonly<Record<string, { readonly refuses: boolean }>>;
