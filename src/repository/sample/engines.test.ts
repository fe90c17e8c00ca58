import { expect, test } from 'vitest';
import { testEngines } from '../../../test/support/engines.ts';
import { sampleCatalogue } from './sample.ts';

/** Columns whose names say nothing; one value of each kind in each row. */
const rows = Array.from({ length: 20 }, (_, n) => {
  const iban = ['FR76 3000 6000 0112 3456 7890 189', 'de89 3704 0044 0532 0130 00', 'GB82 WEST 1234 5698 7654 32'][
    n % 3
  ];
  const nir = ['2 55 08 14 168 025 38', '1 85 05 78 006 084 91'][n % 2];
  return `(${n}, 'Client ${n}', 'Client${n}@Exemple.FR', '+33 6 12 34 56 ${10 + n}', '${iban}', '${nir}', '4111 1111 1111 1111', '732 829 320 00074', 'FR76 3000 6000 0112 3456 7890 18${n % 9}')`;
});

test.each(testEngines)('on $name, patterns and checksums tell what names don’t', async ({ application: open }) => {
  const application = await open(`
    create table client (id int primary key, nom varchar(60), z1 varchar(80), z2 varchar(40), z3 varchar(40), z4 varchar(30), z5 varchar(20), z6 varchar(40), z7 varchar(40));
    insert into client values ${rows.join(', ')};
    create table empty_page (id int primary key, word varchar(20));
  `);
  const shares = await sampleCatalogue(application.connection, await application.catalogue());
  const told = ['z1', 'z2', 'z3', 'z4', 'z5', 'z6', 'nom'].map((column) => {
    const found = shares.get(`${application.key('client')}.${column}`);
    return Object.entries(found?.shares ?? {}).filter(([, share]) => share === 1);
  });
  expect(told).toEqual([
    [['email', 1]],
    [['phone', 1]],
    [['iban', 1]],
    [['nir', 1]],
    [['card', 1]],
    [['siret', 1]],
    [],
  ]);
  // Most of these IBANs have a wrong key.
  expect(shares.get(`${application.key('client')}.z7`)?.shares.iban).toBeLessThan(0.2);
  expect(shares.get(`${application.key('client')}.z1`)?.filled).toBe(20);
});
