import { createSecretKey } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findExample } from '../examples/index.ts';
import { liveLine, liveSlice } from '../examples/live/live.pages.tsx';
import { LiveExample } from '../examples/live/live.ts';
import { loadExample, offerOf } from '../examples/load.ts';
import {
  type AccessOptions,
  accessFactWords,
  accessJournalWords,
  accessSlices,
  accessSweep,
  administrator,
  authenticator,
  chosenExample,
  type ExampleOffer,
  exampleHandler,
  type FirstAccounts,
  FirstRun,
  type LoadExample,
  mailTransport,
  may,
  openOperatorToken,
  organisations,
  outboxHandler,
  prepareEmpty,
  readOperatorToken,
  signInLines,
} from './access/index.ts';
import {
  applicationFinder,
  applicationKeyPrefix,
  complianceFactWords,
  complianceHandlers,
  complianceKindWords,
  complianceSlices,
  conformanceRemoval,
  deliverySweep,
  onboardingPanel,
  openCompliance,
  openOrdersRemoval,
  stoppedOrders,
} from './compliance/index.ts';
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
  systemClock,
  type Text,
} from './kernel/index.ts';
import { LiveModel, type Model, modelBeat, systemPackFolders } from './model/index.ts';
import {
  fileHandlers,
  type Home,
  importHandler,
  listObjects,
  modelChangeApi,
  objectsFactWords,
  objectsHandlers,
  objectsJournalWords,
  objectsSlices,
  scannerOf,
  scheduleBeat,
  studioSlice,
  systemAsker,
} from './objects/index.ts';
import {
  applicationRemoval,
  repositoryFactWords,
  repositoryJournalWords,
  repositorySlices,
} from './repository/index.ts';
import { idempotencySweep, type OpenedStore, openStore, Pump, rolePassword, type Scope } from './store/index.ts';
import { viewsRoom } from './views/index.ts';

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

/** What the welcome page of an empty installation offers to start with. */
const offered = 'retailer';

