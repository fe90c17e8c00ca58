import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { projectRoot } from '../../src/kernel/index.ts';
import { chromiumPath, openBrowser } from '../support/browser.ts';
import { openProduct, type Product } from '../support/product.ts';
import { requireOrSkip } from '../support/require.ts';

/** A request of erasure from the DPO's morning to the verified evidence file, as a person does it in a browser. */
const isHere = requireOrSkip('Chromium', chromiumPath() !== null, 'install chromium, or set SOCLE_CHROMIUM');
const run = promisify(execFile);
/** The picture's sentence, once nobody is awaited. */
const everyoneAnswered = /Les 5 applications ont effacé/;

describe.runIf(isHere)('a request of erasure, from its opening to its proof', () => {
  let product: Product;
  let browser: Browser;
  let folder: string;

  beforeAll(async () => {
    product = await openProduct('retailer');
    browser = await openBrowser();
    folder = await mkdtemp(join(tmpdir(), 'socle-journey-'));
  });

  afterAll(async () => {
    await browser.close();
    await product.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function signedIn(javaScriptEnabled: boolean): Promise<Page> {
    const context = await browser.newContext({ locale: 'fr-FR', javaScriptEnabled, acceptDownloads: true });
    const page = await context.newPage();
    await page.goto(`${product.origin}/sign-in`);
    await page.fill('[name=email]', product.email);
    await page.fill('[name=password]', product.password);
    await page.click('main button[type=submit]');
    await page.waitForURL(`${product.origin}/`);
    return page;
  }

  const press = async (page: Page, name: RegExp): Promise<void> => {
    await page.getByRole('main').getByRole('button', { name }).first().click();
    await page.waitForLoadState();
  };

  /** Opens the request of that number and takes it to running orders. */
  async function start(page: Page, number: string): Promise<void> {
    await page.getByRole('main').getByRole('link', { name: number }).first().click();
    await press(page, /^Qualifier/);
    await page
      .getByRole('main')
      .getByRole('link', { name: /Établir l’identité/ })
      .first()
      .click();
    await page.getByText('Réponse par un canal connu').click();
    await press(page, /Constater l’identité/);
    await press(page, /Arrêter le plan/);
    await press(page, /Lancer l’exécution/);
  }

  /** Live, the page says when the answer can be read; a partial one can be written before. */
  async function readAnswer(page: Page): Promise<void> {
    const name = /Relire la réponse|Rédiger une réponse partielle/;
    await page.getByRole('main').getByRole('link', { name }).first().click();
    await page.getByRole('main').locator('textarea').first().waitFor();
  }

  /** Without script, a person reloads the page; with it, the page follows by itself. */
  async function untilSeen(page: Page, words: RegExp, reloads: boolean): Promise<void> {
    for (let tries = 0; tries < 120; tries += 1) {
      if (words.test(await page.getByRole('main').innerText())) return;
      if (reloads) await page.reload();
      await page.waitForTimeout(250);
    }
    throw new Error(`never seen: ${words}`);
  }

  test('found five times: outcomes arrive by themselves, a person’s too, the answer leaves, the evidence holds offline', {
    timeout: 150_000,
  }, async () => {
    const page = await signedIn(true);
    await start(page, 'DR-2026-00001');
    await untilSeen(page, everyoneAnswered, false);
    await readAnswer(page);
    // Camille's invoices keep her name under the Commercial Code: the answer is partial, and says why.
    expect(await page.getByRole('main').locator('textarea').first().inputValue()).toMatch(/L123-22/);
    await press(page, /Envoyer/);
    await untilSeen(page, /Demande close|Close\s*,\s*fait|clos/i, true);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: /Dossier de preuve/ }).click(),
    ]);
    const file = join(folder, 'evidence.zip');
    await download.saveAs(file);
    const verified = await run(process.execPath, [join(projectRoot, 'sdk/verify/verify.mjs'), file]);
    expect(verified.stdout).toMatch(/unconfirmed/i);
  });

  test('found nowhere: each application says so, the answer too, without script', {
    timeout: 150_000,
  }, async () => {
    const page = await signedIn(false);
    await start(page, 'DR-2026-00003');
    // By the history, whatever their turn: in the grid, the one that is done could be read twice.
    for (const name of ['shop', 'loyalty', 'newsletter', 'customer service']) {
      await untilSeen(page, new RegExp(`${name}\\s: personne introuvable`, 'i'), true);
    }
    await readAnswer(page);
    expect(await page.getByRole('main').locator('textarea').first().inputValue()).toMatch(/aucune|pas trouvé/i);
    await press(page, /Envoyer/);
    await untilSeen(page, /Demande close|Close\s*,\s*fait|clos/i, true);
  });
});
