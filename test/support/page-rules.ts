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

/** One kind of page, at its default size. */
export interface PageKind {
  /** The route as it is mounted: `/requests/:id`. A route without its page kind fails the coverage test. */
  readonly route: string;
  /** An address of that kind that exists in the site under test. */
  readonly path: string;
}

export interface SiteUnderTest {
  readonly origin: string;
  /** Cookies of somebody who may see all pages under test. */
  readonly cookies?: Readonly<Record<string, string>>;
}

/** The mounted pages that no page kind stands for: the list of page kinds can't shrink below the routes. */
export function missingPageKinds(
  routes: readonly { readonly method: string; readonly kind: string; readonly path: string }[],
  kinds: readonly PageKind[],
): readonly string[] {
  const known = new Set(kinds.map((kind) => kind.route));
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
    const see = (page: PageKind, options: VisitOptions = {}) =>
      visit(browser, `${site.origin}${page.path}`, {
        ...options,
        cookies: { ...site.cookies, socle_language: options.language ?? 'fr' },
      });

    describe.each(pages)('$route', (page) => {
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
          for (const theme of ['light', 'dark'] as const) {
            const visited = await see(page, { language, theme });
            expect(await visited.page.getAttribute('html', 'lang')).toBe(language);
            expect(await axeFindings(visited.page), `${language}, ${theme}`).toEqual([]);
            await visited.close();
          }
        }
      });

      it('fits: nothing sticks out at 320 px nor at 200 % zoom', async () => {
        for (const width of [320, 640]) {
          const visited = await see(page, { width });
          expect(await overflowing(visited.page), `${width} px`).toEqual([]);
          if (width === 320) expect(await axeFindings(visited.page)).toEqual([]);
          await visited.close();
        }
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
