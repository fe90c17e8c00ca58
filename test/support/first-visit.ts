import type { Browser, Page } from 'playwright-core';
import { visit } from './browser.ts';
import { cookiesOf } from './page-rules.ts';
import type { Product } from './product.ts';

/** The first visitor reads French, and their account says so: a colleague without a language sees each in turn. */
export async function colleague(
  browser: Browser,
  page: Page,
  product: Product,
): Promise<Readonly<Record<string, string>>> {
  const email = 'sacha@lavoine.example';
  await page.goto(`${product.origin}/users/new`);
  await page.fill('[name=name]', 'Sacha Lavoine');
  await page.fill('[name=email]', email);
  for (const role of ['admin', 'dpo']) await page.check(`[name=roles][value=${role}]`);
  await page.click('main button[type=submit]');
  const password = await page.locator('#copy').innerText();
  const entered = await visit(browser, `${product.origin}/sign-in`);
  await entered.page.fill('[name=email]', email);
  await entered.page.fill('[name=password]', password);
  await entered.page.click('main button[type=submit]');
  await entered.page.waitForURL((url) => url.pathname !== '/sign-in');
  return cookiesOf(entered.context);
}

/** Where the first visitor begins, by the link printed at the start. */
export function welcomeOf(product: Product): string {
  return `${product.origin}${/\/welcome\?token=\S+/.exec(product.welcome.join(' '))?.[0] ?? '/welcome'}`;
}
