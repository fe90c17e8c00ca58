import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { languages } from '../../src/kernel/index.ts';
import {
  axeFindings,
  chromiumPath,
  howToGetChromium,
  openBrowser,
  overflowing,
  type VisitOptions,
  visit,
} from './browser.ts';
import { ecoIndex } from './eco-index.ts';
import { keyboardWalk } from './keyboard.ts';
import { requireOrSkip } from './require.ts';

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
    beforeAll(async () => {
      site = await open();
      browser = await openBrowser();
    });
    afterAll(async () => {
      await browser?.close();
      await site?.close?.();
    });
    const found = new Map<string, string>();
    const addressOf = async (kind: PageKind): Promise<string> => {
      const given = site.addresses?.[kind.route] ?? found.get(kind.route);
      if (given !== undefined) return given;
      const { path } = kind;
      if (typeof path === 'string') return `${site.origin}${path}`;
      const from = pages.find((page) => page.route === path.from);
      if (from === undefined) throw new Error(`${kind.route} starts from a page that isn't listed`);
      const start = await addressOf(from);
      const address = 'below' in path ? start + path.below : await linkOn(browser, site, start, path.link);
      found.set(kind.route, address);
      return address;
    };
    const see = async (page: PageKind, options: VisitOptions = {}) =>
      visit(browser, await addressOf(page), {
        ...options,
        cookies: { ...(page.isPublic ? {} : site.cookies), socle_language: options.language ?? 'fr' },
      });

    // At the same time: most of a test is the browser's waiting.
    describe.concurrent.each(pages)('$route', (page) => {
      it('is light: EcoIndex A, at most 100 kB, 8 requests and one host, with a silent console', async () => {
        const visited = await see(page);
        const weight = await visited.weigh();
        expect(visited.complaints).toEqual([]);
        expect(visited.hosts()).toEqual([new URL(site.origin).host]);
        expect(weight.requests).toBeLessThanOrEqual(8);
        expect(weight.kilobytes).toBeLessThanOrEqual(100);
        expect(ecoIndex(weight), `${weight.domElements} elements`).toBeGreaterThanOrEqual(81);
        await visited.close();
      });

      it('can be used by everyone: WCAG 2.2 AA and RGAA, in both languages and both themes', async () => {
        for (const language of languages) {
          const visited = await see(page, { language, theme: 'light' });
          expect(await visited.page.getAttribute('html', 'lang')).toBe(language);
          for (const colorScheme of ['light', 'dark'] as const) {
            await visited.page.emulateMedia({ colorScheme });
            expect(await axeFindings(visited.page), `${language}, ${colorScheme}`).toEqual([]);
          }
          await visited.close();
        }
      });

      it('fits: nothing sticks out at 320 px nor at 200 % zoom', async () => {
        const visited = await see(page, { width: 320 });
        expect(await overflowing(visited.page), '320 px').toEqual([]);
        expect(await axeFindings(visited.page)).toEqual([]);
        await visited.page.setViewportSize({ width: 640, height: 450 });
        expect(await overflowing(visited.page), '640 px').toEqual([]);
        await visited.close();
      });

      it('goes by keyboard alone: no trap, focus always seen', async () => {
        const visited = await see(page, { height: 700 });
        const stops = await keyboardWalk(visited.page);
        expect(stops.length).toBeGreaterThan(0);
        expect(stops.filter((stop) => !stop.isShown || !stop.isInSight).map((stop) => stop.name)).toEqual([]);
        await visited.close();
      });

      it('stands without script', async () => {
        const visited = await see(page, { withoutScript: true });
        expect(await visited.page.locator('h1').count()).toBe(1);
        expect((await visited.page.locator('main').innerText()).trim()).not.toBe('');
        expect(visited.complaints).toEqual([]);
        await visited.close();
      });
    });
  });
}

/** Follows the first link that matches, as somebody would: a page that can't be reached isn't found. */
async function linkOn(browser: Browser, site: SiteUnderTest, address: string, link: string): Promise<string> {
  const visited = await visit(browser, address, { cookies: { ...site.cookies } });
  const href = await visited.page.locator(link).first().getAttribute('href', { timeout: 5_000 });
  await visited.close();
  return new URL(href ?? '/', site.origin).href;
}

/** Signs in as people do, and gives the cookies of the session. */
export async function signIn(
  origin: string,
  email: string,
  password: string,
): Promise<Readonly<Record<string, string>>> {
  const browser = await openBrowser();
  try {
    const visited = await visit(browser, `${origin}/sign-in`);
    await visited.page.fill('[name=email]', email);
    await visited.page.fill('[name=password]', password);
    await visited.page.click('main button[type=submit]');
    await visited.page.waitForURL((url) => url.pathname !== '/sign-in');
    const cookies = await visited.context.cookies();
    return Object.fromEntries(cookies.map((cookie) => [cookie.name, cookie.value]));
  } finally {
    await browser.close();
  }
}
