import { Books, type Given, type Holder } from './books.ts';
import type { CallSocle, HttpAnswer } from './call.ts';
import { nothing } from './network.ts';
import { minute, type World } from './world.ts';

/** Where a message about an order leads. */
interface Page {
  readonly path: string;
  readonly order: string;
  readonly who: string;
}

/**
 * People who carry orders out by hand, behind links that come by e-mail: they open the page, erase in their software, and answer
 * on the page. They forget, are interrupted, press the button twice, and what filters their mail opens links.
 */
export class Clerk implements Holder {
  readonly books: Books;

  constructor(
    readonly world: World,
    readonly given: Given,
    readonly callSocle: CallSocle,
  ) {
    this.books = new Books(world, given, callSocle);
  }

  async restore(): Promise<void> {
    this.books.putBack();
  }

  async stop(): Promise<void> {}

  /** A message is in a mailbox. */
  gets(to: string, title: string, text: string): void {
    const { world } = this;
    const [path] = /\/t\/\S+/.exec(text) ?? [];
    if (path === undefined) return;
    // The order that a link is about stands first in its token.
    const hex = path.split('/').at(-1)?.slice(0, 32) ?? '';
    const uuid = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    const who = to.split('@')[0] ?? to;
    const page = { path, order: uuid, who };
    const name = `${who} ${this.given.name}`;
    const isReminder = title.includes('Reminder');
    if (world.fate.next(`filter ${name}`) < 0.2) {
      world.befalls('link opened by a mail filter', name);
      void this.#open(page);
    }
    if (!isReminder && !world.isCalm() && world.fate.next(`forgets ${name}`) < 0.1) {
      world.befalls('mail forgotten until it is reminded', name);
      return;
    }
    void world.timeline
      .sleep(world.fate.between(`reads ${name} ${text.length}`, 2, 40) * minute)
      .then(() => this.#carryOut(page));
  }

  async #carryOut(page: Page): Promise<void> {
    const { world, given } = this;
    const chance = (what: string, probability: number): boolean =>
      !world.isCalm() && world.fate.next(`${what} ${page.who} ${given.name}`) < probability;
    for (;;) {
      const opened = await this.#open(page);
      if (world.isOver) return;
      if (opened === nothing || opened.status >= 500) {
        await world.timeline.sleep(10 * minute);
        continue;
      }
      if (opened.text.includes('/fresh"')) {
        await this.#send(page, `${page.path}/fresh`, opened, {});
        return;
      }
      if (!opened.text.includes('name="answer"')) return;
      const fields = this.#erase(page, opened.text);
      if (chance('goes home', 0.15)) {
        world.befalls('person went home between erasing and answering', page.who);
        await world.timeline.sleep(world.fate.between(`how long ${page.who}`, 30, 240) * minute);
        continue;
      }
      if (chance('twice', 0.2)) {
        world.befalls('form sent twice', page.who);
        void this.#send(page, page.path, opened, fields);
      }
      const sent = await this.#send(page, page.path, opened, fields);
      if (sent?.status === 303 || sent?.status === 409 || sent?.status === 404) return;
      if (sent?.status === 422) {
        world.broken.push(`the form of ${given.name} was refused: ${/<h1[\s\S]*?<\/p>/.exec(sent.text)?.[0]}`);
        return;
      }
      await world.timeline.sleep(5 * minute);
    }
  }

  /** Erases whom the page names, in their own software; answers with what to say of each. */
  #erase({ order }: Page, html: string): Readonly<Record<string, string>> {
    const { books } = this;
    const emails = [...new Set(html.match(/p\d+\.\d+@planted\.example\.org/g) ?? [])];
    const fields = emails.map((email, place) => {
      const known = books.people[email];
      if (known?.refuses === true) return { [`outcome_${place}`]: 'refused', [`reason_${place}`]: 'legal_duty' };
      if (known !== undefined) {
        books.note(order, email, 'erased');
        books.erase(email);
      }
      return { [`outcome_${place}`]: books.truth({ id: order, key: '' }, '', email) };
    });
    return Object.assign({ by: 'Nadia' }, ...fields);
  }

  #open({ path, who }: Page): Promise<HttpAnswer | null> {
    return this.callSocle(`${who} opens`, { method: 'GET', path, headers: {}, body: null });
  }

  #send(
    { who }: Page,
    path: string,
    opened: HttpAnswer,
    fields: Readonly<Record<string, string>>,
  ): Promise<HttpAnswer | null> {
    const hidden = [...opened.text.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
    const form = new URLSearchParams();
    for (const [, name = '', value = ''] of hidden) form.set(name, value);
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    const headers = {
      origin: 'https://socle.example.org',
      'content-type': 'application/x-www-form-urlencoded',
      cookie: opened.cookies.join('; '),
    };
    return this.callSocle(`${who} answers`, { method: 'POST', path, headers, body: form.toString() });
  }
}
