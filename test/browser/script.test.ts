import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, howToGetChromium, openBrowser, type VisitOptions, visit } from '../support/browser.ts';
import { openGallery, type Site } from '../support/gallery-site.ts';
import { requireOrSkip } from '../support/require.ts';

const canRun = requireOrSkip('Chromium', chromiumPath() !== null, howToGetChromium);

describe.skipIf(!canRun)('The kit’s script', () => {
  let browser: Browser;
  let site: Site;
  beforeAll(async () => {
    site = await openGallery();
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });
  const see = (path: string, options: VisitOptions = {}) => visit(browser, `${site.origin}${path}`, options);

  it('puts the focus in the search field on “/”, unless one is typing or turned it off', async () => {
    const { page, close } = await see('/gallery/list');
    await page.keyboard.press('/');
    expect(await page.locator('#search').evaluate((field) => field.matches(':focus'))).toBe(true);
    await page.keyboard.type('a/b');
    expect(await page.inputValue('#search')).toBe('a/b');
    await page.click('.person');
    await page.uncheck('[data-shortcut] input');
    await page.keyboard.press('Escape');
    await page.locator('h1').click();
    await page.keyboard.press('/');
    expect(await page.locator('#search').evaluate((field) => field.matches(':focus'))).toBe(false);
    await close();
  });

  it('goes anywhere from Ctrl K, without accents, with the arrows', async () => {
    const { page, complaints, close } = await see('/gallery/request');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('cles');
    expect(await page.locator('#palette li').allInnerTexts()).toEqual(['Clés d’APIAdministration']);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/gallery/form');
    expect(complaints).toEqual([]);
    await close();
  });

  it('does from Ctrl K what the page’s own buttons do, and offers nothing else', async () => {
    const { page, complaints, close } = await see('/gallery/request');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('sur cette page');
    const offered = (await page.locator('#palette li').allInnerTexts()).map((text) =>
      text.replace('Sur cette page', ''),
    );
    expect(offered).toContain('Relancer les silencieux');
    // Impossible for now, and said so on the page: no button, no action.
    expect(offered).not.toContain('Clore');
    await page.fill('#palette input', 'relancer');
    const sent = page.waitForRequest(
      (request) => request.method() === 'POST' && request.url().endsWith('/gallery/post'),
    );
    await page.keyboard.press('Enter');
    await sent;
    expect(await page.locator('#palette').isVisible()).toBe(false);
    expect(complaints.filter((one) => !one.includes('500'))).toEqual([]);
    await close();
  });

  it('changes the theme at once and keeps the page where it is', async () => {
    const { page, complaints, close } = await see('/gallery/list');
    await page.click('.person');
    await page.click('button[value=dark]');
    expect(await page.getAttribute('html', 'data-theme')).toBe('dark');
    expect(await page.getAttribute('button[value=dark]', 'aria-pressed')).toBe('true');
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(22, 21, 19)');
    expect(complaints).toEqual([]);
    await close();
  });

  it('filters a list in place: the address follows, the focus stays, the change is announced', async () => {
    const { page, complaints, close } = await see('/gallery/list');
    await page.evaluate('window.same = true');
    await page.selectOption('[name=state]', 'late');
    await page.focus('.filters button');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/gallery/list?**state=late**');
    await expect.poll(() => page.textContent('#live')).toBe('Page mise à jour');
    expect(await page.evaluate('window.same')).toBe(true);
    expect(await page.locator('.filters button').evaluate((button) => button.matches(':focus'))).toBe(true);
    expect(await page.locator('#requests tbody tr').count()).toBe(25);
    expect(complaints).toEqual([]);
    await close();
  });

  it('follows the server: an answer appears in its row, is announced once, and moves no focus', async () => {
    const { page, complaints, close } = await see('/gallery/request');
    await expect.poll(() => page.textContent('#order-support .badge')).toBe('Exécuté');
    await expect.poll(() => page.textContent('#live')).toBe('Service client\u00a0: exécuté');
    expect(await page.locator('#outcomes > li').count()).toBe(4);
    expect(await page.evaluate('document.activeElement === document.body')).toBe(true);
    expect(complaints).toEqual([]);
    await close();
  });

  it('opens a dialog in place of its page, and gives the focus back', async () => {
    const { page, close } = await see('/gallery/request');
    await page.focus('[data-opens=refuse]');
    await page.keyboard.press('Enter');
    expect(await page.locator('#refuse').evaluate((dialog) => dialog.matches(':modal'))).toBe(true);
    expect(await page.locator('#refuse textarea').evaluate((field) => field.matches(':focus'))).toBe(true);
    await page.keyboard.press('Escape');
    expect(await page.locator('[data-opens=refuse]').evaluate((link) => link.matches(':focus'))).toBe(true);
    await close();
  });

  it('takes the focus to the summary of errors, whose links lead to the fields', async () => {
    const { page, close } = await see('/gallery/form');
    expect(await page.evaluate('document.activeElement.id')).toBe('errors');
    await page.click('a[href="#field-right"]');
    expect(await page.evaluate('document.activeElement.id')).toBe('field-right');
    await close();
  });

  it('says so when an update fails, and leaves what was typed', async () => {
    const { page, close } = await see('/gallery/form');
    await page.fill('[name=note]', 'Ne pas perdre');
    await page.click('.form-actions .main');
    await page.waitForSelector('#failed');
    expect(await page.innerText('#failed')).toContain('Rien n’a été modifié');
    expect(await page.inputValue('[name=note]')).toBe('Ne pas perdre');
    await close();
  });

  it('shows the page that an accepted form leads to, and comes back from it', async () => {
    const { page, complaints, close } = await see('/gallery/form');
    await page.evaluate("document.getElementById('request-form').setAttribute('hx-post', '/gallery/record')");
    await page.click('.form-actions .main');
    await page.waitForURL('**/gallery/request');
    expect(await page.innerText('h1')).toBe('Demande DEM-2026-00412');
    expect(await page.evaluate('document.activeElement.id')).toBe('main');
    await expect.poll(() => page.textContent('#order-support .badge')).toBe('Exécuté');
    await page.goBack();
    await expect.poll(() => page.innerText('h1')).toBe('Nouvelle demande');
    expect(complaints).toEqual([]);
    await close();
  });

  it('copies what a block holds', async () => {
    const { page, context, close } = await see('/gallery/request');
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.click('[data-copies=plan-sql]');
    await expect.poll(() => page.innerText('[data-copies]')).toContain('Copié');
    expect(await page.evaluate('navigator.clipboard.readText()')).toContain('update customer');
    await close();
  });

  it('is not needed: the menu opens on a phone without it', async () => {
    const { page, close } = await see('/gallery/list', { withoutScript: true, width: 360 });
    expect(await page.locator('.menu').isVisible()).toBe(false);
    await page.click('.menu-button');
    expect(await page.locator('.menu').isVisible()).toBe(true);
    await page.click('.menu a[href="/gallery/form"]');
    await page.waitForURL('**/gallery/form');
    await close();
  });
});
