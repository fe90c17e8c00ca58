import { join } from 'node:path';
import { projectRoot } from '../../../../src/kernel/index.ts';
import type { DatabaseSource } from '../../../database.ts';
import type { LoadContext } from '../../../example.ts';
import { householdsOf } from '../../load.ts';
import { defaultSeed } from '../../people/people.ts';
import { loyaltySchema } from './fill.ts';
import { loyaltyTables } from './rows.ts';

/** The programme as a database of PostgreSQL, where it came from: what tests of the SQL channel work on. */
export function loyaltySource(context: LoadContext): DatabaseSource {
  return {
    name: 'loyalty',
    schema: loyaltySchema,
    tables: () => loyaltyTables(householdsOf(context), defaultSeed),
    deletable: ['"ENFANT"', '"ENVOI_MAIL"', '"ANC_CARTE"'],
  };
}

/** What its schema doesn't say. */
export const loyaltyBySql = {
  mapFile: join(projectRoot, 'examples/retailer/applications/loyalty/map.yaml'),
  identities: [
    { kind: 'email', column: 'ADHERENT.EMAIL' },
    { kind: 'loyalty_number', column: 'ADHERENT.NO_CARTE' },
  ],
};
