import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { chromiumPath, howToGetChromium, openBrowser } from '../support/browser.ts';
import { openProduct, type Product } from '../support/product.ts';
import { requireOrSkip } from '../support/require.ts';

/** The retailer's applications answer by themselves, fail, lie and come back; an operator makes them, and sees what Socle notices. */
const isHere = requireOrSkip('Chromium', chromiumPath() !== null, howToGetChromium);
const order = z.looseObject({ application: z.string(), state: z.string(), generation: z.number() });
const request = z.looseObject({ id: z.string(), state: z.string(), orders: z.array(order) });
const camille = [
  { kind: 'email', value: 'camille.rouviere@example.org' },
  { kind: 'loyalty_number', value: '2900000000018' },
  { kind: 'last_name', value: 'Rouvière' },
  { kind: 'first_name', value: 'Camille' },
  { kind: 'birth_date', value: '1986-05-17' },
];
const gustave = [
  { kind: 'email', value: 'gustave.ollivier@example.net' },
  { kind: 'last_name', value: 'Ollivier' },
  { kind: 'first_name', value: 'Gustave' },
  { kind: 'birth_date', value: '1958-11-02' },
];

describe.runIf(isHere)('the applications that live beside Socle', () => {
  let product: Product;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    product = await openProduct('retailer');
    browser = await openBrowser();
    page = await (await browser.newContext({ locale: 'fr-FR', javaScriptEnabled: false })).newPage();
    await page.goto(`${product.origin}/sign-in`);
    await page.fill('[name=email]', product.email);
    await page.fill('[name=password]', product.password);
    await page.click('main button[type=submit]');
    await page.waitForURL(`${product.origin}/`);
  });
  afterAll(async () => {
    await browser.close();
    await product.close();
  });

  /** What the operator does to an application, on their page. */
  async function make(name: string, deed: string): Promise<void> {
    await page.goto(`${product.origin}/example`);
    await page.getByRole('button', { name: `${deed} : ${name}` }).click();
    await page.waitForLoadState();
    expect(await page.getByRole('main').innerText()).toContain('Applications de l’exemple');
  }

  async function erasureOf(identities: typeof camille): Promise<string> {
    const answer = await product.call('POST', '/api/v1/requests', {
      right: 'erasure',
      identities,
      intake: 'operator',
      answer: 'automatic',
    });
    expect(answer.status).toBe(201);
    return request.pick({ id: true }).parse(await answer.json()).id;
  }

  /** `1 contradicted, 2 executed`: the sendings of an application's order, in turn. */
  async function sendings(id: string, application: string): Promise<string> {
    const { orders } = request.parse(await (await product.call('GET', `/api/v1/requests/${id}`)).json());
    return orders
      .filter((one) => one.application === application)
      .sort((one, other) => one.generation - other.generation)
      .map(({ generation, state }) => `${generation} ${state}`)
      .join(', ');
  }
  const untilSent = (id: string, application: string, wanted: string): Promise<void> =>
    expect.poll(() => sendings(id, application), { timeout: 60_000, interval: 200 }).toBe(wanted);

  test('an old back office, slow and not quite awake, never guesses between two of one name', {
    timeout: 90_000,
  }, async () => {
    await untilSent(await erasureOf(gustave), 'back office', '1 refused');
  });

  test('all answer; one lied, contradicts itself, and is sent its order again; restored, again', {
    timeout: 150_000,
  }, async () => {
    await make('newsletter', 'Mentir une fois');
    const id = await erasureOf(camille);
    for (const name of ['shop', 'loyalty'])
      await expect.poll(() => sendings(id, name), { timeout: 60_000 }).toMatch(/verified|partly/);
    await untilSent(id, 'back office', '1 executed');
    await untilSent(id, 'newsletter', '1 executed');

    await make('newsletter', 'Préparer un envoi');
    await untilSent(id, 'newsletter', '1 contradicted, 2 executed');
    await page.goto(`${product.origin}/example`);
    expect(await page.getByRole('main').innerText()).toMatch(/newsletter[\s\S]*Démenti/);

    await make('newsletter', 'Restaurer la plus ancienne sauvegarde');
    await untilSent(id, 'newsletter', '1 contradicted, 2 executed, 3 executed');
    // Erased now: what it holds contradicts nothing any more.
    await make('newsletter', 'Préparer un envoi');
    await page.waitForTimeout(1_500);
    expect(await sendings(id, 'newsletter')).toBe('1 contradicted, 2 executed, 3 executed');
  });

  test('stopped, it is waited for, and answers once it is back', { timeout: 90_000 }, async () => {
    await make('newsletter', 'Arrêter');
    expect(await page.getByRole('main').innerText()).toContain('Arrêtée');
    const id = await erasureOf([{ kind: 'email', value: 'theo_%promo@example.com' }]);
    await expect.poll(() => sendings(id, 'shop'), { timeout: 60_000 }).toMatch(/verified|partly/);
    expect(await sendings(id, 'newsletter')).toBe('1 planned');
    await make('newsletter', 'Démarrer');
    await expect.poll(() => sendings(id, 'newsletter'), { timeout: 60_000 }).toMatch(/^1 (executed|not_found)$/);
  });
});
