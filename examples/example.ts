import type { Day } from '../src/kernel/index.ts';

/**
 * What an example is: an organisation, its people, its register, live applications with data, and the requests that
 * wait for a first visitor. Everything is data except `load`, which fills the applications' own databases.
 * The attributes of a thing have the names of the pack's attributes, so that a loader copies them as they are.
 */
export interface Example {
  /** The folder's name: `SOCLE_EXAMPLE=retailer`. */
  readonly name: string;
  readonly organisation: { readonly slug: string; readonly name: string };
  readonly controllers: readonly ExampleController[];
  readonly activities: readonly ExampleActivity[];
  readonly purposes: readonly ExamplePurpose[];
  /** Staff. Passwords come from the start, never from a file. */
  readonly users: readonly ExampleUser[];
  readonly applications: readonly ExampleApplication[];
  readonly requests: readonly ExampleRequest[];
  /** Makes and fills the applications' databases where they are missing. Safe to run again, and after a crash. */
  load(context: LoadContext): Promise<Loaded>;
}

export interface ExampleController {
  readonly key: string;
  readonly attributes: {
    readonly name: string;
    readonly brand: string;
    readonly siren: string;
    readonly address: string;
    readonly country: string;
    readonly dpo_name: string;
    readonly dpo_email: string;
    readonly dpo_phone: string;
  };
}

export interface ExampleActivity {
  readonly key: string;
  readonly controller: string;
  /** `validated` activities are taken through their life cycle by the loader. */
  readonly state: 'draft' | 'validated';
  readonly attributes: {
    readonly name: string;
    readonly description: string;
    readonly persons: string;
    readonly recipients: string;
    readonly transfers: string;
    readonly measures: string;
    readonly reviewed_on: Day;
  };
}

export type LegalBasis =
  | 'consent'
  | 'contract'
  | 'legal_obligation'
  | 'vital_interests'
  | 'public_task'
  | 'legitimate_interests';

export interface ExamplePurpose {
  readonly activity: string;
  readonly attributes: {
    readonly name: string;
    readonly legal_basis: LegalBasis;
    readonly retention: string;
    readonly source: string;
  };
}

export type ExampleRole = 'admin' | 'dpo' | 'relay' | 'architect' | 'steward' | 'member' | 'auditor';

export interface ExampleUser {
  readonly name: string;
  readonly email: string;
  readonly language: 'fr' | 'en';
  readonly roles: readonly ExampleRole[];
  /** Keys of controllers; empty: the whole organisation. */
  readonly perimeters: readonly string[];
}

export type ExampleApplication = {
  readonly name: string;
  /** Keys of the controllers that use it. */
  readonly controllers: readonly string[];
  readonly description: string;
  readonly owner: string;
  readonly ownerEmail: string;
  /** How long its backups live, in days: the reissue ledger is kept as long. */
  readonly backupDays: number;
} & (SqlReached | BesideSocle);

/** Socle itself works in its database. */
export interface SqlReached {
  readonly channel: 'sql';
  /** A key of what `load` returns. */
  readonly database: string;
  /** Absolute path of a map (joins, identities, fields and tables that the schema doesn't say), or null. */
  readonly mapFile: string | null;
  readonly identities: readonly { readonly kind: string; readonly column: string }[];
  /** The table that it pretends to change when an operator makes it lie. */
  readonly lyingTable: string;
}

/** A program of its own that carries its orders out by itself; started and stopped with Socle. */
export type BesideSocle = BesideProgram &
  (
    | { readonly channel: 'webhook' | 'pull' }
    /** Only people can erase there: the program stands for the one who reads this mailbox. */
    | { readonly channel: 'email'; readonly mailbox: string }
  );

interface BesideProgram {
  /** The kinds of identifiers it understands; empty: all those that name one person alone. */
  readonly identityKinds: readonly string[];
  /** Absolute path of the program (an ES module). */
  readonly program: string;
  /** Its data: the environment variable that names the file, and what fills it the first time. */
  readonly data: { readonly variable: string; readonly fill: (file: string) => Promise<void> };
  /** Further environment. */
  readonly environment: Readonly<Record<string, string>>;
}

export interface ExampleRequest {
  readonly controller: string;
  readonly right: 'erasure';
  readonly intake: 'form' | 'email' | 'post' | 'phone' | 'store';
  readonly language: 'fr' | 'en';
  readonly identities: readonly { readonly kind: string; readonly value: string }[];
  /** Where the answer goes. */
  readonly contact: {
    readonly name: string | null;
    readonly email: string | null;
    readonly postalAddress: string | null;
  };
  /** Day of receipt, seen from the day of the first start. */
  readonly receivedOn: (today: Day) => Day;
  /** Why this request is here: what the visitor will see when running it. Not shown in the product. */
  readonly story: string;
}

export interface LoadContext {
  /** A login that may create databases and roles: the superuser of the embedded server. */
  readonly adminUrl: string;
  /** The password for a login role that `load` makes. */
  readonly passwordFor: (role: string) => string;
  /** Put before each database's and role's name: `test1_` makes `test1_shop`. */
  readonly prefix?: string;
  /** When the first backup of what is made is made: named after it. None when absent. */
  readonly backupAt?: Date;
  /** How many persons to invent; the example's own number when absent. */
  readonly persons?: number;
}

export interface LoadedDatabase {
  readonly database: string;
  /** Login of the role that Socle uses: it reads and changes the tables and owns nothing. */
  readonly url: string;
  /** False when the database was already there, complete. */
  readonly isNew: boolean;
  /** Rows by table; empty when it was already there. */
  readonly rows: Readonly<Record<string, number>>;
}

export interface Loaded {
  readonly databases: Readonly<Record<string, LoadedDatabase>>;
  readonly durationMs: number;
}
