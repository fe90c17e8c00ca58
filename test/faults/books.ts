import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { CallSocle } from './call.ts';
import type { Act, People } from './protocol.ts';
import { minute, type World } from './world.ts';

export interface Given {
  readonly id: string;
  readonly name: string;
  readonly channel: 'webhook' | 'pull' | 'file' | 'email';
  readonly key: string;
  readonly secrets: string;
  /** Where files are exchanged with it. */
  readonly drop: string;
}

export type End = 'executed' | 'refused' | 'not_found';

/** Whatever holds persons beside Socle. */
export interface Holder {
  readonly given: Given;
  readonly books: Books;
  /** All that is its own is put back as it was, and Socle told of it. */
  restore(): Promise<void>;
  stop(): Promise<void>;
}

/** Whom somebody holds, and what they did, in files: nothing is lost with a process, and no backup puts the audit back. */
export class Books {
  life = 1;
  /** A restoration that Socle has not taken yet. */
  isOwing = false;
  #backedUpAt = 0;
  readonly #folder: string;

  constructor(
    readonly world: World,
    readonly given: Given,
    readonly callSocle: CallSocle,
  ) {
    this.#folder = join(world.folder, given.name);
    mkdirSync(join(this.now, 'kept'), { recursive: true });
    writeFileSync(join(this.now, 'people.json'), '{}');
  }

  /** All that a backup holds. */
  get now(): string {
    return join(this.#folder, 'now');
  }

  get audit(): string {
    return join(this.#folder, 'audit');
  }

  knows(email: string): void {
    const { fate } = this.world;
    const name = `${this.given.name} ${this.world.short(email)}`;
    if (fate.isSo(`unknown ${name}`, 0.2)) return;
    this.#write({ ...this.people, [email]: { refuses: fate.isSo(`refuses ${name}`, 0.1) } });
  }

  get people(): People {
    return JSON.parse(readFileSync(join(this.now, 'people.json'), 'utf8'));
  }

  /** What it did, in all its lives. */
  get acts(): readonly Act[] {
    if (!existsSync(this.audit)) return [];
    return readFileSync(this.audit, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  }

  note(key: string, ref: string, was: Act['was']): void {
    const act: Act = { life: this.life, key, ref, was };
    appendFileSync(this.audit, `${JSON.stringify(act)}\n`);
  }

  erase(email: string): void {
    const { [email]: _, ...others } = this.people;
    this.#write(others);
  }

  /** What is true of this person under this order: an application knows them by a reference, people by their address. */
  truth(order: { readonly id: string; readonly key: string }, ref: string, email: string): End {
    if (this.people[email]?.refuses === true) return 'refused';
    const isDone = this.acts.some(
      ({ key, ref: whom, was }) =>
        (was === 'erased' || was === 'nobody_left') &&
        ((key === order.key && whom === ref) || (key === order.id && whom === email)),
    );
    return isDone ? 'executed' : 'not_found';
  }

  /** Called while nothing happens. */
  backUp(): void {
    this.#backedUpAt = this.world.timeline.now;
    cpSync(this.now, join(this.#folder, 'backup'), { recursive: true });
  }

  /** Puts all back as it was, and tells Socle until it has understood. */
  putBack(): void {
    const { world, given } = this;
    world.befalls(restored[given.channel], `${given.name} as of ${this.#backedUpAt}`);
    rmSync(this.now, { recursive: true });
    cpSync(join(this.#folder, 'backup'), this.now, { recursive: true });
    this.life += 1;
    this.isOwing = true;
    void this.#declare();
  }

  async #declare(): Promise<void> {
    const { world, given } = this;
    const call = {
      method: 'POST',
      path: '/api/v1/restorations',
      headers: { authorization: `Bearer ${given.key}`, 'idempotency-key': `${given.name}-restored-${world.fate.seed}` },
      body: JSON.stringify({ restoredTo: new Date(world.trueTime(this.#backedUpAt)).toISOString() }),
    };
    await world.timeline.sleep(world.fate.between(`tells of it ${given.name}`, 1_000, 10 * minute));
    while (!world.isOver) {
      const answer = await this.callSocle(`${given.name} restoration`, call);
      if (answer?.status === 201) {
        this.isOwing = false;
        return;
      }
      await world.timeline.sleep(2 * minute);
    }
  }

  #write(people: People): void {
    const aside = join(this.now, 'people.tmp');
    writeFileSync(aside, JSON.stringify(people));
    renameSync(aside, join(this.now, 'people.json'));
  }
}

const restored = {
  webhook: 'restored from a backup: by webhook',
  pull: 'restored from a backup: by pull',
  file: 'restored from a backup: by files',
  email: 'restored from a backup: by e-mail',
} as const;
