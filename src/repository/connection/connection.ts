import { z } from 'zod';
import { record } from '../../journal/index.ts';
import { type Id, newId, open, publicId, Refusal, seal } from '../../kernel/index.ts';
import type { Scope, Writing } from '../../store/index.ts';
import { type Channel, type ConnectionInput, type IdentityDeclaration, identityDeclaration } from './input.ts';
import { placeOf } from './place.ts';

/** How an application is reached, as pages may show it: where, never the account nor the password. */
export interface Connection {
  readonly application: Id<'application'>;
  readonly channel: Channel;
  /** `host:port/database`; null for channels without an address. */
  readonly place: string | null;
  readonly identities: readonly IdentityDeclaration[];
  readonly map: string | null;
  /** Whether harvests may check a sample of values in the application's own database. */
  readonly mayBeSampled: boolean;
  /** Grows at each change. */
  readonly version: number;
  readonly updatedAt: Date;
}

/**
 * Keeps (or replaces) how an application is reached. The caller has checked it against the database. Refuses (412) when it
 * is no longer at the version that was read.
 */
export async function keepConnection(
  writing: Writing,
  application: Id<'application'>,
  input: ConnectionInput,
  version: number | null = null,
): Promise<void> {
  const { tx, scope, now } = writing;
  const known = await tx
    .selectFrom('repository.connection')
    .select(['id', 'version', 'limits'])
    .where('application_id', '=', application)
    .forUpdate()
    .executeTakeFirst();
  if (version !== null && known?.version !== version) throw changedMeanwhile();
  const id = known?.id ?? newId();
  const kept = {
    channel: input.channel,
    sealed_url: input.url === null ? null : seal(scope.keys.applications, input.url, context(id)),
    place: input.url === null ? null : placeOf(input.channel, input.url),
    identities: JSON.stringify(input.identities),
    map: input.map,
    limits: JSON.stringify({ ...limits.parse(known?.limits ?? {}), sample: input.mayBeSampled === true }),
    updated_at: now,
  };
  if (known === undefined) {
    await tx
      .insertInto('repository.connection')
      .values({ id, application_id: application, created_at: now, ...kept })
      .execute();
  } else {
    await tx
      .updateTable('repository.connection')
      .set({ ...kept, version: known.version + 1 })
      .where('id', '=', id)
      .execute();
  }
  await record(writing, {
    kind: known === undefined ? 'application.connected' : 'application.reconnected',
    subject: publicId('app', application),
    data: { channel: input.channel, identities: input.identities.length, hasMap: input.map !== null },
  });
}

/** Refuses (404) when the application has no connection. */
export async function connectionOf(scope: Scope | Writing, application: Id<'application'>): Promise<Connection> {
  const row = await database(scope)
    .selectFrom('repository.connection')
    .select(['channel', 'place', 'identities', 'map', 'limits', 'version', 'updated_at'])
    .where('application_id', '=', application)
    .executeTakeFirst();
  if (row === undefined) throw notConnected();
  return {
    application,
    channel: row.channel,
    place: row.place,
    identities: identityDeclaration.array().parse(row.identities),
    map: row.map,
    mayBeSampled: limits.parse(row.limits).sample,
    version: row.version,
    updatedAt: row.updated_at,
  };
}

/** When the connection or what is declared of it last changed; null without connection. */
export async function declaredAt(scope: Scope, application: Id<'application'>): Promise<Date | null> {
  const row = await scope.db
    .selectFrom('repository.connection')
    .select('updated_at')
    .where('application_id', '=', application)
    .executeTakeFirst();
  return row?.updated_at ?? null;
}

/**
 * The address of an application's database, opened for one connection: a secret, never to be kept nor logged. Refuses an
 * application of another channel.
 */
export async function connectionUrl(scope: Scope, application: Id<'application'>): Promise<string> {
  const { channel, address } = await openAddress(scope, application);
  if (channel !== 'sql' || address === null) throw notBySql();
  return address;
}

/** The address by which an application of any channel is reached. As secret as the other. Refuses when there is none. */
export async function addressOf(scope: Scope, application: Id<'application'>): Promise<string> {
  const { address } = await openAddress(scope, application);
  if (address === null) throw noAddress();
  return address;
}

async function openAddress(
  scope: Scope,
  application: Id<'application'>,
): Promise<{ readonly channel: Channel; readonly address: string | null }> {
  const row = await scope.db
    .selectFrom('repository.connection')
    .select(['id', 'channel', 'sealed_url'])
    .where('application_id', '=', application)
    .executeTakeFirst();
  if (row === undefined) throw notConnected();
  const { channel, sealed_url: sealed } = row;
  const address = sealed === null ? null : open(scope.keys.applications, sealed, context(row.id)).toString('utf8');
  return { channel, address };
}

/** What the application's team allows. */
const limits = z.looseObject({ sample: z.boolean().default(false) });

function database(scope: Scope | Writing) {
  return 'tx' in scope ? scope.tx : scope.db;
}

/** A sealed address moved to another row does not open. */
function context(id: string): string {
  return `repository.connection:${id}`;
}

function changedMeanwhile(): Refusal {
  return new Refusal('repository.connection_changed', 412, {
    fr: 'Quelqu’un d’autre vient de modifier ces déclarations. Rien n’a été enregistré : rechargez la page, puis recommencez.',
    en: 'Somebody else has just changed these declarations. Nothing was saved: reload the page, then start over.',
  });
}

function notConnected(): Refusal {
  return new Refusal('repository.not_connected', 404, {
    fr: 'Cette application n’a pas de connexion. Ajoutez-la sur sa page, ou par « socle app add ».',
    en: 'This application has no connection. Add one on its page, or with “socle app add”.',
  });
}

function noAddress(): Refusal {
  return new Refusal('repository.no_address', 409, {
    fr: 'Cette application est reliée sans adresse : donnez-la sur sa page, ou choisissez un autre canal.',
    en: 'This application is connected without an address: give it on its page, or choose another channel.',
  });
}

function notBySql(): Refusal {
  return new Refusal('repository.not_by_sql', 409, {
    fr: 'Cette application n’est pas reliée par SQL : son schéma ne peut pas être moissonné ni son plan calculé.',
    en: 'This application is not connected by SQL: its schema can’t be harvested nor its plan computed.',
  });
}
