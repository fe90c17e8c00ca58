import { createSecretKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExampleUser } from '../examples/example.ts';
import { findExample } from '../examples/index.ts';
import { loadExample } from '../examples/load.ts';
import {
  type AccessOptions,
  accessJournalWords,
  accessSlices,
  accessSweep,
  authenticator,
  createOrganisation,
  createUser,
  FirstRun,
  mailTransport,
  may,
  openOperatorToken,
  organisations,
  outboxHandler,
  readOperatorToken,
} from './access/index.ts';
import { complianceHandlers, complianceKindWords, complianceSlices, openCompliance } from './compliance/index.ts';
import { createServer, Metrics, type RunningServer, type Slice, type SocleServer } from './http/index.ts';
import { journalBeat, journalSlice, record } from './journal/index.ts';
import {
  type Config,
  createLog,
  derive,
  type Log,
  projectRoot,
  publicId,
  Refusal,
  systemCause,
  systemClock,
  type Text,
} from './kernel/index.ts';
import { applyModel, loadPacks, type Model } from './model/index.ts';
import { type Home, listObjects, objectsJournalWords, objectsSlices, systemAsker } from './objects/index.ts';
import { repositoryJournalWords, repositorySlices } from './repository/index.ts';
import { idempotencySweep, type OpenedStore, openStore, Pump, rolePassword, type Scope, write } from './store/index.ts';

/** The composed product: everything tied together, nothing listening yet. */
export interface Application {
  readonly server: SocleServer;
  /** What the command line signs in with. */
  readonly operatorKey: string;
  /** How to sign in, line by line. */
  readonly welcome: readonly Text[];
  listen(): Promise<{ readonly url: string }>;
  stop(): Promise<void>;
}

/** System packs live in their rooms. */
const packFolders = ['src/repository', 'src/compliance'];

const journalWords: Readonly<Record<string, Text>> = {
  ...accessJournalWords,
  ...objectsJournalWords,
  ...repositoryJournalWords,
};

const loopback = ['127.0.0.0/8', '::1/128'];

/** Types whose room shows them better than the generic pages do. */
const homes: readonly Home[] = [
  { type: 'application', list: '/applications', object: (id) => `/applications/${publicId('app', id)}` },
  { type: 'request', list: '/requests', object: (id) => `/requests/${publicId('req', id)}` },
];

/** Ties the rooms together: the only place that knows them all. What was opened is closed when a later step fails. */
export async function compose(config: Config): Promise<Application> {
  const log = createLog(config.logLevel);
  const opened = await openStore(config, systemClock, log);
  try {
    return await composeOn(config, opened, log);
  } catch (error) {
    await opened.close();
    throw error;
  }
}

async function composeOn(config: Config, opened: OpenedStore, log: Log): Promise<Application> {
  const { store, secret } = opened;
  const root = createSecretKey(secret);
  const sources = await loadPacks(packFolders.map((folder) => join(projectRoot, folder)));
  const model = await applyModel(store, sources);
  const operator = await openOperatorToken(config.dataFolder);
  const access: AccessOptions = {
    store,
    key: derive(root, 'access'),
    log,
    operatorTokenHash: operator.hash,
    record: async (writing, decision) => {
      await record(writing, decision);
    },
    controllers: (org) => controllersOf(store.scope(org), model),
  };
  const firstRun = new FirstRun(access);
  const transport = mailTransport({
    smtpUrl: config.smtpUrl,
    from: config.mailFrom,
    folder: join(config.dataFolder, 'outbox'),
  });
  const engine = openCompliance({
    store,
    log,
    model: () => model,
    publicUrl: config.publicUrl,
    // An example's applications run on this very machine.
    internalNetworks: config.example === null ? config.internalNetworks : [...config.internalNetworks, ...loopback],
  });
  const slices: readonly Slice[] = [
    ...complianceSlices(engine),
    ...repositorySlices({ model: () => model }),
    ...objectsSlices({ models: { current: () => model }, homes }),
    journalSlice({ allow: may('journal.read'), kindWords: (kind) => journalWords[kind] ?? complianceKindWords(kind) }),
    ...accessSlices(access, firstRun),
  ];
  const pump = new Pump({
    store,
    log,
    handlers: [...complianceHandlers(engine), outboxHandler(transport, log)],
    beats: [journalBeat, accessSweep, idempotencySweep],
  });
  const server = createServer({
    slices,
    authenticate: authenticator(access),
    publicUrl: config.publicUrl,
    log,
    clock: systemClock,
    key: derive(root, 'http'),
    version: await productVersion(),
    metrics: new Metrics(),
    readiness: [{ name: 'database', check: async () => void (await organisations(access)) }],
  });
  const example = config.example === null ? null : await findExample(config.example);
  const adminUrl = opened.adminUrl ?? config.databaseUrl ?? '';
  const passwordFor = (role: string): string => rolePassword(secret, role);
  const toLoad = example && {
    users: example.users,
    load: (userPassword: string) => {
      const users = [{ ...administrator(config), language: null, perimeters: [] }, ...example.users];
      return loadExample(example, { access, engine, model, adminUrl, passwordFor, users, userPassword });
    },
  };
  const welcome = await prepareFirstStart({ config, access, secret }, firstRun, toLoad);

  pump.start();
  return {
    server,
    operatorKey: (await readOperatorToken(config.dataFolder)) ?? '',
    welcome,
    ...listening(server, pump, opened, config),
  };
}

