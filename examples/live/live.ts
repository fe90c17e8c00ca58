import { z } from 'zod';
import { issueCredential } from '../../src/compliance/index.ts';
import { describeError, type Id, type Log, systemCause } from '../../src/kernel/index.ts';
import type { Model } from '../../src/model/index.ts';
import { connectedApplications, reconnectApplication } from '../../src/repository/index.ts';
import { type Scope, write } from '../../src/store/index.ts';
import type { BesideSocle, Example, ExampleApplication } from '../example.ts';
import { LiveDatabase } from './database.ts';
import type { LiveApplication } from './deeds.ts';
import { Filler } from './fill.ts';
import { type Place, placeOf, portOf, readText, webhookAddress, writeWhole } from './place.ts';
import { BesideProcess } from './process.ts';
import { copyData, LiveProgram } from './program.ts';

type Beside = Extract<ExampleApplication, BesideSocle>;

const secrets = z.object({ key: z.string(), secrets: z.string() });
const cause = systemCause('example');

export interface LiveOptions {
  readonly dataFolder: string;
  readonly model: Model;
  readonly log: Log;
  /** Who made the databases of the example. */
  readonly adminUrl: string;
  /** Absolute path of the folder where messages lie; null: they leave by SMTP. */
  readonly outboxFolder: string | null;
}

/**
 * The applications of an example that run beside Socle, each a process with its own data. They start when Socle listens and the
 * example is loaded, whichever comes last, and stop with it.
 */
export class LiveExample {
  readonly #applications = new Map<string, LiveApplication>();
  #loaded: { readonly example: Example; readonly scope: Scope } | null = null;
  #url: string | null = null;
  #starting: Promise<void> = Promise.resolve();

  constructor(private readonly options: LiveOptions) {}

  /** Those of this organisation. */
  applicationsOf(org: string): readonly LiveApplication[] {
    return this.#loaded?.scope.org === org ? [...this.#applications.values()] : [];
  }

  /** The example is in the installation. */
  loaded(example: Example, scope: Scope): void {
    this.#loaded = { example, scope };
    this.#startWhenReady();
  }

  /** Socle answers there. */
  listening(url: string): void {
    this.#url = url;
    this.#startWhenReady();
  }

  async stop(): Promise<void> {
    this.#url = null;
    await this.#starting;
    await Promise.all([...this.#applications.values()].map((application) => application.stop()));
  }

  #startWhenReady(): void {
    const [loaded, url] = [this.#loaded, this.#url];
    if (loaded === null || url === null) return;
    this.#starting = this.#starting
      .then(() => this.#start(loaded.example, loaded.scope, url))
      .catch((error) => this.options.log.error({ error: describeError(error) }, 'example.not_started'));
  }

  async #start(example: Example, scope: Scope, url: string): Promise<void> {
    const known = await connectedApplications(scope, this.options.model);
    const filler = new Filler(example.name);
    try {
      for (const application of example.applications) {
        if (this.#applications.has(application.name)) continue;
        const id = known.find(({ name }) => name === application.name)?.id;
        // Somebody removed it: it stays away.
        if (id === undefined) continue;
        if (application.channel !== 'sql') await this.#startOne(application, { scope, id, url, filler });
        else {
          const { name, database, lyingTable } = application;
          const { adminUrl } = this.options;
          const live = new LiveDatabase({ id, name, scope, adminUrl, database, lyingTable });
          this.#applications.set(name, live);
          await live.beHonest();
        }
      }
    } finally {
      await filler.close();
    }
  }

  async #startOne(application: Beside, { scope, id, url, filler }: Starting): Promise<void> {
    const { name, channel, data, program } = application;
    const { dataFolder, outboxFolder } = this.options;
    const place = await placeOf(dataFolder, name);
    const { key, secrets: signing } = await secretsOf(place, scope, id, channel);
    if (await filler.fillOnce(name, place)) await copyData(place, scope.clock.now());
    const beside = new BesideProcess({
      program,
      logFile: place.log,
      clock: scope.clock,
      environment: {
        ...application.environment,
        SOCLE_URL: url,
        SOCLE_KEY: key,
        SOCLE_SECRETS: signing,
        ORDERS: place.orders,
        [data.variable]: place.data,
        ...(channel === 'webhook' ? { PORT: String(await portOf(place)) } : {}),
        ...(channel === 'email' ? { OUTBOX: outboxFolder ?? '', MAILBOX: application.mailbox } : {}),
      },
      onReady: (port) => {
        live.started();
        this.#moved(scope, id, place, port).catch((error) =>
          this.options.log.error({ error: describeError(error), application: name }, 'example.not_moved'),
        );
      },
    });
    const mailbox = channel === 'email' ? { address: application.mailbox, folder: outboxFolder } : null;
    const live = new LiveProgram({ id, name, channel, process: beside, place, mailbox });
    this.#applications.set(name, live);
    await beside.start();
  }

  /** Its port was taken meanwhile and it found another. */
  async #moved(scope: Scope, id: Id<'application'>, place: Place, port: number | null): Promise<void> {
    if (port === null || port === (await portOf(place))) return;
    await writeWhole(place.port, String(port));
    const url = await webhookAddress(place);
    await reconnectApplication(scope, cause, id, { channel: 'webhook', url, identities: [], map: null });
  }
}

interface Starting {
  readonly scope: Scope;
  readonly id: Id<'application'>;
  readonly url: string;
  readonly filler: Filler;
}

/** The application's key and signing secret: issued as on its page, once, and kept in its own folder. */
async function secretsOf(
  place: Place,
  scope: Scope,
  id: Id<'application'>,
  channel: Beside['channel'],
): Promise<z.output<typeof secrets>> {
  const text = await readText(place.secrets);
  if (text !== '') return secrets.parse(JSON.parse(text));
  const made = await write(scope, cause, async (writing) => ({
    key: (await issueCredential(writing, id, 'key')).shown,
    secrets: channel === 'webhook' ? (await issueCredential(writing, id, 'hmac')).shown : '',
  }));
  await writeWhole(place.secrets, JSON.stringify(made));
  return made;
}
