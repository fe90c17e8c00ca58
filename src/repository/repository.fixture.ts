import { join } from 'node:path';
import { asAdmin, scratchDatabase, type TestStore, testStore } from '../../test/support/store.ts';
import { projectRoot } from '../kernel/index.ts';
import { applyModel, loadPacks, type Model } from '../model/index.ts';
import { type Acting, systemAsker } from '../objects/index.ts';

export interface RepositoryFixture extends TestStore {
  readonly model: Model;
  readonly acting: Acting;
}

/** A store with the pack `architecture` applied, acting as the system. */
export async function repositoryFixture(): Promise<RepositoryFixture> {
  const store = await testStore();
  const model = await applyModel(store.store, await loadPacks([join(projectRoot, 'src/repository/pack.yaml')]));
  return { ...store, model, acting: { model, asker: systemAsker } };
}

/** A small shop: customers, their orders, and products that are nobody's. */
export const shopStatements = `
  create table customer (
    id bigint primary key, email varchar(120) not null unique, first_name varchar(60), last_name varchar(60),
    birth_date date, loyalty_points integer not null default 0);
  create table product (id bigint primary key, name varchar(120) not null, price numeric(10,2));
  create table orders (id bigint primary key, customer_id bigint not null references customer (id), note text);
  insert into customer values (1, 'ada@example.org', 'Ada', 'Lovelace', '1815-12-10', 3);
  insert into orders values (10, 1, 'ring twice'), (11, 1, null)`;

/** An application's own database; answers with its URL. */
export async function shopDatabase(statements = shopStatements): Promise<string> {
  const url = await scratchDatabase('shop');
  await asAdmin(statements, [], new URL(url).pathname.slice(1));
  return url;
}
