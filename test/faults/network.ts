import { type CallAnswer, type CallOptions, HttpCaller, networks } from '../../src/channels/index.ts';
import { Refusal } from '../../src/kernel/index.ts';
import type { Fate } from './fate.ts';
import { never, type Timeline } from './timeline.ts';

/** What the network does with one message and its answer. */
const weather = { passes: 62, request_lost: 8, answer_lost: 9, repeated: 9, late: 8, refused: 4 } as const;
type Weather = keyof typeof weather;

const socleGivesUpMs = 10_000;
const applicationGivesUpMs = 20_000;

/** A message: where it goes in the world's words (which order, to whom), and what hands it over. */
interface Message<Answer> {
  readonly name: string;
  readonly arrive: () => Promise<Answer>;
  readonly givesUpMs: number;
  /** How the sender learns that no answer came. */
  readonly lost: () => Error;
  readonly busy: () => Answer;
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

  async carry<Answer>(message: Message<Answer>): Promise<Answer> {
    const { fate, timeline } = this;
    const count = Math.floor(fate.next(`place ${message.name}`) * 1e9);
    const name = `${message.name} ${count}`;
    const what = timeline.now < this.calmAt ? fate.pick(`weather ${name}`, weather) : 'passes';
    if (what !== 'passes') this.told.push(`${timeline.now} ${message.name}: ${what}`);
    const delay = (which: string, most: number) => timeline.sleep(fate.between(`${which} ${name}`, 1, most));
    switch (what satisfies Weather) {
      case 'request_lost':
        await timeline.sleep(message.givesUpMs);
        throw message.lost();
      case 'refused':
        await delay('there', 500);
        return message.busy();
      case 'late':
        this.#later(fate.between(`late ${name}`, message.givesUpMs, message.longestMs), message);
        await timeline.sleep(message.givesUpMs);
        throw message.lost();
      case 'answer_lost':
        await delay('there', 2_000);
        this.#later(0, message);
        await timeline.sleep(message.givesUpMs);
        throw message.lost();
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
    const answered = message.arrive().then((answer) => ({ answer }));
    const tooLate = timeline.sleep(message.givesUpMs).then(() => null);
    const first = await Promise.race([answered, tooLate]);
    if (first === null) throw message.lost();
    await delay('back', 1_000);
    return first.answer;
  }

  #later(ms: number, { arrive }: Message<unknown>): void {
    this.#underway += 1;
    const arrived = this.timeline.sleep(ms).then(arrive);
    arrived
      .catch(() => undefined)
      .finally(() => {
        this.#underway -= 1;
      });
  }
}

/** Where a webhook arrives; null when nobody listens. */
export type Receiver = (headers: Readonly<Record<string, string>>, body: Buffer) => Promise<number>;

/** Socle's own caller, on that network instead of on sockets. */
export class CallerOnNetwork extends HttpCaller {
  constructor(
    private readonly world: () => { network: Network; nameOf(body: Buffer): string; receiver(url: string): Receiver },
  ) {
    super(networks([]));
  }

  override async post(address: string, { headers, body }: CallOptions): Promise<CallAnswer> {
    const { network, nameOf, receiver } = this.world();
    const answer = (status: number): CallAnswer => ({ status, headers: {}, body: Buffer.alloc(0), isCut: false });
    return network.timeline.outside(() =>
      network.carry({
        name: `order ${nameOf(body)}`,
        arrive: async () => answer(await receiver(address)(headers, body)),
        givesUpMs: socleGivesUpMs,
        lost: () => unreached(),
        busy: () => answer(503),
        longestMs: 3_600_000,
      }),
    );
  }
}

export function unreached(): Refusal {
  return new Refusal('http.timeout', 503, { fr: 'Personne n’a répondu à temps.', en: 'Nobody answered in time.' });
}

/** The applications' `fetch`, on that network. A process that died meanwhile never hears the answer. */
export function fetchOnNetwork(
  network: Network,
  name: string,
  arrive: () => Promise<Response>,
  isDead: () => boolean,
): Promise<Response> {
  if (isDead()) return never();
  const lost = () => new TypeError('fetch failed');
  const carried = network.carry({
    name,
    arrive,
    givesUpMs: applicationGivesUpMs,
    lost,
    busy: () => new Response('', { status: 503 }),
    longestMs: 1_800_000,
  });
  return carried.then(
    (answer) => (isDead() ? never<Response>() : answer.clone()),
    (error) => (isDead() ? never<Response>() : Promise.reject(error)),
  );
}
