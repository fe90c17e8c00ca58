/** Calls of one lane that wait for their turn. */
interface Waiting<Call, Answer> {
  readonly call: Call;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

export interface TogetherOptions<Call, Answer> {
  /** Calls in one group, at most. */
  readonly most: number;
  /** Two calls of the same name are never in one group: the second sees what the first did. */
  nameOf(call: Call): string;
  /** Does a group in one transaction and answers in its order. When it throws, nothing of the group was done. */
  run(calls: readonly Call[]): Promise<readonly Answer[]>;
}

/**
 * Group commit. Calls that come while others are being written are written together next: a burst costs one commit and a
 * few statements, not as many as there are calls. Nobody waits for company: a call that is alone runs alone. Each is answered
 * after the commit that holds its effect, and not before. When a group fails, each of its calls is done by itself: one
 * that is refused takes no other with it.
 */
export class Together<Call, Answer> {
  readonly #options: TogetherOptions<Call, Answer>;
  readonly #lanes = new Map<string, Waiting<Call, Answer>[]>();

  constructor(options: TogetherOptions<Call, Answer>) {
    this.#options = options;
  }

  /** `lane`: calls of one lane may be written together (one organisation, one actor). */
  do(lane: string, call: Call): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const waiting = this.#lanes.get(lane);
      if (waiting !== undefined) return void waiting.push({ call, resolve, reject });
      this.#lanes.set(lane, [{ call, resolve, reject }]);
      // What comes in the same turn of the event loop goes together.
      setImmediate(() => this.#drain(lane));
    });
  }

  async #drain(lane: string): Promise<void> {
    for (;;) {
      const group = this.#take(lane);
      if (group.length === 0) break;
      await this.#runGroup(group);
    }
    this.#lanes.delete(lane);
  }

  #take(lane: string): readonly Waiting<Call, Answer>[] {
    const waiting = this.#lanes.get(lane) ?? [];
    const named = new Map<string, Waiting<Call, Answer>>();
    const later: Waiting<Call, Answer>[] = [];
    for (const one of waiting) {
      const name = this.#options.nameOf(one.call);
      if (named.size < this.#options.most && !named.has(name)) named.set(name, one);
      else later.push(one);
    }
    waiting.splice(0, waiting.length, ...later);
    return [...named.values()];
  }

  async #runGroup(group: readonly Waiting<Call, Answer>[]): Promise<void> {
    try {
      const answers = await this.#options.run(group.map(({ call }) => call));
      if (answers.length !== group.length) throw new Error('a group answers each of its calls');
      for (const [place, answer] of answers.entries()) group[place]?.resolve(answer);
    } catch (error) {
      if (group.length === 1) return group[0]?.reject(error);
      await Promise.all(group.map((one) => this.#runGroup([one])));
    }
  }
}
