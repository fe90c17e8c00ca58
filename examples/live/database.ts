import pg from 'pg';
import { declareRestoration } from '../../src/compliance/index.ts';
import { type Id, systemCause } from '../../src/kernel/index.ts';
import { type Scope, write } from '../../src/store/index.ts';
import { connected, copyDatabase, copyName, openToSocle } from '../database.ts';
import type { Deed, LiveApplication, LiveStatus } from './deeds.ts';
import { noCopy } from './program.ts';

interface DatabaseOptions {
  readonly id: Id<'application'>;
  readonly name: string;
  readonly scope: Scope;
  /** Who made the database, and may stop and copy it. */
  readonly adminUrl: string;
  readonly database: string;
  /** The table whose rows stay as they are while it lies. */
  readonly lyingTable: string;
}

/** An application that Socle reaches by SQL: stopped, its database lets nobody in; it lies by keeping what it is told to change. */
export class LiveDatabase implements LiveApplication {
  readonly channel = 'sql';
  readonly id: Id<'application'>;
  readonly name: string;
  #isLying = false;

  constructor(private readonly options: DatabaseOptions) {
    this.id = options.id;
    this.name = options.name;
  }

  async status(): Promise<LiveStatus> {
    return this.#asAdmin(async (admin) => {
      const { database } = this.options;
      const { rows } = await admin.query<{ open: boolean }>(
        'select datallowconn as open from pg_database where datname = $1',
        [database],
      );
      const isOpen = rows[0]?.open === true;
      const copies = await this.#copies(admin);
      const restore: readonly Deed[] = copies.length > 0 ? ['restore'] : [];
      const offered: readonly Deed[] = isOpen
        ? ['stop', this.#isLying ? 'mend' : 'lie', 'copy', ...restore]
        : ['start', 'copy', ...restore];
      return {
        state: isOpen ? 'running' : 'stopped',
        copies,
        lastDid: null,
        faults: this.#isLying ? [{ kind: 'ignores' }] : [],
        deeds: offered,
      };
    });
  }

  async perform(deed: Deed, now: Date): Promise<void> {
    switch (deed) {
      case 'start':
        return this.#asAdmin((admin) => this.#open(admin, true));
      case 'stop':
        return this.#asAdmin((admin) => this.#open(admin, false));
      case 'copy':
        return this.#asAdmin((admin) => this.#copy(admin, now));
      case 'restore':
        return this.#restore();
      case 'lie':
      case 'mend':
        return this.#lie(deed === 'lie');
      default:
        return undefined;
    }
  }

  /** Like the others, it starts honest: what an operator asked before Socle was stopped is over. */
  async beHonest(): Promise<void> {
    await this.#lie(false);
  }

  async stop(): Promise<void> {
    // The database ends with its server.
  }

  #asAdmin<T>(run: (admin: pg.Client) => Promise<T>): Promise<T> {
    return connected(this.options.adminUrl, run);
  }

  async #copies(admin: pg.Client): Promise<readonly Date[]> {
    const { rows } = await admin.query<{ datname: string }>(
      'select datname from pg_database where datname ~ $1 order by datname',
      [`^${this.options.database}_copy_[0-9]{13}$`],
    );
    return rows.map(({ datname }) => new Date(Number(datname.slice(-13))));
  }

  /** Closed, it lets nobody in, and shows the door to whoever is there. */
  async #open(admin: pg.Client, isOpen: boolean): Promise<void> {
    const { database } = this.options;
    await admin.query(`alter database ${pg.escapeIdentifier(database)} allow_connections ${isOpen}`);
    if (isOpen) return;
    await admin.query('select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = $1', [database]);
  }

  /** A template may have nobody in it. */
  async #quiet(admin: pg.Client, run: () => Promise<void>): Promise<void> {
    const { rows } = await admin.query<{ open: boolean }>(
      'select datallowconn as open from pg_database where datname = $1',
      [this.options.database],
    );
    await this.#open(admin, false);
    try {
      await run();
    } finally {
      if (rows[0]?.open === true) await this.#open(admin, true);
    }
  }

  async #copy(admin: pg.Client, now: Date): Promise<void> {
    const { database } = this.options;
    await this.#quiet(admin, () => copyDatabase(admin, database, copyName(database, now)));
  }

  /** Puts its oldest copy back; its team, here the operator, declares that to Socle. */
  async #restore(): Promise<void> {
    const { database, id, scope } = this.options;
    const restoredTo = await this.#asAdmin(async (admin) => {
      const [oldest] = await this.#copies(admin);
      if (oldest === undefined) throw noCopy();
      const [name, copy, draft] = [database, copyName(database, oldest), `${database}_restoring`].map(
        pg.escapeIdentifier,
      );
      await admin.query(`drop database if exists ${draft} with (force)`);
      await admin.query(`create database ${draft} template ${copy} owner ${pg.escapeIdentifier(`${database}_owner`)}`);
      await openToSocle(admin, `${database}_restoring`, `${database}_socle`);
      await admin.query(`drop database if exists ${name} with (force)`);
      await admin.query(`alter database ${draft} rename to ${name}`);
      return oldest;
    });
    this.#isLying = false;
    await write(scope, systemCause('example'), (writing) => declareRestoration(writing, id, restoredTo));
  }

  async #lie(isLying: boolean): Promise<void> {
    const url = new URL(this.options.adminUrl);
    url.pathname = `/${this.options.database}`;
    const table = pg.escapeIdentifier(this.options.lyingTable);
    await connected(url.toString(), async (admin) => {
      await admin.query(`drop rule if exists keep_as_it_is on ${table}`);
      if (isLying) await admin.query(`create rule keep_as_it_is as on update to ${table} do instead nothing`);
    });
    this.#isLying = isLying;
  }
}
