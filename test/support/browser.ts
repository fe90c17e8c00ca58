import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import type { Language } from '../../src/kernel/index.ts';

const usualPlaces = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/snap/bin/chromium'];

/** Where the browser is, or null: then tests that need it say so (see `requireOrSkip`). */
export function chromiumPath(): string | null {
  const given = process.env.SOCLE_CHROMIUM;
  if (given !== undefined && given !== '') return existsSync(given) ? given : null;
  return usualPlaces.find((path) => existsSync(path)) ?? null;
}

export const howToGetChromium = 'install the package chromium, or set SOCLE_CHROMIUM to its path';

export function openBrowser(): Promise<Browser> {
  const executablePath = chromiumPath();
  if (executablePath === null) throw new Error(`No Chromium: ${howToGetChromium}`);
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-proxy-server',
    ],
  });
}

export interface VisitOptions {
  readonly language?: Language;
  readonly theme?: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
  readonly withoutScript?: boolean;
  /** Cookies of somebody signed in, as `name=value` pairs. */
  readonly cookies?: Readonly<Record<string, string>>;
}

/** A page with what the browser complained of. */
export interface Visited {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors and warnings of the console, Content-Security-Policy violations included, and uncaught errors. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

export async function visit(browser: Browser, url: string, options: VisitOptions = {}): Promise<Visited> {
  const visited = await openTab(browser, url, options);
  const response = await visited.page.goto(url, { waitUntil: 'load' });
  if (response === null) throw new Error(`${url} did not answer`);
  return visited;
}

/** A tab that has gone nowhere yet. `url` is of the site whose cookies are given. */
export async function openTab(browser: Browser, url: string, options: VisitOptions): Promise<Visited> {
  const context = await browser.newContext({
    locale: options.language === 'en' ? 'en-GB' : 'fr-FR',
    colorScheme: options.theme ?? 'light',
    viewport: { width: options.width ?? 1280, height: options.height ?? 900 },
    javaScriptEnabled: options.withoutScript !== true,
    reducedMotion: 'reduce',
  });
  const { origin } = new URL(url);
  const cookies = Object.entries(options.cookies ?? {}).map(([name, value]) => ({ name, value, url: origin }));
  if (cookies.length > 0) await context.addCookies(cookies);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return { page, context, complaints, close: () => context.close() };
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core finds wrong by WCAG 2.2 A and AA, RGAA 4 and its own good practice: `rule: what (where)`. */
export async function axeFindings(page: Page): Promise<readonly string[]> {
  await page.evaluate('window.scrollTo(0, 0)');
  await page.evaluate(axeSource);
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'RGAAv4', 'best-practice'];
  const findings: unknown = await page.evaluate(
    `axe.run(document, { runOnly: ${JSON.stringify(tags)}, resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } }).then((result) =>
      result.violations.map((rule) => rule.id + ': ' + rule.help + ' (' + rule.nodes.map((node) => node.target.join(' ') + ' ' + (node.any[0]?.message ?? '')).join(' | ') + ')'))`,
  );
  if (!Array.isArray(findings)) throw new Error('axe-core gave no findings');
  return findings.map(String);
}

/** Elements that stick out of the window: at 320 px nothing may need a second direction of scrolling (WCAG 1.4.10). */
export async function overflowing(page: Page): Promise<readonly string[]> {
  const found: unknown = await page.evaluate(`(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > width + 1 && !element.closest('.scroll, pre, .tabs, .hidden, [popover]'))
      .map((element) => element.tagName.toLowerCase() + '.' + element.className)
      .slice(0, 5);
  })()`);
  return Array.isArray(found) ? found.map(String) : [];
}
