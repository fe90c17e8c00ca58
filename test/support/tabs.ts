import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openTab, type VisitOptions } from './browser.ts';
import type { Weight } from './eco-index.ts';

/** A tab that goes from page to page, each loaded as if for the first time, with what the browser saw of the last one. */
export interface Tab {
  readonly page: Page;
  /** Errors and warnings of the console, Content-Security-Policy violations included, and uncaught errors. */
  complaints(): readonly string[];
  /** After a scroll to the end, so that what loads late counts. */
  weigh(): Promise<Weight>;
  hosts(): readonly string[];
}

type Cookies = Readonly<Record<string, string>>;

/**
 * Tabs of one look, kept between pages: a new one costs a process. Who is signed in and who isn't never share one; the
 * cache is off, so that each page weighs what it weighs to a first visitor.
 */
export class TabPool {
  readonly #browser: Browser;
  readonly #look: VisitOptions;
  readonly #free = new Map<string, KeptTab[]>();

  constructor(browser: Browser, look: VisitOptions) {
    this.#browser = browser;
    this.#look = look;
  }

  /** Shows an address in a free tab, or in a new one. A check that throws loses its tab. */
  async use(address: string, cookies: Cookies, check: (tab: Tab) => Promise<void>): Promise<void> {
    const key = JSON.stringify(cookies);
    const free = this.#free.get(key) ?? [];
    this.#free.set(key, free);
    const given = { ...cookies, socle_language: this.#look.language ?? 'fr' };
    const tab = free.pop() ?? (await KeptTab.open(this.#browser, address, { ...this.#look, cookies: given }));
    try {
      await tab.show(address);
      await check(tab);
      free.push(tab);
    } catch (error) {
      await tab.context.close();
      throw error;
    }
  }
}

class KeptTab implements Tab {
  /** The load at hand, by the browser's own name for it: what an earlier page still had under way isn't its weight. */
  #loader = '';
  readonly #urls = new Map<string, string>();
  #bytes = 0;
  #complaintsBefore = 0;

  private constructor(
    readonly page: Page,
    readonly context: BrowserContext,
    private readonly seen: readonly string[],
  ) {}

  static async open(browser: Browser, address: string, options: VisitOptions): Promise<KeptTab> {
    const { page, context, complaints } = await openTab(browser, address, options);
    const tab = new KeptTab(page, context, complaints);
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Network.setCacheDisabled', { cacheDisabled: true });
    session.on('Network.requestWillBeSent', ({ request, requestId, loaderId }) => {
      if (requestId === loaderId) tab.#begin(loaderId);
      if (loaderId === tab.#loader && !request.url.startsWith('data:')) tab.#urls.set(requestId, request.url);
    });
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      if (tab.#urls.has(requestId)) tab.#bytes += encodedDataLength;
    });
    return tab;
  }

  #begin(loader: string): void {
    this.#loader = loader;
    this.#urls.clear();
    this.#bytes = 0;
  }

  async show(address: string): Promise<void> {
    this.#complaintsBefore = this.seen.length;
    const response = await this.page.goto(address, { waitUntil: 'load' });
    if (response === null) throw new Error(`${address} did not answer`);
  }

  complaints(): readonly string[] {
    return this.seen.slice(this.#complaintsBefore);
  }

  async weigh(): Promise<Weight> {
    await this.page.evaluate('window.scrollTo(0, document.body.scrollHeight)');
    await this.page.waitForTimeout(150);
    const count = "document.querySelectorAll('*').length - document.querySelectorAll('svg *').length";
    return {
      domElements: Number(await this.page.evaluate(count)),
      requests: this.#urls.size,
      kilobytes: this.#bytes / 1000,
    };
  }

  hosts(): readonly string[] {
    return [...new Set([...this.#urls.values()].map((address) => new URL(address).host))];
  }
}
