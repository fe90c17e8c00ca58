import { copyFile, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { type Id, Refusal } from '../../src/kernel/index.ts';
import type { BesideSocle } from '../example.ts';
import type { Deed, Fault, LiveApplication, LiveStatus } from './deeds.ts';
import type { Place } from './place.ts';
import type { Behaviour, BesideProcess } from './process.ts';

const honest: Behaviour = { lies: 0, slowMs: 0, failures: 0, isGone: false, byHand: false };
/** Longer than the time after which the SDK says that it has the order and answers later. */
const slowMs = 12_000;
/** As many as open Socle's circuit breaker. */
const failuresInARow = 5;

interface ProgramOptions {
  readonly id: Id<'application'>;
  readonly name: string;
  readonly channel: BesideSocle['channel'];
  readonly process: BesideProcess;
  readonly place: Place;
  /** What the people of the application read, when only people can erase there. */
  readonly mailbox: Mailbox | null;
}

export interface Mailbox {
  readonly address: string;
  /** Absolute path of the folder where its messages lie; null: they leave by SMTP. */
  readonly folder: string | null;
}

/** An application that is a process of its own beside Socle, with its data in a file. */
export class LiveProgram implements LiveApplication {
  readonly id: Id<'application'>;
  readonly name: string;
  readonly channel: BesideSocle['channel'];
  #isByHand = false;

  constructor(private readonly options: ProgramOptions) {
    this.id = options.id;
    this.name = options.name;
    this.channel = options.channel;
  }

  get mailbox(): Mailbox | null {
    return this.options.mailbox;
  }

  async status(): Promise<LiveStatus> {
    const { process, place } = this.options;
    const copies = await copiesIn(place);
    const { state, lastDid } = process;
    return { state, copies, lastDid, faults: this.#faults(), deeds: this.#offered(copies.length > 0) };
  }

  #faults(): readonly Fault[] {
    const behaviour = this.options.process.behaviour;
    if (behaviour === null) return [];
    const { lies, failures } = behaviour;
    return [
      ...(lies > 0 ? [{ kind: 'lies', times: lies } as const] : []),
      ...(failures > 0 ? [{ kind: 'failures', times: failures } as const] : []),
      ...(behaviour.slowMs > 0 ? [{ kind: 'slow' } as const] : []),
      ...(behaviour.isGone ? [{ kind: 'gone' } as const] : []),
      ...(behaviour.byHand ? [{ kind: 'by_hand' } as const] : []),
    ];
  }

  #offered(hasCopies: boolean): readonly Deed[] {
    const restore: readonly Deed[] = hasCopies ? ['restore'] : [];
    if (this.options.process.state === 'stopped') return ['start', 'copy', ...restore];
    return [
      ...(this.channel === 'email' ? [this.#isByHand ? ('by_itself' as const) : ('by_hand' as const)] : []),
      'stop',
      'lie',
      'slow',
      ...(this.channel === 'webhook' ? (['fail', 'gone'] as const) : []),
      ...(this.#faults().some(({ kind }) => kind !== 'by_hand') ? (['mend'] as const) : []),
      'copy',
      ...restore,
      'ask',
      ...(hasCopies ? (['import'] as const) : []),
    ];
  }

  async perform(deed: Deed, now: Date): Promise<void> {
    const { process } = this.options;
    switch (deed) {
      case 'start':
        return process.start();
      case 'stop':
        return process.stop();
      case 'copy':
        return this.#quiet(() => copyData(this.options.place, now));
      case 'restore':
        return this.#restore();
      case 'lie':
        return this.#behave({ lies: 1 });
      case 'slow':
        return this.#behave({ slowMs });
      case 'fail':
        return this.#behave({ failures: failuresInARow });
      case 'gone':
        return this.#behave({ isGone: true });
      case 'mend':
        return this.#behave({});
      case 'by_hand':
      case 'by_itself':
        this.#isByHand = deed === 'by_hand';
        return this.#behave({});
      case 'ask':
        return process.tell({ kind: 'ask' });
      case 'import':
        return process.tell({ kind: 'import', copy: await this.#oldest().then(fileOf(this.options.place)) });
    }
  }

  /** In the application's own software, what the order behind that link asks for. */
  eraseFor(path: string): void {
    this.options.process.tell({ kind: 'erase', path });
  }

  async stop(): Promise<void> {
    await this.options.process.stop();
  }

  /** It starts honest and by itself, each time. */
  started(): void {
    if (this.#isByHand) this.#behave({});
  }

  #behave(how: Partial<Behaviour>): void {
    this.options.process.tell({ kind: 'behave', ...honest, byHand: this.#isByHand, ...how });
  }

  /** Puts its oldest copy back, as after a disaster. It then declares that to Socle itself, with its own key. */
  async #restore(): Promise<void> {
    const { place, process } = this.options;
    const oldest = await this.#oldest();
    await this.#quiet(async () => {
      const draft = `${place.data}.restoring`;
      await copyFile(fileOf(place)(oldest), draft);
      await rename(draft, place.data);
    });
    await process.start();
    process.tell({ kind: 'restored', restoredTo: oldest.toISOString() });
  }

  async #oldest(): Promise<Date> {
    const [oldest] = await copiesIn(this.options.place);
    if (oldest === undefined) throw noCopy();
    return oldest;
  }

  /** While it is stopped: nobody copies or changes a file that is being written. */
  async #quiet(run: () => Promise<void>): Promise<void> {
    const { process } = this.options;
    const wasRunning = process.state !== 'stopped';
    await process.stop();
    try {
      await run();
    } finally {
      if (wasRunning) await process.start();
    }
  }
}

/** The moments of its copies, the oldest first. */
async function copiesIn({ backups }: Place): Promise<readonly Date[]> {
  const names = (await readdir(backups)).filter((name) => /^\d+$/.test(name));
  return names.map((name) => new Date(Number(name))).sort((one, other) => one.getTime() - other.getTime());
}

const fileOf =
  ({ backups }: Place) =>
  (at: Date): string =>
    join(backups, String(at.getTime()));

export async function copyData(place: Place, now: Date): Promise<void> {
  const draft = join(place.backups, 'copying');
  await copyFile(place.data, draft);
  await rename(draft, fileOf(place)(now));
}

export function noCopy(): Refusal {
  return new Refusal('example.no_copy', 409, {
    fr: 'Cette application n’a aucune copie à remettre : faites-en une d’abord.',
    en: 'This application has no copy to put back: make one first.',
  });
}
