import { Died } from './child.ts';
import type { World } from './world.ts';

/** What the network does with one message and its answer. */
const weather = { passes: 62, request_lost: 8, answer_lost: 9, repeated: 9, late: 8, refused: 4 } as const;
type Weather = keyof typeof weather;
const faultOf = {
  request_lost: 'message lost',
  answer_lost: 'answer lost',
  repeated: 'message repeated',
  late: 'message late',
  refused: 'message refused (503)',
} as const;

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
  #underway = 0;
  #sent = 0;
  #lastArrived = 0;

  constructor(readonly world: World) {}

  /** Messages that may still arrive. */
  get underway(): number {
    return this.#underway;
  }

  /** Null: no answer came in time. What arrives nowhere (a process that is dead, or dies over it) is a connection that is cut. */
  async carry<Answer>(given: Message<Answer>): Promise<Answer | null> {
    const { world } = this;
    const { fate, timeline } = world;
    const message = { ...given, arrive: this.#numbered(given) };
    const count = Math.floor(fate.next(`place ${message.name}`) * 1e9);
    const name = `${message.name} ${count}`;
    const what = world.isCalm() ? 'passes' : fate.pick(`weather ${name}`, weather);
    if (what !== 'passes') world.befalls(faultOf[what], message.name);
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

  /** Tells when it arrives after what was sent later. */
  #numbered<Answer>({ name, arrive }: Message<Answer>): () => Promise<Answer> {
    this.#sent += 1;
    const number = this.#sent;
    return () => {
      if (number < this.#lastArrived) this.world.befalls('message overtaken by a later one', name);
      this.#lastArrived = Math.max(this.#lastArrived, number);
      return arrive();
    };
  }

  #later(ms: number, { arrive }: Message<unknown>): void {
    this.#underway += 1;
    const arrived = this.world.timeline.sleep(ms).then(arrive);
    arrived.catch(cut).finally(() => {
      this.#underway -= 1;
    });
  }
}

function cut(error: unknown): null {
  if (error instanceof Died) return nothing;
  throw error;
}
