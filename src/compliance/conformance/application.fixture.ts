import { createHash, createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';

/** What an application may do wrong. */
export type Fault =
  | 'believes_anybody'
  | 'ignores_age'
  | 'breaks_on_forgery'
  | 'forgets_keys'
  | 'forgets_on_restart'
  | 'knows_by_person'
  | 'executed_whatever'
  | 'one_word_for_all'
  | 'never_again'
  | 'wrong_digest'
  | 'silent'
  | 'unplanted';

interface Person {
  readonly ref: string;
  readonly identities: readonly { readonly value: string }[];
}

interface Event {
  readonly id: string;
  readonly data: { readonly order: string; readonly key: string; readonly persons: readonly Person[] };
}

type Answer = Readonly<Record<string, unknown>>;

/** An application that somebody wrote by hand in an afternoon, with one mistake or none. */
export class Application {
  #server: Server | null = null;
  #kept = new Map<string, Answer>();
  readonly #people = new Set<string>();

  constructor(
    private readonly options: {
      readonly port: number;
      readonly secret: Buffer;
      readonly fault: Fault | null;
      readonly now: () => Date;
      readonly answer: (order: string, answer: Answer) => Promise<number>;
    },
  ) {}

  async start(): Promise<void> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString('utf8');
        const headers = new Map(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
        response.writeHead(this.#receive(headers, body)).end();
      });
    });
    await new Promise<void>((done) => server.listen(this.options.port, '127.0.0.1', done));
    this.#server = server;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    server?.closeAllConnections();
    await new Promise<void>((done) => (server === null ? done() : server.close(() => done())));
    if (this.#has('forgets_on_restart')) this.#kept = new Map();
  }

  #has(fault: Fault): boolean {
    return this.options.fault === fault;
  }

  #receive(headers: ReadonlyMap<string, string>, body: string): number {
    if (!this.#believes(headers, body)) return this.#has('breaks_on_forgery') ? 500 : 401;
    if (!body.includes('specversion')) return 400;
    const event: Event = JSON.parse(body);
    setTimeout(() => this.#work(event, body), 0);
    return 202;
  }

  #believes(headers: ReadonlyMap<string, string>, body: string): boolean {
    if (this.#has('believes_anybody')) return true;
    const [id, stamp, given] = ['id', 'timestamp', 'signature'].map((name) => headers.get(`webhook-${name}`) ?? '');
    const made = createHmac('sha256', this.options.secret).update(`${id}.${stamp}.${body}`).digest('base64');
    const isFresh = Math.abs(this.options.now().getTime() - Number(stamp) * 1_000) < 300_000;
    return given === `v1,${made}` && (isFresh || this.#has('ignores_age'));
  }

  #work(event: Event, body: string): void {
    if (this.#has('silent')) return;
    const key = this.#has('knows_by_person') ? event.data.persons.map((person) => person.ref).join() : event.data.key;
    const answer = this.#kept.get(key) ?? this.#erase(event, body);
    if (!this.#has('forgets_keys')) this.#kept.set(key, answer);
    void this.#send(event.data.order, answer);
  }

  #erase({ id, data }: Event, body: string): Answer {
    const outcomes = data.persons.map(({ ref, identities }) => {
      const value = identities[0]?.value ?? '';
      // A repeat finds nobody any more: planting is for the first time.
      if (value.includes('present-') && !this.#has('unplanted') && !this.#people.has(`${data.key} ${value}`)) {
        this.#people.add(`${data.key} ${value}`);
        return { ref, outcome: 'executed', counts: { identity: 1 } };
      }
      return { ref, outcome: this.#has('executed_whatever') ? 'executed' : 'not_found' };
    });
    const [first] = outcomes;
    const outcome = outcomes.some((each) => each.outcome === 'executed') ? 'executed' : 'not_found';
    const digest = createHash('sha256')
      .update(this.#has('wrong_digest') ? id : body)
      .digest('hex');
    const at = this.options.now().toISOString();
    const whole = { order: data.order, digest: `sha256:${digest}`, outcome, at, by: 'afternoon 1' };
    return this.#has('one_word_for_all')
      ? { ...whole, persons: first === undefined ? [] : [first] }
      : { ...whole, persons: outcomes };
  }

  async #send(order: string, answer: Answer): Promise<void> {
    for (let attempt = 0; attempt < 20 && this.#server !== null; attempt += 1) {
      const status = await this.options.answer(order, answer);
      if (status < 500 || this.#has('never_again')) return;
      await new Promise((done) => setTimeout(done, 100));
    }
  }
}
