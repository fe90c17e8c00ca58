import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, howToGetChromium, openBrowser, visit } from '../support/browser.ts';
import { openProduct, type Product } from '../support/product.ts';
import { requireOrSkip } from '../support/require.ts';

const canRun = requireOrSkip('Chromium', chromiumPath() !== null, howToGetChromium);

describe.skipIf(!canRun)('A data protection officer, without script', () => {
  let product: Product;
  let browser: Browser;
  beforeAll(async () => {
    product = await openProduct('retailer');
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await product?.close();
  });

  it('goes from their morning to the most urgent erasure, answers it by post, and sees it closed', {
    timeout: 150_000,
  }, async () => {
    const { page, complaints, close } = await visit(browser, `${product.origin}/sign-in`, { withoutScript: true });
    await page.fill('[name=email]', product.email);
    await page.fill('[name=password]', product.password);
    await page.click('main button[type=submit]');
    await page.locator('.page-header .actions a.main').click();
    await page.waitForURL('**/requests/req_*');
    const request = page.url();

    await press(page, 'Qualifier');
    await press(page, 'Établir l’identité');
    await page.locator('main input[type=radio]').first().check();
    await page.locator('.form-actions .main').click();
    await press(page, 'Arrêter le plan');
    await press(page, 'Lancer l’exécution');
    await until(page, request, () => page.locator('#steps .now, #steps .done').count(), 5);
    await until(page, request, async () => (await outcome(page, 'shop')) === 'Vérifié');
    // They take their time: an answer that leaves before theirs would be partial, and ask for another.
    await until(page, request, async () => /introuvable|Exécuté/.test(await outcome(page, 'loyalty')));
    await until(page, request, async () => /introuvable|Exécuté/.test(await outcome(page, 'customer service')));
    await until(page, request, async () => /Refusé|introuvable/.test(await outcome(page, 'back office')));
    await until(page, request, async () => /introuvable|Exécuté/.test(await outcome(page, 'newsletter')));

    await page.locator('.form-actions .main').click();
    await until(page, request, async () => (await state(page)) !== 'En cours d’exécution');
    await press(page, 'La lettre est postée');
    await until(page, request, async () => (await state(page)) === 'Close');
    expect(await outcome(page, 'Socle')).toBe('Vérifié');
    expect(complaints).toEqual([]);
    await close();
  });
});

async function press(page: Page, words: string): Promise<void> {
  await page.locator('.state-bar').locator('button, a').filter({ hasText: words }).first().click();
  await page.waitForLoadState();
}

async function state(page: Page): Promise<string> {
  return (await page.locator('.state-bar .badge').first().innerText()).trim();
}

async function outcome(page: Page, application: string): Promise<string> {
  const row = page.locator('.outcomes li').filter({ has: page.locator('strong', { hasText: application }) });
  return (await row.locator('.badge').first().innerText()).trim();
}

/** What somebody without script does: opens the page again, until it says what they wait for. */
async function until(page: Page, address: string, isSo: () => Promise<boolean | number>, atLeast = 1): Promise<void> {
  await expect
    .poll(
      async () => {
        await page.goto(address);
        return Number(await isSo());
      },
      { timeout: 40_000, interval: 700 },
    )
    .toBeGreaterThanOrEqual(atLeast);
}
