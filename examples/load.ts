import { readFile } from 'node:fs/promises';
import {
  type AccessOptions,
  createOrganisation,
  createUser,
  type ExampleOffer,
  type ExampleProgress,
  listUsers,
  organisations,
} from '../src/access/index.ts';
import { type Engine, openRequest } from '../src/compliance/index.ts';
import { type Cause, dayOf, type Id, Refusal, sha256, systemCause, type Uuid } from '../src/kernel/index.ts';
import type { Model } from '../src/model/index.ts';
import {
  type Acting,
  createObject,
  readObject,
  systemAsker,
  transitionObject,
  updateObject,
} from '../src/objects/index.ts';
import {
  addApplication,
  type ConnectionInput,
  connectedApplications,
  harvest,
  limitsOf,
  reconnectApplication,
  setLimits,
} from '../src/repository/index.ts';
import { type Scope, write, writeOnce } from '../src/store/index.ts';
import type { Example, ExampleApplication, ExampleRequest, ExampleUser, Loaded } from './example.ts';
import { placeOf, webhookAddress } from './live/place.ts';

export interface LoadOptions {
  readonly access: AccessOptions;
  readonly engine: Engine;
  readonly model: Model;
  /** A login that may create databases and roles, where the applications' databases are made. */
  readonly adminUrl: string;
  /** Where the applications beside Socle keep what is theirs. */
  readonly dataFolder: string;
  /** The password of a login role that an application's database needs. */
  readonly passwordFor: (role: string) => string;
  /** Who is given an account: the administrator first, then the example's people. */
  readonly users: readonly NewUser[];
  /** The password of those who aren't there yet. */
  readonly userPassword: string;
  /** Told before each step. */
  readonly onProgress?: (progress: ExampleProgress) => Promise<void>;
}

type NewUser = Omit<ExampleUser, 'language'> & { readonly language: ExampleUser['language'] | null };

/**
 * Puts an example into the installation: its organisation, people, register, live applications and waiting requests. Each
 * step looks before it does, so that a start cut anywhere is finished by the next, and a second start does nothing.
 */
export async function loadExample(example: Example, options: LoadOptions): Promise<Scope> {
  const { onProgress = async () => undefined } = options;
  const total = 3 + example.applications.length;
  await onProgress({ step: 'databases', done: 0, total });
  const { adminUrl, passwordFor, engine } = options;
  const loaded = await example.load({ adminUrl, passwordFor, backupAt: engine.store.clock.now() });
  await onProgress({ step: 'register', done: 1, total });
  const scope = await organisationOf(example, options);
  const acting: Acting = { model: options.model, asker: systemAsker };
  const controllers = await loadRegister(example, scope, acting);
  await loadUsers(scope, controllers, options);
  for (const [index, application] of example.applications.entries()) {
    await onProgress({ step: 'applications', done: 2 + index, total });
    const places = { loaded, controllers, dataFolder: options.dataFolder, engine: options.engine };
    await loadApplication(application, places, scope, acting);
  }
  await onProgress({ step: 'requests', done: total - 1, total });
  for (const [index, request] of example.requests.entries()) {
    await loadRequest(request, `${example.name}/request/${index}`, scope, controllers, options);
  }
  return scope;
}

/** What the welcome page of an empty installation offers. */
export function offerOf(example: Example): ExampleOffer {
  const { name, organisation, users } = example;
  return {
    kind: 'offered',
    name,
    organisation,
    accounts: (scope) =>
      users.map(({ perimeters, roles, ...user }) => ({
        ...user,
        roles: [...roles],
        perimeters: perimeters.map((key) => idOf(scope, `controller/${key}`)),
      })),
  };
}

function causeOf(key: string | null = null): Cause {
  return systemCause('example', key);
}

