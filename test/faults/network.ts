import { Died } from './child.ts';
import type { Fate } from './fate.ts';
import type { Timeline } from './timeline.ts';

/** What the network does with one message and its answer. */
const weather = { passes: 62, request_lost: 8, answer_lost: 9, repeated: 9, late: 8, refused: 4 } as const;
type Weather = keyof typeof weather;

/** No answer came, for whatever reason. */
export const nothing = null;

/** A message: where it goes in the world's words (which order, to whom), and what hands it over. */
interface Message<Answer> {
  readonly name: string;
  readonly arrive: () => Promise<Answer>;
  /** After so long without an answer its sender gives up. */
  readonly givesUpMs: number;
  readonly busy: Answer;
  /** How much later a repeat may come. */
  readonly longestMs: number;
}

/** The network between Socle and its applications. Until `calmAt`, it loses, repeats, delays and reorders. */
export class Network {
  /** What it did, in words: printed with a failing seed. */
  readonly told: string[] = [];
  #underway = 0;

  constructor(
    readonly fate: Fate,
    readonly timeline: Timeline,
    readonly calmAt: number,
  ) {}

  /** Messages that may still arrive. */
  get underway(): number {
    return this.#underway;
  }

  /** Null: no answer came in time. What arrives nowhere (a process that is dead, or dies over it) is a connection that is cut. */
  async carry<Answer>(message: Message<Answer>): Promise<Answer | null> {
    const { fate, timeline } = this;
    const count = Math.floor(fate.next(`place ${message.name}`) * 1e9);
    const name = `${message.name} ${count}`;
    const what = timeline.now < this.calmAt ? fate.pick(`weather ${name}`, weather) : 'passes';
    if (what !== 'passes') this.told.push(`${timeline.now} ${message.name}: ${what}`);
    const delay = (which: string, most: number) => timeline.sleep(fate.between(`${which} ${name}`, 1, most));
    switch (what satisfies Weather) {
      case 'request_lost':
        await timeline.sleep(message.givesUpMs);
        return nothing;
      case 'refused':
        await delay('there', 500);
        return message.busy;
      case 'late':
        this.#later(fate.between(`late ${name}`, message.givesUpMs, message.longestMs), message);
        await timeline.sleep(message.givesUpMs);
        return nothing;
      case 'answer_lost':
        await delay('there', 2_000);
        this.#later(0, message);
        await timeline.sleep(message.givesUpMs);
        return nothing;
      case 'repeated':
        // At the very same moment, or much later, when the first is long forgotten.
        this.#later(
          fate.isSo(`together ${name}`, 0.3) ? 0 : fate.between(`later ${name}`, 1, message.longestMs),
          message,
        );
        break;
      case 'passes':
        await delay('there', 2_000);
    }
    this.#underway += 1;
    const answered = message
      .arrive()
      .catch(cut)
      .finally(() => {
        this.#underway -= 1;
      });
    const tooLate = timeline.sleep(message.givesUpMs).then(() => nothing);
    const first = await Promise.race([answered, tooLate]);
    if (first === nothing) return nothing;
    await delay('back', 1_000);
    return first;
  }

  #later(ms: number, { arrive }: Message<unknown>): void {
    this.#underway += 1;
    const arrived = this.timeline.sleep(ms).then(arrive);
    arrived.catch(cut).finally(() => {
      this.#underway -= 1;
    });
  }
}

function cut(error: unknown): null {
  if (error instanceof Died) return nothing;
  throw error;
}
