import pg from 'pg';
import { afterAll } from 'vitest';
import { scratchDatabase } from '../support/store.ts';

/** A small database that Socle erases in by itself; it writes down by itself whose row was blanked, and how often. */
export class Shop {
  // Not their address: Socle would find it there, and erase it.
  readonly #ids = new Map<string, number>();
  #backup: readonly {
    readonly id: number;
    readonly email: string;
    readonly last_name: string;
    readonly phone: string;
  }[] = [];

  private constructor(
    readonly url: string,
    readonly db: pg.Client,
  ) {}

  static async open(): Promise<Shop> {
    const url = await scratchDatabase('faults');
    const db = new pg.Client({ connectionString: url });
    db.on('error', () => undefined);
    await db.connect();
    afterAll(() => db.end());
    await db.query(`
      create table customer (id serial primary key, email text not null unique, last_name text, phone text);
      create table orders (id serial primary key, customer_id int not null references customer, total numeric not null);
      create table blanked (customer_id int not null);
      create function note() returns trigger language plpgsql as $$ begin
        if tg_op = 'DELETE' or old.email is distinct from new.email then insert into blanked values (old.id); end if;
        return null; end $$;
      create trigger noted after update or delete on customer for each row execute function note();`);
    return new Shop(url, db);
  }

  /** Whether it ever had this person. */
  has(email: string): boolean {
    return this.#ids.has(email);
  }

  async knows(email: string): Promise<void> {
    const { rows } = await this.db.query(
      `with made as (insert into customer (email, last_name, phone) values ($1, $2, '+33639980001') returning id)
       insert into orders (customer_id, total) select id, 42 from made returning customer_id as id`,
      [email, `Moreau ${email}`],
    );
    this.#ids.set(email, rows[0].id);
  }

  /** Its customers, as they are now. */
  async backUp(): Promise<void> {
    this.#backup = (await this.db.query('select id, email, last_name, phone from customer')).rows;
  }

  /** Puts these persons back as they were, and forgets what was done to them since. */
  async restore(emails: readonly string[]): Promise<void> {
    const ids = emails.map((email) => this.#ids.get(email));
    for (const { id, email, last_name, phone } of this.#backup.filter((row) => ids.includes(row.id))) {
      const values = [id, email, last_name, phone];
      await this.db.query(
        'update customer set email = $2, last_name = $3, phone = $4 where id = $1 and email is distinct from $2',
        values,
      );
      if (emails.includes(email)) await this.db.query('delete from blanked where customer_id = $1', [id]);
    }
  }

  /** How often this person's row was blanked, and whether anything still names them. */
  async state(email: string): Promise<{ readonly times: number; readonly isThere: boolean }> {
    const { rows } = await this.db.query(
      `select (select count(*)::int from blanked where customer_id = $2) as times,
              exists (select from customer where email = $1 or last_name like '%' || $1) as "isThere"`,
      [email, this.#ids.get(email)],
    );
    return rows[0];
  }
}
