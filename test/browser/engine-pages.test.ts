import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openBrowser, visit } from '../support/browser.ts';
import { colleague, welcomeOf } from '../support/first-visit.ts';
import { describePageRules } from '../support/page-rules.ts';
import { openProduct, type Product } from '../support/product.ts';
import { enginePages, lending } from './engine-pages.ts';

/** Every page of the model engine, on an installation that described what it lends, and works with it. */
describePageRules('Every page of the model engine', enginePages, async () => {
  const product = await openProduct('none');
  const cookies = await begin(product);
  await applyPack(product);
  for (let count = 1; count <= 26; count += 1) {
    const values = { name: `Perceuse ${count}`, condition: count % 3 === 0 ? 'worn' : 'good', bought_on: '2026-03-02' };
    await product.call('POST', '/api/v1/objects/device', { values });
  }
  return { ...product, cookies, addresses: await work(product, cookies) };
});

/** The first visitor starts with nothing, and makes a colleague's account. */
async function begin(product: Product): Promise<Readonly<Record<string, string>>> {
  const browser = await openBrowser();
  try {
    const { page } = await visit(browser, welcomeOf(product));
    await page.check('[name=start][value=nothing]');
    await page.fill('[name=organisation]', 'Lavoine');
    await page.fill('[name=name]', 'Camille Lavoine');
    await page.fill('[name=email]', product.email);
    await page.fill('[name=password]', product.password);
    await page.click('main button[type=submit]');
    await page.waitForURL((url) => !url.pathname.startsWith('/welcome'));
    return await colleague(browser, page, product);
  } finally {
    await browser.close();
  }
}

async function applyPack(product: Product): Promise<void> {
  const files = [{ file: 'lending/pack.yaml', text: lending }];
  const proposed = await (await product.call('POST', '/api/v1/model/proposals', { files })).text();
  const id = /"id":"([\w-]+)"/.exec(proposed)?.[1];
  if (id === undefined) throw new Error(proposed);
  await product.call('POST', `/api/v1/model/proposals/${id}/apply`, {});
}

/** Writes, attaches, links, plans, imports, saves and prepares, as one does: the addresses that come of it. */
async function work(product: Product, cookies: Readonly<Record<string, string>>) {
  const browser = await openBrowser();
  try {
    const device = `${product.origin}/objects/device/D-000001`;
    const { page } = await visit(browser, device, { cookies });
    await page.fill('textarea[name=text]', 'Le mandrin est à changer.');
    await send(page, 'form[action$="/comments"]');
    await page.goto(device);
    await page.setInputFiles(
      'input[type=file][name=files]',
      join(import.meta.dirname, '../../docs/images/request.png'),
    );
    await send(page, 'form[action$="/attachments"]');
    await page.goto(`${device}/links/goes_with`);
    await page.selectOption('[name=to]', 'D-000002');
    await send(page, 'main form[action*="/links/"]');
    await page.goto(`${device}/tasks/new`);
    await page.fill('[name=title]', 'Changer le mandrin');
    await send(page, 'main form[action*="/tasks"]');
    await page.goto(`${product.origin}/objects/device/import`);
    const csv = Buffer.from('Nom;État\nScie;Bon\nPonceuse;Usé\n');
    await page.setInputFiles('input[type=file]', { name: 'devices.csv', mimeType: 'text/csv', buffer: csv });
    await send(page, 'main form[action$="/import"]');
    const job = page.url();
    await page.goto(`${product.origin}/views/new?of=device`);
    await page.fill('[name=name]', 'Mes appareils');
    await send(page, 'main form[action^="/views"]');
    await page.goto(`${product.origin}/studio`);
    await send(page, 'form[action="/studio/packs/lending/draft"]');
    const draft = page.url();
    await page.goto(device);
    const href = async (selector: string) =>
      `${product.origin}${await page.locator(selector).first().getAttribute('href')}`;
    const linked = await href('main a[href*="/links/goes_with/"]');
    const attached = await href('main a[href*="/attachments/"][href$="/delete"]');
    const comment = await href('main a[href*="/comments/"][href$="/edit"]');
    await page.goto(`${product.origin}/views`);
    const saved = await href('main a:has-text("Mes appareils")');
    return {
      '/imports/:id': job,
      '/studio/drafts/:id': draft,
      '/objects/:type/:id/links/:relation/:link': linked,
      '/objects/:type/:id/attachments/:file/delete': attached,
      '/objects/:type/:id/comments/:comment/edit': comment,
      '/views/:view/edit': `${saved}/edit`,
    };
  } finally {
    await browser.close();
  }
}

async function send(page: Page, form: string): Promise<void> {
  await page.locator(`${form} button[type=submit]`).first().click();
  await page.waitForLoadState('load');
}
