import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { fillCustomerService } from '../../examples/retailer/applications/customer-service/fill.ts';
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

  const shown = async (): Promise<string> => {
    await page.goto(`${product.origin}/example`);
    return page.getByRole('main').innerText();
  };
  const untilShown = (words: RegExp): Promise<void> =>
    expect.poll(shown, { timeout: 30_000, interval: 500 }).toMatch(words);

  const stateOf = async (id: string): Promise<string> =>
    request.pick({ state: true }).parse(await (await product.call('GET', `/api/v1/requests/${id}`)).json()).state;

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

  test('all answer; two lied, contradict themselves, and are sent their order again; restored, again', {
    timeout: 150_000,
  }, async () => {
    for (const name of ['newsletter', 'back office']) await make(name, 'Mentir une fois');
    const id = await erasureOf(camille);
    await untilSent(id, 'shop', '1 verified');
    for (const name of ['loyalty', 'newsletter', 'customer service', 'back office']) {
      await untilSent(id, name, '1 executed');
    }

    await make('newsletter', 'Préparer un envoi');
    await untilSent(id, 'newsletter', '1 contradicted, 2 executed');
    // It knows names and birth dates only, and says so all the same.
    await make('back office', 'Préparer un envoi');
    await untilSent(id, 'back office', '1 contradicted, 2 executed');
    expect(await shown()).toMatch(/newsletter\s+1\s+Démenti/);

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

  test('the loyalty programme lies and contradicts itself; once all is over, what it takes back of old data is refused', {
    timeout: 150_000,
  }, async () => {
    await make('loyalty', 'Mentir une fois');
    const id = await erasureOf([{ kind: 'email', value: "aminata.n'diaye@example.org" }]);
    await untilSent(id, 'loyalty', '1 executed');
    await make('loyalty', 'Préparer un envoi');
    await untilSent(id, 'loyalty', '1 contradicted, 2 executed');
    await untilShown(/ordres qu’elle a démentis\s: 1/);
    await expect.poll(() => stateOf(id), { timeout: 60_000, interval: 500 }).toBe('closed');
    await make('loyalty', 'Réimporter ses anciennes données');
    // Camille too, erased before, though Socle still knows her by a request that waits.
    await untilShown(/Reprises\s: 0\s; refusées, car effacées\s: 2/);
    await make('loyalty', 'Restaurer la plus ancienne sauvegarde');
    await untilSent(id, 'loyalty', '1 contradicted, 2 executed, 3 executed');
    expect(await filesNaming("aminata.n'diaye@example.org")).toEqual([]);
    expect(await filesNaming('famille.lemarchand@example.net')).toContain('applications/loyalty/data');
  });

  test('the address of an application is closed: its order fails at once, and its owner is told', {
    timeout: 90_000,
  }, async () => {
    await make('loyalty', 'Fermer son adresse');
    const id = await erasureOf([{ kind: 'email', value: 'ines.garnier@example.com' }]);
    await untilSent(id, 'loyalty', '1 failed');
    await untilShown(/loyalty\s+1\s+En échec\s+son responsable/);
    expect(await product.mail()).toContain('To: equipe-fidelite@mervalin.example');
    await make('loyalty', 'Rétablir');
    await retry(id);
    await untilSent(id, 'loyalty', '1 executed');
  });

  test('a shop that ignores erasures is seen to, and by Socle alone; restored, it is erased again', {
    timeout: 120_000,
  }, async () => {
    await make('shop', 'Ignorer les effacements');
    const id = await erasureOf([{ kind: 'email', value: 'rosalie.ollivier@example.net' }]);
    await untilSent(id, 'shop', '1 partly');
    await page.goto(`${product.origin}/requests/${id}`);
    expect(await page.getByRole('main').innerText()).toContain('Socle y voit encore la personne');
    await make('shop', 'Rétablir');
    await retry(id);
    await untilSent(id, 'shop', '1 verified');
    await make('shop', 'Restaurer la plus ancienne sauvegarde');
    await untilSent(id, 'shop', '1 verified, 2 verified');
  });

  test('where only people erase, the operator answers in their place, on the page that their mailbox leads to', {
    timeout: 90_000,
  }, async () => {
    await make('customer service', 'Répondre à la main');
    const id = await erasureOf([{ kind: 'email', value: await customerWithACase() }]);
    await untilSent(id, 'customer service', '1 sent');
    await untilShown(/Ouvrir la tâche/);
    await page.getByRole('button', { name: 'Y effacer la personne' }).click();
    await page.getByRole('link', { name: 'Ouvrir la tâche' }).click();
    await page.getByLabel('Tout est effacé').check();
    await page.getByLabel('Votre nom').fill('Sacha Lavoine');
    await page.getByRole('button', { name: 'Envoyer la réponse' }).click();
    await untilSent(id, 'customer service', '1 executed');
    // It holds nobody whom it said it had erased: nothing contradicts the answer.
    await make('customer service', 'Préparer un envoi');
    await untilShown(/ordres qu’elle a démentis\s: 0/);
    expect(await sendings(id, 'customer service')).toBe('1 executed');
    await make('customer service', 'Laisser Nadia répondre');
  });

  /** What the applications and the outbox keep that says this, in any case; the applications' own backups apart. */
  async function filesNaming(value: string): Promise<readonly string[]> {
    const found: string[] = [];
    for (const folder of ['applications', 'outbox']) {
      for (const name of await readdir(join(product.folder, folder), { recursive: true })) {
        const path = join(folder, name);
        const bytes = await readFile(join(product.folder, path)).catch(() => null);
        if (bytes === null || path.includes('backups')) continue;
        if (bytes.toString('latin1').toLowerCase().includes(value)) found.push(path);
      }
    }
    return found;
  }

  async function retry(id: string): Promise<void> {
    await page.goto(`${product.origin}/requests/${id}`);
    await page
      .getByRole('button', { name: /Relancer/ })
      .first()
      .click();
    await page.waitForLoadState();
  }
});

/** One of those who wrote to customer service, nobody of the cast. */
async function customerWithACase(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'socle-cases-'));
  try {
    await fillCustomerService(join(folder, 'cases'));
    const last = (await readFile(join(folder, 'cases'), 'utf8')).trim().split('\n').at(-1) ?? '';
    return z.object({ email: z.string() }).parse(JSON.parse(last)).email;
  } finally {
    await rm(folder, { recursive: true });
  }
}
