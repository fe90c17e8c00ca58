import { readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { issueCredential } from '../../src/compliance/index.ts';
import { describeError, type Id, type Log, systemCause } from '../../src/kernel/index.ts';
import type { Model } from '../../src/model/index.ts';
import { connectedApplications, reconnectApplication } from '../../src/repository/index.ts';
import { type Scope, write } from '../../src/store/index.ts';
import type { BesideSocle, Example, ExampleApplication } from '../example.ts';
import { copyData } from './control.ts';
import { type Place, placeOf, portOf, readText, webhookAddress, writeWhole } from './place.ts';
import { BesideProcess } from './process.ts';

type Beside = Extract<ExampleApplication, BesideSocle>;

const secrets = z.object({ key: z.string(), secrets: z.string() });
const cause = systemCause('example');

export interface LiveOptions {
  readonly dataFolder: string;
  readonly model: Model;
  readonly log: Log;
}

/** One application beside Socle, its process and its copies. */
export interface LiveApplication {
  readonly id: Id<'application'>;
  readonly name: string;
  readonly channel: 'webhook' | 'pull';
  /** Whether it asks Socle whom it must not write to. */
  readonly asks: boolean;
  readonly process: BesideProcess;
  readonly place: Place;
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
    await Promise.all([...this.#applications.values()].map(({ process }) => process.stop()));
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
    for (const application of example.applications) {
      if (application.channel === 'sql' || this.#applications.has(application.name)) continue;
      const id = known.find(({ name }) => name === application.name)?.id;
      // Somebody removed it: it stays away.
      if (id !== undefined) await this.#startOne(application, scope, id, url);
    }
  }

  async #startOne(application: Beside, scope: Scope, id: Id<'application'>, url: string): Promise<void> {
    const { name, channel, data, program } = application;
    const place = await placeOf(this.options.dataFolder, name);
    const { key, secrets: signing } = await secretsOf(place, scope, id, channel);
    if (await fillOnce(place, data.fill)) await copyData({ place }, scope.clock.now());
    const beside = new BesideProcess({
      program,
      logFile: place.log,
      environment: {
        ...application.environment,
        SOCLE_URL: url,
        SOCLE_KEY: key,
        SOCLE_SECRETS: signing,
        ORDERS: place.orders,
        [data.variable]: place.data,
        ...(channel === 'webhook' ? { PORT: String(await portOf(place)) } : {}),
      },
      onReady: (port) => {
        this.#moved(scope, id, place, port).catch((error) =>
          this.options.log.error({ error: describeError(error), application: name }, 'example.not_moved'),
        );
      },
    });
    this.#applications.set(name, { id, name, channel, asks: application.asks, process: beside, place });
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

/** Filled under another name first: what is there is whole. Answers with whether it was. */
async function fillOnce(place: Place, fill: (file: string) => Promise<void>): Promise<boolean> {
  const isThere = (await readdir(place.folder)).includes('data');
  if (isThere) return false;
  const draft = join(place.folder, `filling-${process.pid}`);
  await fill(draft);
  await rename(draft, place.data);
  return true;
}
