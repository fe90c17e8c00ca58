import { type ChildProcess, fork } from 'node:child_process';
import type { ApplicationStart, Down, Question, SocleStart, Up, Work } from './protocol.ts';
import { never, type Timeline } from './timeline.ts';

export class Died extends Error {
  override readonly name = 'Died';
}

/** What the world gives a process: its time, and answers to what it asks. */
export interface Surroundings {
  readonly timeline: Timeline;
  /** The clock of the machine it runs on. */
  now(): number;
  answer(question: Question): Promise<unknown>;
  /** What it logs, or writes to either of its outputs. */
  log(line: string): void;
  /** It ended, and nobody killed it. */
  fellOver(how: string): void;
}

/** A process of the operating system. Time stands still while anything happens in it. */
export class Child {
  isDead = false;
  readonly #process: ChildProcess;
  readonly #gone: Promise<void>;
  readonly #calls = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  #surroundings: Surroundings | null = null;
  #seq = 0;
  #said = '';
  #isBusy = false;

  constructor(
    program: string,
    readonly name = '',
  ) {
    this.#process = fork(program, {
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      execArgv: [],
      // What it opens besides its own database, a shop's, is known by this name to PostgreSQL.
      env: { ...process.env, PGAPPNAME: `${name} shop` },
    });
    for (const output of [this.#process.stdout, this.#process.stderr]) {
      output?.setEncoding('utf8').on('data', (text: string) => {
        this.#said = `${this.#said}${text}`.slice(-5_000);
        this.#surroundings?.log(text);
      });
    }
    this.#process.on('message', (message: Up) => this.#hear(message));
    // What is sent to a process that is just dying is lost, as on a network.
    this.#process.on('error', () => undefined);
    this.#gone = new Promise((gone) => {
      // When both of its outputs have ended too.
      this.#process.once('close', (code, signal) => {
        if (signal !== 'SIGKILL') this.#surroundings?.fellOver(`${signal ?? code}: ${this.#lastWords()}`);
        this.#end();
        gone();
      });
    });
  }

  /** Where it lives from here on: one run after the other may use a process. */
  live(surroundings: Surroundings): void {
    this.#surroundings = surroundings;
    if (this.#isBusy) surroundings.timeline.enter();
  }

  start(start: SocleStart | ApplicationStart): void {
    this.#tell({ kind: 'start', start });
  }

  /** Has it do something; rejects with `Died` when it dies over it. */
  call(work: Work): Promise<unknown> {
    if (this.isDead) return Promise.reject(new Died());
    return new Promise((resolve, reject) => {
      const id = this.#seq + 1;
      this.#calls.set(id, { resolve, reject });
      this.#tell({ kind: 'work', id, work });
    });
  }

  /** kill -9. It is no more when this resolves. */
  async kill(): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.#gone;
  }

  /** Something happens in it, or is awaited of it. */
  get isBusy(): boolean {
    return this.#isBusy || this.#calls.size > 0;
  }

  get gone(): Promise<void> {
    return this.#gone;
  }

  #tell(message: DownBody): void {
    if (this.isDead) return;
    this.#seq += 1;
    if (!this.#isBusy) {
      this.#isBusy = true;
      this.#surroundings?.timeline.enter();
    }
    const now = this.#surroundings?.now() ?? 0;
    this.#process.send({ ...message, seq: this.#seq, now } satisfies Down);
  }

  #hear(message: Up): void {
    if (this.isDead) return;
    switch (message.kind) {
      case 'log':
        this.#surroundings?.log(message.line);
        return;
      case 'idle':
        if (message.seq === this.#seq) this.#rest();
        return;
      case 'done': {
        const call = this.#calls.get(message.id);
        this.#calls.delete(message.id);
        if (message.error === undefined) call?.resolve(message.value);
        else call?.reject(new Error(message.error));
        return;
      }
      case 'ask': {
        const answered = this.#surroundings?.answer(message.question) ?? never();
        answered.then(
          (value) => this.#tell({ kind: 'reply', to: message.id, value }),
          (error) => this.#tell({ kind: 'reply', to: message.id, error: String(error) }),
        );
      }
    }
  }

  /** What it printed last, but for lines of a program that was made small. */
  #lastWords(): string {
    const lines = this.#said.split('\n').filter((line) => line.length < 300);
    return lines.join(' ').slice(-1_000);
  }

  #rest(): void {
    if (!this.#isBusy) return;
    this.#isBusy = false;
    this.#surroundings?.timeline.leave();
  }

  #end(): void {
    this.isDead = true;
    for (const { reject } of this.#calls.values()) reject(new Died());
    this.#calls.clear();
    this.#rest();
  }
}

type Without<T> = T extends unknown ? Omit<T, 'seq' | 'now'> : never;
type DownBody = Without<Down>;