const withheld: ExampleOffer = {
  kind: 'withheld',
  why: {
    fr: 'L’exemple n’est pas proposé : il crée ses propres bases de données, et ce PostgreSQL est le vôtre (DATABASE_URL).',
    en: 'The example isn’t offered: it makes databases of its own, and this PostgreSQL is yours (DATABASE_URL).',
  },
};

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
  const models = await LiveModel.open(store, systemPackFolders);
  const model = (): Model => models.current();
  const changing = { live: models, organisations: async () => (await organisations(access)).length };
  const operator = await openOperatorToken(config.dataFolder);
  const access: AccessOptions = {
    store,
    key: derive(root, 'access'),
    log,
    operatorTokenHash: operator.hash,
    record: async (writing, decision) => {
      await record(writing, decision);
    },
    controllers: (org) => controllersOf(store.scope(org), model()),
    applications: { keyPrefix: applicationKeyPrefix, find: applicationFinder(store) },
  };
  const chosen = await chosenExample(access);
  const firstRun = new FirstRun(access, config.databaseUrl === null ? offerOf(await findExample(offered)) : withheld);
  const outboxFolder = join(config.dataFolder, 'outbox');
  const transport = mailTransport({ smtpUrl: config.smtpUrl, from: config.mailFrom, folder: outboxFolder });
  let hasExample = (config.example ?? chosen) !== null;
  const withLoopback = [...config.internalNetworks, ...loopback];
  // The root of drop folders that is ours; one that the operator names may be a share, which is theirs to mount.
  await mkdir(join(config.dataFolder, 'drops'), { recursive: true, mode: 0o770 });
  const engine = openCompliance({
    store,
    log,
    model,
    publicUrl: config.publicUrl,
    dropFolders: config.dropFolders,
    // An example's applications run on this very machine.
    internalNetworks: () => (hasExample ? withLoopback : config.internalNetworks),
  });
  const adminUrl = opened.adminUrl ?? config.databaseUrl ?? '';
  const live = new LiveExample({
    dataFolder: config.dataFolder,
    model: model(),
    log,
    adminUrl,
    outboxFolder: config.smtpUrl === null ? outboxFolder : null,
  });
  const scanner = config.fileScan === null ? null : scannerOf(config.fileScan);
  const views = viewsRoom(models, homes);
  const removals = [applicationRemoval, openOrdersRemoval, conformanceRemoval];
  const slices: readonly Slice[] = [
    ...complianceSlices(engine),
    ...repositorySlices({ model, panels: [onboardingPanel()], stopped: stoppedOrders }),
    ...objectsSlices({
      models,
      homes,
      files: { limitBytes: config.fileLimitBytes, scanner },
      aboveLists: views.aboveLists,
      removals,
    }),
    ...views.slices,
    modelChangeApi(changing),
    studioSlice(changing),
    journalSlice({
      allow: may('journal.read'),
      mayRotate: may('operation.manage'),
      kindWords: (kind) => journalWords[kind] ?? complianceKindWords(kind),
      publishes: async (slug) => {
        const all = await organisations(access);
        const [found] = slug === null ? (all.length === 1 ? all : []) : all.filter((one) => one.slug === slug);
        return found === undefined ? null : store.scope(found.id);
      },
      factWords: [accessFactWords, objectsFactWords(model), complianceFactWords, repositoryFactWords],
    }),
    ...accessSlices(access, firstRun),
    liveSlice(live),
  ];
  const { dataFolder } = config;
  const loading = {
    access,
    engine,
    model: model(),
    dataFolder,
    adminUrl,
    passwordFor: (role: string) => rolePassword(secret, role),
  };
  // The people of an example chosen on the welcome page have their accounts since then.
  const loadChosen: LoadExample = async (name, onProgress) => {
    const example = await findExample(name);
    hasExample = true;
    live.loaded(example, await loadExample(example, { ...loading, users: [], userPassword: '', onProgress }));
  };
  const pump = new Pump({
    store,
    log,
    handlers: [
      ...complianceHandlers(engine),
      outboxHandler(transport, log),
      ...fileHandlers(scanner),
      ...objectsHandlers({ models, homes, log, publicUrl: config.publicUrl }),
      importHandler(models, removals),
      exampleHandler(loadChosen, log),
    ],
    beats: [
      journalBeat,
      modelBeat(models),
      accessSweep,
      idempotencySweep,
      deliverySweep,
      scheduleBeat(() => organisations(access)),
    ],
    onHint: (topic) => engine.bell.ring(topic),
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
  const accounts: FirstAccounts = {
    email: config.adminEmail,
    // Derived from the root key: a start cut halfway and its next agree on it.
    password: config.adminPassword ?? rolePassword(secret, 'first accounts').slice(0, 20),
    isPasswordMade: config.adminPassword === null,
  };
  const startWithExample = async (name: string): Promise<readonly Text[]> => {
    const example = await findExample(name);
    const users = [{ ...administrator(accounts.email), language: null, perimeters: [] }, ...example.users];
    const userPassword = accounts.password;
    live.loaded(example, await loadExample(example, { ...loading, users, userPassword }));
    return [...(await signInLines(access, accounts, example.users)), liveLine(`${config.publicUrl}/example`)];
  };
  // Its applications live in the embedded server, which may have moved to another port.
  if (config.example === null && chosen !== null) await loadChosen(chosen, async () => undefined);
  const welcome =
    config.example === null
      ? await prepareEmpty(access, firstRun, {
          accounts: config.isAdminNamed ? accounts : null,
          welcomeUrl: `${config.publicUrl}/welcome`,
        })
      : await startWithExample(config.example);

  pump.start();
  return {
    server,
    operatorKey: (await readOperatorToken(config.dataFolder)) ?? '',
    welcome,
    ...listening(server, pump, live, opened, config),
  };
}

/** What a user's perimeter is made of. */
async function controllersOf(scope: Scope, model: Model): Promise<readonly { id: string; name: string }[]> {
  const acting = { model, asker: systemAsker };
  const { items } = await listObjects(scope, acting, 'controller', { limit: 200, sort: [], filter: null, after: null });
  return items.map((controller) => ({ id: controller.id, name: controller.title }));
}

function listening(
  server: SocleServer,
  pump: Pump,
  live: LiveExample,
  opened: OpenedStore,
  config: Config,
): Pick<Application, 'listen' | 'stop'> {
  let running: RunningServer | null = null;
  return {
    listen: async () => {
      running = await server.listen(config.port, config.host).catch((error: NodeJS.ErrnoException) => {
        throw error.code === 'EADDRINUSE' ? portTaken(config.port) : error;
      });
      const url = `http://${config.host}:${running.port}`;
      live.listening(url);
      return { url };
    },
    stop: async () => {
      await live.stop();
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
