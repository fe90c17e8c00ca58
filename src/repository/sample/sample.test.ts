import { describe, expect, it } from 'vitest';
import { type Id, newId, systemCause } from '../../kernel/index.ts';
import { write } from '../../store/index.ts';
import { keepConnection } from '../connection/connection.ts';
import { listFields } from '../dictionary/dictionary.ts';
import { harvest } from '../harvest/harvest.ts';
import { repositoryFixture, shopDatabase } from '../repository.fixture.ts';

const fixture = await repositoryFixture();
const cause = systemCause('test');

/** Columns whose names say nothing; one value of each kind, repeated with what tells rows apart. */
const statements = `
  create table client (id bigint primary key, nom varchar(60), z1 varchar(80), z2 varchar(40), z3 varchar(40), z4 varchar(30), z5 varchar(20), z6 varchar(40));
  insert into client
  select n, 'Client ' || n, 'client' || n || '@exemple.fr', '+33 6 12 34 56 ' || (10 + n),
    (array['FR76 3000 6000 0112 3456 7890 189', 'DE89 3704 0044 0532 0130 00', 'GB82 WEST 1234 5698 7654 32'])[1 + n % 3],
    (array['2 55 08 14 168 025 38', '1 85 05 78 006 084 91'])[1 + n % 2], '4111 1111 1111 1111', 'ref-' || n
    from generate_series(1, 20) n;
  create table "Odd ""name" (id bigint primary key, label text)`;

async function fields(isSampled: boolean) {
  const scope = await fixture.organisation();
  const url = await shopDatabase(statements);
  const id: Id<'application'> = newId();
  await write(scope, cause, (writing) =>
    keepConnection(writing, id, { channel: 'sql', url, identities: [], map: null, mayBeSampled: isSampled }),
  );
  await harvest(scope, cause, id);
  const found = await listFields(scope, { application: id, filter: { table: 'client' }, limit: 100, after: null });
  return new Map(found.map((field) => [field.column, field]));
}

describe('a sample checked in the application’s own database', () => {
  it('finds by pattern and checksum what no name told', async () => {
    const sampled = await fields(true);
    expect(sampled.get('z1')).toMatchObject({ category: 'contact', identityKind: 'email', confidence: 90 });
    expect(sampled.get('z2')).toMatchObject({ category: 'contact', identityKind: 'phone' });
    expect(sampled.get('z3')).toMatchObject({ category: 'bank', identityKind: 'iban' });
    expect(sampled.get('z4')).toMatchObject({ category: 'identity', identityKind: 'national_id' });
    expect(sampled.get('z5')).toMatchObject({ category: 'bank' });
    expect(sampled.get('z6')?.category).toBe('none');
    expect(sampled.get('z3')?.reasons[0]?.fr).toBe(
      '100 % des valeurs d’un échantillon ont la forme d’un IBAN (clé vérifiée)',
    );
  });

  it('is not done unless the connection allows it', async () => {
    const named = await fields(false);
    expect(named.get('z1')?.category).toBe('none');
  });

  it('brings shares only: no value is in the dictionary, the catalogue or the journal', async () => {
    await fields(true);
    const kept = await fixture.asOwner(
      `select to_jsonb(f)::text as line from repository.field f union all select catalogue::text from repository.catalogue
       union all select body from journal.pending`,
    );
    const text = JSON.stringify(kept);
    for (const value of ['exemple.fr', '3000 6000', '1234 5698', '255081416802538', '4111'])
      expect(text).not.toContain(value);
  });
});
