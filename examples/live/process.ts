import { type ChildProcess, spawn } from 'node:child_process';
import { open } from 'node:fs/promises';
import { z } from 'zod';
import type { Clock } from '../../src/kernel/index.ts';
import type { Did, LiveState } from './deeds.ts';

/** What a process is told besides its environment; each application of an example takes what concerns it. */
export type Told =
  | { readonly kind: 'restored'; readonly restoredTo: string }
  /** Asks Socle whom it must not write to, as before a mailing. */
  | { readonly kind: 'ask' }
  /** Takes back what an old copy of its data holds and it doesn't any more. `copy`: absolute path. */
  | { readonly kind: 'import'; readonly copy: string }
  /** Erases, in its own software, those whom the task behind this link names. */
  | { readonly kind: 'erase'; readonly path: string }
  | ({ readonly kind: 'behave' } & Behaviour);

const behaviour = z.object({
  /** How many times it says *executed* without doing anything. */
  lies: z.number(),
  slowMs: z.number(),
  /** How many calls it refuses. */
  failures: z.number(),
  /** Whether it answers that nobody listens there any more. */
  isGone: z.boolean(),
  /** Whether the people of the application leave their tasks to the operator. */
  byHand: z.boolean(),
});
export type Behaviour = Readonly<z.output<typeof behaviour>>;

const heard = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready'), port: z.number().int().nullable() }),
  behaviour.extend({ kind: z.literal('behaves') }),
  z.object({
    kind: z.literal('did'),
    did: z.enum(['mailing', 'import', 'restoration']),
    facts: z.record(z.string(), z.number()),
  }),
]);

export interface ProcessOptions {
  /** Absolute path of the program. */
  readonly program: string;
  /** Its standard output and error are appended there. */
  readonly logFile: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Each time that it is ready: the port it listens on, if it listens. */
  readonly onReady: (port: number | null) => void;
  readonly clock: Clock;
}

const firstPauseMs = 200;
const longestPauseMs = 10_000;
/** Time to end what is under way before it is killed. */
const graceMs = 3_000;

/**
 * An application beside Socle: started, started again when it dies, stopped. It holds a channel to this process and leaves
 * when that closes: however Socle dies, nothing of it stays behind.
 */
export class BesideProcess {
  #child: ChildProcess | null = null;
  #isReady = false;
  #isWanted = false;
  #deaths = 0;
  #again: NodeJS.Timeout | null = null;
  #untold: readonly Told[] = [];
  #lastDid: Did | null = null;
  #behaviour: Behaviour | null = null;

  constructor(private readonly options: ProcessOptions) {}

  get state(): LiveState {
    if (!this.#isWanted) return 'stopped';
    return this.#isReady ? 'running' : 'starting';
  }

  get lastDid(): Did | null {
    return this.#lastDid;
  }

  /** How it says that it behaves now; null while it isn't there to say so. */
  get behaviour(): Behaviour | null {
    return this.#isReady ? this.#behaviour : null;
  }

  async start(): Promise<void> {
    if (this.#isWanted) return;
    this.#isWanted = true;
    this.#deaths = 0;
    await this.#launch();
  }

  async stop(): Promise<void> {
    this.#isWanted = false;
    if (this.#again !== null) clearTimeout(this.#again);
    const child = this.#child;
    if (child === null) return;
    const gone = new Promise((done) => child.once('exit', done));
    child.kill('SIGTERM');
    const killing = setTimeout(() => child.kill('SIGKILL'), graceMs);
    await gone;
    clearTimeout(killing);
  }

  /** Tells it now, or once it is ready. */
  tell(told: Told): void {
    if (this.#isReady && this.#child?.connected === true) this.#child.send(told);
    else this.#untold = [...this.#untold, told];
  }

  async #launch(): Promise<void> {
    const log = await open(this.options.logFile, 'a', 0o600);
    try {
      const { PATH = '', TZ = 'UTC' } = process.env;
      const child = spawn(process.execPath, [this.options.program], {
        env: { PATH, TZ, ...this.options.environment },
        stdio: ['ignore', log.fd, log.fd, 'ipc'],
      });
      this.#child = child;
      child.on('message', (message) => this.#hear(message));
      child.once('error', () => undefined);
      child.once('exit', () => this.#buried());
    } finally {
      await log.close();
    }
  }

  #hear(message: unknown): void {
    const { data: said } = heard.safeParse(message);
    if (said?.kind === 'did') this.#lastDid = { did: said.did, facts: said.facts, at: this.options.clock.now() };
    if (said?.kind === 'behaves') this.#behaviour = said;
    if (said?.kind !== 'ready') return;
    this.#isReady = true;
    this.options.onReady(said.port);
    const untold = this.#untold;
    this.#untold = [];
    for (const told of untold) this.tell(told);
  }

  #buried(): void {
    this.#child = null;
    this.#isReady = false;
    this.#behaviour = null;
    if (!this.#isWanted) return;
    this.#deaths += 1;
    const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** (this.#deaths - 1));
    this.#again = setTimeout(() => {
      if (this.#isWanted) this.#launch().catch(() => this.#buried());
    }, pauseMs);
    this.#again.unref();
  }
}