/** What a user's perimeter is made of. */
async function controllersOf(scope: Scope, model: Model): Promise<readonly { id: string; name: string }[]> {
  const acting = { model, asker: systemAsker };
  const { items } = await listObjects(scope, acting, 'controller', { limit: 200, sort: [], filter: null, after: null });
  return items.map((controller) => ({ id: controller.id, name: controller.title }));
}

/**
 * The first start. With an example: its organisation, people and applications. Without: an organisation without a name, and
 * its administrator when the environment names one; else the welcome page makes the first account. Answers with what to
 * print. The password of those first accounts, unless given, derives from the root key: a start cut halfway and its next
 * agree on it.
 */
async function prepareFirstStart(
  { config, access, secret }: { config: Config; access: AccessOptions; secret: Buffer },
  firstRun: FirstRun,
  example: { users: readonly ExampleUser[]; load(password: string): Promise<unknown> } | null,
): Promise<readonly Text[]> {
  const isFirst = await firstRun.isOpen();
  const password = config.adminPassword ?? rolePassword(secret, 'first accounts').slice(0, 20);
  const shown = config.adminPassword === null ? password : null;
  if (example !== null) {
    await example.load(password);
    return isFirst
      ? [signInWords(config.adminEmail, shown), ...example.users.map(alsoWords)]
      : [signInWords(config.adminEmail, null)];
  }
  const scope = await firstScope(access);
  if (!isFirst) return [signInWords(config.adminEmail, null)];
  if (!config.isAdminNamed) return [welcomeWords(`${config.publicUrl}/welcome?token=${firstRun.token}`)];
  await write(scope, systemCause('first-start'), (writing) =>
    createUser(access, writing, { ...administrator(config), password }),
  );
  return [signInWords(config.adminEmail, shown)];
}

function administrator(config: Config): { name: string; email: string; roles: ('admin' | 'dpo')[] } {
  return { name: 'Administration', email: config.adminEmail, roles: ['admin', 'dpo'] };
}

async function firstScope(access: AccessOptions): Promise<Scope> {
  const [first] = await organisations(access);
  if (first !== undefined) return access.store.scope(first.id);
  return createOrganisation(access, { slug: 'organisation', name: 'Organisation' });
}

function signInWords(email: string, password: string | null): Text {
  if (password === null) return { fr: `Connectez-vous avec ${email}`, en: `Sign in as ${email}` };
  return {
    fr: `Connectez-vous avec ${email}, mot de passe ${password} (affiché une seule fois)`,
    en: `Sign in as ${email}, password ${password} (shown this once)`,
  };
}

function alsoWords({ name, email, roles }: ExampleUser): Text {
  return {
    fr: `  ou ${name} (${roles.join(', ')}) : ${email}, même mot de passe`,
    en: `  or ${name} (${roles.join(', ')}): ${email}, same password`,
  };
}

function welcomeWords(address: string): Text {
  return {
    fr: `Premier démarrage : créez votre compte sur ${address}`,
    en: `First start: create your account at ${address}`,
  };
}

function listening(
  server: SocleServer,
  pump: Pump,
  opened: OpenedStore,
  config: Config,
): Pick<Application, 'listen' | 'stop'> {
  let running: RunningServer | null = null;
  return {
    listen: async () => {
      running = await server.listen(config.port, config.host).catch((error: NodeJS.ErrnoException) => {
        throw error.code === 'EADDRINUSE' ? portTaken(config.port) : error;
      });
      return { url: `http://${config.host}:${running.port}` };
    },
    stop: async () => {
      await running?.stop();
      await pump.stop();
      await opened.close();
    },
  };
}

function portTaken(port: number): Refusal {
  return new Refusal('start.port_taken', 409, {
    fr: `Le port ${port} est déjà pris : choisissez-en un autre avec PORT.`,
    en: `Port ${port} is already taken: choose another with PORT.`,
  });
}

async function productVersion(): Promise<string> {
  const { version } = JSON.parse(await readFile(join(projectRoot, 'package.json'), 'utf8'));
  return String(version);
}
