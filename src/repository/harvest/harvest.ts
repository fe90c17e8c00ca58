import { type Catalogue, connect, readCatalogue } from '../../channels/index.ts';
import { record } from '../../journal/index.ts';
import {
  actorText,
  type Cause,
  canonicalJson,
  type Id,
  type Json,
  newId,
  publicId,
  sha256,
} from '../../kernel/index.ts';
import { type Scope, type Writing, write } from '../../store/index.ts';
import { readSchema } from '../connection/check.ts';
import { connectionOf, connectionUrl } from '../connection/connection.ts';
import { refine } from '../sample/refine.ts';
import { sampleCatalogue } from '../sample/sample.ts';
import { factsOf, type HarvestFacts } from './facts.ts';
import { syncFields } from './sync-fields.ts';
import { syncTables } from './sync-tables.ts';

/** What one harvest did to the dictionary. */
export interface HarvestSummary {
  readonly id: Id<'harvest'>;
  readonly at: Date;
  readonly tables: number;
  readonly fields: number;
  /** Fields about persons, verdicts counted. */
  readonly personal: number;
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly withdrawn: number;
  /** Proposals under the threshold, without a verdict. */
  readonly undecided: number;
  /** Hexadecimal SHA-256 of what was read: equal digests, equal schemas. */
  readonly schemaDigest: string;
}

/**
 * Reads an application's schema into the dictionary. Only what differs is written: an unchanged run leaves the
 * dictionary as it is, and adds one line to the list of harvests. No row of the application is read, unless its
 * connection allows a sample; even then only shares leave its database.
 */
export async function harvest(scope: Scope, cause: Cause, application: Id<'application'>): Promise<HarvestSummary> {
  const startedAt = scope.clock.now();
  const [url, { mayBeSampled }] = await Promise.all([
    connectionUrl(scope, application),
    connectionOf(scope, application),
  ]);
  const { catalogue, facts } = await (mayBeSampled ? readSampled(url) : readNames(url));
  return write(scope, cause, (writing) => keep(writing, application, { catalogue, facts, startedAt }));
}

async function readNames(url: string): Promise<Pick<Reading, 'catalogue' | 'facts'>> {
  const catalogue = await readSchema(url);
  return { catalogue, facts: factsOf(catalogue) };
}

async function readSampled(url: string): Promise<Pick<Reading, 'catalogue' | 'facts'>> {
  const connection = await connect(url);
  try {
    const catalogue = await readCatalogue(connection);
    const facts = factsOf(catalogue);
    const samples = await sampleCatalogue(connection, catalogue);
    return { catalogue, facts: { ...facts, fields: refine(facts.fields, samples) } };
  } finally {
    await connection.close();
  }
}

interface Reading {
  readonly catalogue: Catalogue;
  readonly facts: HarvestFacts;
  readonly startedAt: Date;
}

async function keep(writing: Writing, application: Id<'application'>, reading: Reading): Promise<HarvestSummary> {
  const { tx, now, cause } = writing;
  // Two harvests of one application at once would both see the same fields as new: one waits for the other.
  await tx
    .selectFrom('repository.connection')
    .select('id')
    .where('application_id', '=', application)
    .forUpdate()
    .executeTakeFirst();
  const schemaDigest = digestOf(reading.catalogue);
  const tables = await syncTables(writing, application, reading.facts.tables);
  const counts = await syncFields(writing, application, reading.facts.fields, tables);
  await keepCatalogue(writing, application, reading.catalogue, schemaDigest);
  const id: Id<'harvest'> = newId();
  await tx
    .insertInto('repository.harvest')
    .values({
      id,
      application_id: application,
      started_at: reading.startedAt,
      finished_at: now,
      actor: actorText(cause.actor),
      schema_digest: schemaDigest,
      ...counts,
    })
    .execute();
  if (counts.created + counts.changed + counts.withdrawn > 0) {
    await record(writing, {
      kind: 'application.harvested',
      subject: publicId('app', application),
      data: { ...counts, schemaDigest },
    });
  }
  const known = await tx
    .selectFrom('repository.field')
    .select((eb) => [
      eb.fn.countAll<bigint>().filterWhere('is_undecided', '=', true).as('undecided'),
      eb.fn.countAll<bigint>().filterWhere('category', 'not in', ['none', 'technical']).as('personal'),
    ])
    .where('application_id', '=', application)
    .where('gone_at', 'is', null)
    .executeTakeFirstOrThrow();
  return {
    id,
    at: now,
    tables: reading.facts.tables.length,
    fields: reading.facts.fields.length,
    ...counts,
    personal: Number(known.personal),
    undecided: Number(known.undecided),
    schemaDigest,
  };
}

async function keepCatalogue(
  { tx, now }: Writing,
  application: Id<'application'>,
  catalogue: Catalogue,
  digest: string,
): Promise<void> {
  const row = { digest, catalogue: JSON.stringify(catalogue), read_at: now };
  await tx
    .insertInto('repository.catalogue')
    .values({ application_id: application, ...row })
    .onConflict((conflict) =>
      conflict.columns(['org', 'application_id']).doUpdateSet(row).where('repository.catalogue.digest', '<>', digest),
    )
    .execute();
}

/** The whole reading but its statistics. */
function digestOf(catalogue: Catalogue): string {
  const tables = catalogue.tables.map(({ rowEstimate: _estimate, ...table }) => table);
  const value: Json = JSON.parse(JSON.stringify({ ...catalogue, tables }));
  return sha256(canonicalJson(value)).toString('hex');
}
