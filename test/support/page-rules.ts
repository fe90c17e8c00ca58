import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, type expect, it } from 'vitest';
import { axeFindings, chromiumPath, howToGetChromium, openBrowser, overflowing, visit } from './browser.ts';
import { ecoIndex } from './eco-index.ts';
import { keyboardWalk } from './keyboard.ts';
import { requireOrSkip } from './require.ts';
import { type Tab, TabPool } from './tabs.ts';

/** From the page whose route is `from`: its first link that matches, or the address below its own. */
export type Way = { readonly from: string; readonly link: string } | { readonly from: string; readonly below: string };

/** One kind of page, at its default size. */
export interface PageKind {
  /** The route as it is mounted: `/requests/:id`. A route without its page kind fails the coverage test. */
  readonly route: string;
  /** An address of that kind in the site under test, or how to find one from another page of the list. */
  readonly path: string | Way;
  /** Seen by somebody who isn't signed in. */
  readonly isPublic?: boolean;
}

export interface SiteUnderTest {
  readonly origin: string;
  /** Cookies of somebody who may see all pages under test. */
  readonly cookies?: Readonly<Record<string, string>>;
  /** Addresses that only the site knows, by route: a link printed at the start or sent by a letter. */
  readonly addresses?: Readonly<Record<string, string>>;
}

/**
 * The mounted pages that no page kind stands for: the list of page kinds can't shrink below the routes.
 * `exempt` gives, by route, the reason why it isn't a page to look at (a download, a redirection).
 */
export function missingPageKinds(
  routes: readonly { readonly method: string; readonly kind: string; readonly path: string }[],
  kinds: readonly PageKind[],
  exempt: Readonly<Record<string, string>> = {},
): readonly string[] {
  const known = new Set([...kinds.map((kind) => kind.route), ...Object.keys(exempt)]);
  const pages = routes.filter((route) => route.kind === 'page' && route.method === 'GET');
  return pages.map((route) => route.path).filter((path) => !known.has(path));
}

/**
 * Holds every rule of the interface on every kind of page, in Chromium:
 * light in elements and bytes, silent console, WCAG 2.2 AA in both languages and themes, no sideways scrolling at
 * 320 px nor at 200 % zoom, a keyboard that goes everywhere and is seen, and a page that stands without script.
 *
 * A page is loaded three times, in tabs that are kept for the next page: French, light and wide; English, dark and narrow;
 * without script. Each load is asked all that it can answer: axe is what takes the time, so that it runs once a load. That
 * covers both languages, both themes and both widths; what depends on two of them at once (a contrast that fails
 * in dark French only) has no way to happen here, where colours come from tokens that know no language.
 */
