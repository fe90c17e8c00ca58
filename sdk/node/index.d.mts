import type { KeyObject } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

export type Action = 'erase' | 'anonymise' | 'archive' | 'restrict' | 'suspend' | 'release' | 'export' | 'rectify';
export type Reason = 'legal_duty' | 'claim' | 'hold' | 'identity_ambiguous' | 'not_our_data' | 'technical' | 'other';

/** The reason codes, by name. */
export declare const reasons: {
  readonly legalDuty: 'legal_duty';
  readonly claim: 'claim';
  readonly hold: 'hold';
  readonly identityAmbiguous: 'identity_ambiguous';
  readonly notOurData: 'not_our_data';
  readonly technical: 'technical';
  readonly other: 'other';
};

/** How many records, by category or table. */
export type Counts = Readonly<Record<string, number>>;

declare const made: unique symbol;
/** What was done of one person. Only the functions below make one. */
export interface Result {
  readonly [made]: true;
  readonly outcome: 'executed' | 'partly' | 'refused' | 'not_found' | 'failed';
}

export interface Why {
  /** Until when it is kept: `2034-12-31`. */
  readonly until?: string;
  /** At most 200 characters, without anything that names a person. */
  readonly detail?: string;
}

export declare function executed(counts?: Counts): Result;
export declare function notFound(): Result;
export declare function partly(reason: Reason, more?: Why & { readonly counts?: Counts }): Result;
export declare function refused(reason: Reason, more?: Why): Result;
/** `technical` when no reason is given. Socle has the order tried again. */
export declare function failed(reason?: Reason, more?: Why): Result;

export interface Identity {
  readonly kind: string;
  readonly value: string;
}

export interface Person {
  /** Opaque, and of this application only. */
  readonly ref: string;
  readonly identities: readonly Identity[];
  /** The values of one kind: `person.values('email')`. */
  values(kind: string): readonly string[];
  /** Whether the process died while this very person was being worked on: zero rows then means that it was done. */
  readonly isResumed: boolean;
}

export interface Order {
  readonly id: string;
  /** What makes an order sent twice be done once. */
  readonly key: string;
  readonly action: Action;
  readonly application: string;
  readonly cause: { readonly kind: string; readonly id: string; readonly right?: string } | null;
  readonly due: Date | null;
  /** The categories of data concerned; null: all. */
  readonly categories: readonly string[] | null;
  /** A conformance test: its persons are made up, their addresses end in `conformance.invalid`. */
  readonly isTest: boolean;
  readonly digest: string;
  readonly persons: readonly Person[];
}

export interface BatchAnswer {
  readonly default: Result;
  /** By `ref`. */
  readonly exceptions?: ReadonlyMap<string, Result> | Readonly<Record<string, Result>>;
}

export interface BatchOrder extends Order {
  /** Whether an earlier attempt died midway. */
  readonly isResumed: boolean;
  /** Keeps the answer by the store's `write`, in the transaction that did the work: both happen, or neither. */
  keep(answer: BatchAnswer, transaction?: unknown): Promise<unknown>;
}

export type OnePerson = (person: Person, order: Order) => Promise<Result> | Result;
export interface ManyPersons {
  /** Returns the answer, or nothing when it called `order.keep`. */
  batch(persons: readonly Person[], order: BatchOrder): Promise<BatchAnswer | undefined> | BatchAnswer | undefined;
}

/** What the SDK remembers, by key: outcomes and opaque references, never an identifier of a person. */
export interface Store {
  /** The text last written under this key, or null. */
  read(key: string): Promise<string | null>;
  /** Returns once the text is safe. `transaction` is what the application gave to `order.keep`. */
  write(key: string, text: string, transaction?: unknown): Promise<unknown>;
  readonly isVolatile?: boolean;
}

/** Survives restarts: one small file an order. */
export declare function fileStore(folder: string): Store;
/** For trials: forgets everything when the process ends. */
export declare function memoryStore(): Store;

export type LogLevel = 'info' | 'warn' | 'error';

export interface Options {
  /** Where Socle is: `https://socle.example.org`. */
  readonly url: string;
  /** The application's key, that Socle showed once. */
  readonly key: string;
  /** `whsec_…` or `whpk_…`; several (a list, or separated by spaces) while they are rotated. Not needed to pull. */
  readonly secrets?: string | readonly string[];
  /** What each action does here. An action that isn't here is refused in your name. */
  readonly on: { readonly [action in Action]?: OnePerson | ManyPersons } & {
    /** Makes a made-up person of a conformance test exist here, just before the test has them erased. */
    readonly plant?: (person: Person, order: Order) => Promise<unknown> | unknown;
  };
  /** `memoryStore()`, with a warning, when absent. */
  readonly store?: Store;
  /** Written in each answer: `shop-purge 2.3`. */
  readonly by?: string;
  /** An Ed25519 private key (PEM): answers are signed, and prove to a third party what this application said. */
  readonly signingKey?: string | Buffer | KeyObject;
  /** One call an event, with nothing that names a person. JSON lines on standard output and error when absent. */
  readonly log?: (level: LogLevel, event: string, facts: Readonly<Record<string, unknown>>) => void;
  /** How long Socle waits for the work before it is told "received" (7 s). */
  readonly patienceMs?: number;
  /** For tests: the time in milliseconds, and how pauses pass. */
  readonly now?: () => number;
  readonly wait?: (ms: number, value?: undefined, options?: { readonly signal?: AbortSignal }) => Promise<unknown>;
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Connected {
  /** For any server: the headers (lower case) and the body as it came, byte for byte. Never throws. */
  receive(message: {
    readonly headers: Readonly<Record<string, unknown>> | Headers;
    readonly body: string | Uint8Array;
  }): Promise<Reply>;
  /** For bare `http`, and for Express. */
  listener(request: IncomingMessage & { body?: unknown; rawBody?: unknown }, response: ServerResponse): Promise<void>;
  /** Asks Socle for orders until `close`. */
  pull(options?: { readonly waitSeconds?: number }): Promise<void>;
  /** Resolves when nothing is under way: before exiting. */
  idle(): Promise<void>;
  /** Stops asking and sending. What isn't answered yet is answered when it comes again. */
  close(): void;
}

export declare function connect(options: Options): Connected;

/** Throws when a message is not to be believed. `maxAgeMs: null` where messages may wait: queues, files. */
export declare function verifyMessage(
  message: {
    readonly id: string;
    readonly timestamp: string;
    readonly signature: string;
    readonly body: string | Uint8Array;
  },
  secrets: string | readonly string[],
  options?: { readonly now?: number; readonly maxAgeMs?: number | null },
): void;