/** The same id for the same thing of the same example in the same organisation (UUIDv8, RFC 9562 §5.8). */
function idOf(scope: Scope, name: string): Uuid {
  const bytes = sha256(`${scope.org}/${name}`).subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

async function organisationOf(example: Example, options: LoadOptions): Promise<Scope> {
  const { slug } = example.organisation;
  const known = (await organisations(options.access)).find((organisation) => organisation.slug === slug);
  return known === undefined
    ? createOrganisation(options.access, example.organisation)
    : options.access.store.scope(known.id);
}

/** Makes an object where it is missing; returns its id. */
async function ensureObject(
  scope: Scope,
  acting: Acting,
  type: string,
  name: string,
  attributes: Readonly<Record<string, unknown>>,
): Promise<Uuid> {
  const id = idOf(scope, `${type}/${name}`);
  const isThere = await readObject(scope, acting, type, id).then(
    () => true,
    (error: unknown) => {
      if (error instanceof Refusal && error.status === 404) return false;
      throw error;
    },
  );
  if (!isThere) await write(scope, causeOf(), (writing) => createObject(writing, acting, type, attributes, { id }));
  return id;
}

/** Controllers, processing activities and purposes; returns the controllers' ids by key. */
async function loadRegister(example: Example, scope: Scope, acting: Acting): Promise<ReadonlyMap<string, Uuid>> {
  const controllers = new Map<string, Uuid>();
  for (const { key, attributes } of example.controllers) {
    controllers.set(key, await ensureObject(scope, acting, 'controller', key, attributes));
  }
  const activities = new Map<string, Uuid>();
  for (const { key, controller, state, attributes } of example.activities) {
    const given = { ...attributes, controller: controllers.get(controller) };
    const id = await ensureObject(scope, acting, 'processing_activity', key, given);
    activities.set(key, id);
    if (state === 'validated') await ensureValidated(scope, acting, id);
  }
  for (const { activity, attributes } of example.purposes) {
    const { source, ...rest } = attributes;
    const given = { ...rest, rule_source: source, processing_activity: activities.get(activity) };
    await ensureObject(scope, acting, 'purpose', `${activity}/${attributes.name}`, given);
  }
  return controllers;
}

async function ensureValidated(scope: Scope, acting: Acting, id: Uuid): Promise<void> {
  const activity = await readObject(scope, acting, 'processing_activity', id);
  if (activity.state !== 'draft') return;
  await write(scope, causeOf(), (writing) =>
    transitionObject(writing, acting, 'processing_activity', id, { transition: 'validate' }),
  );
}

async function loadUsers(scope: Scope, controllers: ReadonlyMap<string, Uuid>, options: LoadOptions): Promise<void> {
  const known = new Set((await listUsers(scope, { limit: 200, after: null })).map((user) => user.email));
  for (const { perimeters, ...user } of options.users.filter(({ email }) => !known.has(email))) {
    await write(scope, causeOf(), async (writing) => {
      const id = await createUser(options.access, writing, {
        ...user,
        roles: [...user.roles],
        password: options.userPassword,
      });
      const limits = perimeters.flatMap((key) => controllers.get(key) ?? []);
      if (limits.length === 0) return;
      const rows = limits.map((controller_id) => ({ user_id: id, controller_id }));
      await writing.tx.insertInto('access.perimeter').values(rows).execute();
    });
  }
}

interface Places {
  readonly loaded: Loaded;
  readonly controllers: ReadonlyMap<string, Uuid>;
  readonly dataFolder: string;
  readonly engine: Engine;
}

async function loadApplication(
  application: ExampleApplication,
  places: Places,
  scope: Scope,
  acting: Acting,
): Promise<void> {
  const { name, channel } = application;
  const url = await urlOf(application, places);
  const known = (await connectedApplications(scope, acting.model)).find((line) => line.name === name);
  const id = known?.id ?? (await add(application, url, scope, acting));
  // The embedded server may have moved to another port since the last start.
  if (known !== undefined && url !== null && url !== (await places.engine.applications.address(scope, id))) {
    await reconnectApplication(scope, causeOf(), id, await connectionInput(application, url));
  }
  for (const key of application.controllers) {
    const given = { application: id, controller: places.controllers.get(key) };
    await ensureObject(scope, acting, 'application_use', `${name}/${key}`, given);
  }
  if (channel !== 'sql') return;
  const hasFields = await scope.db
    .selectFrom('repository.field')
    .select('id')
    .where('application_id', '=', id)
    .limit(1)
    .executeTakeFirst();
  if (hasFields === undefined) await harvest(scope, causeOf(), id);
}

async function urlOf(application: ExampleApplication, { loaded, dataFolder }: Places): Promise<string | null> {
  switch (application.channel) {
    case 'sql':
      return loaded.databases[application.database]?.url ?? null;
    case 'webhook':
      return webhookAddress(await placeOf(dataFolder, application.name));
    case 'email':
      return application.mailbox;
    case 'pull':
      return null;
  }
}

async function connectionInput(application: ExampleApplication, url: string | null): Promise<ConnectionInput> {
  const { channel } = application;
  if (channel !== 'sql') return { channel, url, identities: [], map: null };
  const { identities, mapFile } = application;
  return { channel, url, identities, map: mapFile === null ? null : await readFile(mapFile, 'utf8') };
}

async function add(
  application: ExampleApplication,
  url: string | null,
  scope: Scope,
  acting: Acting,
): Promise<Id<'application'>> {
  const { name, description } = application;
  const input = { ...(await connectionInput(application, url)), name, purpose: description };
  const id = await addApplication(scope, causeOf(), acting, input);
  await write(scope, causeOf(), async (writing) => {
    const { version } = await readObject(writing, acting, 'application', id);
    const given = {
      owner_name: application.owner,
      owner_email: application.ownerEmail,
      backup_horizon_days: application.backupDays,
    };
    await updateObject(writing, acting, 'application', id, { version, values: given });
    if (application.channel === 'sql') return;
    const limits = await limitsOf(writing.tx, id);
    await setLimits(writing, id, { ...limits, identityKinds: [...application.identityKinds] });
  });
  return id;
}

async function loadRequest(
  request: ExampleRequest,
  key: string,
  scope: Scope,
  controllers: ReadonlyMap<string, Uuid>,
  { engine }: LoadOptions,
): Promise<void> {
  const today = dayOf(scope.clock.now());
  await writeOnce(scope, causeOf(key), sha256(key), async (writing) => {
    const { id } = await openRequest(engine, writing, {
      right: request.right,
      identities: request.identities,
      contact: request.contact,
      controllerId: controllers.get(request.controller) ?? null,
      intake: request.intake,
      language: request.language,
      receivedOn: request.receivedOn(today),
      note: null,
      identityProof: null,
      answer: 'manual',
    });
    return { status: 201, resource: id };
  });
}