export function describePageRules(
  title: string,
  pages: readonly PageKind[],
  open: () => Promise<SiteUnderTest & { close?(): Promise<void> }>,
): void {
  const canRun = requireOrSkip('Chromium', chromiumPath() !== null, howToGetChromium);
  describe.skipIf(!canRun)(title, () => {
    let browser: Browser;
    let site: SiteUnderTest & { close?(): Promise<void> };
    let tabs: Readonly<Record<Look, TabPool>>;
    beforeAll(async () => {
      site = await open();
      browser = await openBrowser();
      tabs = {
        wide: new TabPool(browser, { language: 'fr', theme: 'light' }),
        narrow: new TabPool(browser, { language: 'en', theme: 'dark', width: 320 }),
        scriptless: new TabPool(browser, { language: 'fr', withoutScript: true }),
      };
    });
    afterAll(async () => {
      await browser?.close();
      await site?.close?.();
    });
    const found = new Map<PageKind, Promise<string>>();
    const addressOf = (kind: PageKind): Promise<string> => {
      const known = found.get(kind) ?? findAddress(kind);
      found.set(kind, known);
      return known;
    };
    const findAddress = async ({ route, path }: PageKind): Promise<string> => {
      const given = site.addresses?.[route];
      if (given !== undefined) return given;
      if (typeof path === 'string') return `${site.origin}${path}`;
      const from = pages.find((page) => page.route === path.from);
      if (from === undefined) throw new Error(`${route} starts from a page that isn't listed`);
      const start = await addressOf(from);
      return 'below' in path ? start + path.below : linkOn(browser, site, start, path.link);
    };
    const see = async (page: PageKind, look: Look, check: (tab: Tab) => Promise<void>): Promise<void> => {
      const address = await addressOf(page);
      await tabs[look].use(address, page.isPublic ? {} : (site.cookies ?? {}), check);
    };

    // At the same time: most of a test is the browser's waiting.
    describe.concurrent.each(pages)('$route', (page) => {
      it('is light, silent, goes by keyboard alone and can be used by everyone', async ({ expect }) => {
        await see(page, 'wide', async (tab) => {
          await isLight(tab, site.origin, expect);
          await isUsable(tab, 'fr', expect);
          const stops = await keyboardWalk(tab.page);
          expect.soft(stops.length).toBeGreaterThan(0);
          const unseen = stops.filter((stop) => !stop.isShown || !stop.isInSight).map((stop) => stop.name);
          expect.soft(unseen, 'focus out of sight').toEqual([]);
          await fits(tab, [640, 320], expect);
        });
      });

      it('is so in English, in the dark and at 320 px', async ({ expect }) => {
        await see(page, 'narrow', async (tab) => {
          await isUsable(tab, 'en', expect);
          await fits(tab, [320, 640], expect);
          expect.soft(tab.complaints()).toEqual([]);
        });
      });

      it('stands without script', async ({ expect }) => {
        await see(page, 'scriptless', async (tab) => {
          expect.soft(await tab.page.locator('h1').count()).toBe(1);
          expect.soft((await tab.page.locator('main').innerText()).trim()).not.toBe('');
          expect.soft(tab.complaints()).toEqual([]);
        });
      });
    });
  });
}

/** How a page is looked at. */
type Look = 'wide' | 'narrow' | 'scriptless';

/** Of the test at hand: tests that run at the same time each have their own. */
type Expect = typeof expect;

/** EcoIndex A, at most 100 kB, 8 requests and one host, with a silent console. */
async function isLight(tab: Tab, origin: string, expecting: Expect): Promise<void> {
  const weight = await tab.weigh();
  expecting.soft(tab.complaints()).toEqual([]);
  expecting.soft(tab.hosts()).toEqual([new URL(origin).host]);
  expecting.soft(weight.requests, 'requests').toBeLessThanOrEqual(8);
  expecting.soft(weight.kilobytes, 'kB').toBeLessThanOrEqual(100);
  expecting.soft(ecoIndex(weight), `${weight.domElements} elements`).toBeGreaterThanOrEqual(81);
}

/** WCAG 2.2 AA and RGAA. */
async function isUsable(tab: Tab, language: string, expecting: Expect): Promise<void> {
  expecting.soft(await tab.page.getAttribute('html', 'lang')).toBe(language);
  expecting.soft(await axeFindings(tab.page), 'axe').toEqual([]);
}

/** Nothing sticks out: 640 px is 1280 at 200 % zoom. The tab gets its width back. */
async function fits(tab: Tab, widths: readonly number[], expecting: Expect): Promise<void> {
  const usual = tab.page.viewportSize();
  for (const width of widths) {
    await tab.page.setViewportSize({ width, height: 900 });
    expecting.soft(await overflowing(tab.page), `${width} px`).toEqual([]);
  }
  if (usual !== null) await tab.page.setViewportSize(usual);
}

/** Follows the first link that matches, as somebody would: a page that can't be reached isn't found. */
async function linkOn(browser: Browser, site: SiteUnderTest, address: string, link: string): Promise<string> {
  const visited = await visit(browser, address, { cookies: { ...site.cookies } });
  const href = await visited.page.locator(link).first().getAttribute('href', { timeout: 5_000 });
  await visited.close();
  return new URL(href ?? '/', site.origin).href;
}

/** The cookies of who is signed in there. */
export async function cookiesOf(context: BrowserContext): Promise<Readonly<Record<string, string>>> {
  const cookies = await context.cookies();
  return Object.fromEntries(cookies.map((cookie) => [cookie.name, cookie.value]));
}
