import { join } from 'node:path';
import { projectRoot } from '../../src/kernel/index.ts';
import { type DatabaseSource, ensureDatabase } from '../database.ts';
import type { LoadContext, Loaded } from '../example.ts';
import { defaultPersons, defaultSeed, type Household, inventHouseholds } from './people/people.ts';
import { shopTables } from './shop/rows.ts';

/** Makes the database `shop`, the one application of the retailer into which Socle goes by itself. */
export async function loadRetailer(context: LoadContext): Promise<Loaded> {
  const started = performance.now();
  const shop = await ensureDatabase(
    context,
    shopSource(() => householdsOf(context)),
  );
  return { databases: { shop }, durationMs: performance.now() - started };
}

export function householdsOf({ persons = defaultPersons }: Pick<LoadContext, 'persons'>): readonly Household[] {
  return inventHouseholds(persons, defaultSeed);
}

function shopSource(households: () => readonly Household[]): DatabaseSource {
  return {
    name: 'shop',
    schema: join(projectRoot, 'examples/retailer/shop/schema.sql'),
    tables: () => shopTables(households(), defaultSeed),
    deletable: ['newsletter_subscription', 'cart'],
  };
}
