import { z } from 'zod';
import { canonicalJson, type Json, sha256 } from '../../src/kernel/index.ts';
import { openBrowser, visit } from '../support/browser.ts';
import { colleague, welcomeOf } from '../support/first-visit.ts';
import { describePageRules, type PageKind } from '../support/page-rules.ts';
import { openProduct, type Product } from '../support/product.ts';

/** What an organisation of 50 to 200 applications reads: a request to sixty of them is as light as one to six. */
const pages: readonly PageKind[] = [
  { route: '/requests/:id', path: '/requests' },
  { route: '/requests/:id/picture', path: { from: '/requests/:id', below: '/picture' } },
  { route: '/requests/:id/orders', path: { from: '/requests/:id', below: '/orders' } },
];

const applications = 60;

describePageRules('A request to sixty applications', pages, async () => {
  const product = await openProduct('none');
  const cookies = await firstVisit(product);
  const keys = await connect(product);
  const request = made.parse(
    await json(product, '/requests', {
      right: 'erasure',
      identities: [{ kind: 'email', value: 'jeanne.martel@orange.example' }],
      intake: 'operator',
      answer: 'automatic',
    }),
  );
  await answer(product, keys);
  return { ...product, cookies, addresses: { '/requests/:id': `${product.origin}/requests/${request.id}` } };
});

const made = z.looseObject({ id: z.string() });
const issued = z.looseObject({ secret: z.string() });
const pulled = z.object({
  items: z.array(
    z.looseObject({
      id: z.string(),
      data: z.looseObject({ persons: z.array(z.looseObject({ ref: z.string() })) }),
    }),
  ),
});

async function json(product: Product, path: string, body: object): Promise<unknown> {
  const response = await product.call('POST', `/api/v1${path}`, body);
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response.json();
}

/** Starts from nothing, and signs in. */
async function firstVisit(product: Product): Promise<Readonly<Record<string, string>>> {
  const browser = await openBrowser();
  try {
    const { page } = await visit(browser, welcomeOf(product));
    await page.check('[name=start]:not([value=example])');
    await page.fill('[name=organisation]', 'Groupe Lavoine');
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

/** Sixty applications that pull, by the keys they were given. */
async function connect(product: Product): Promise<readonly string[]> {
  const keys: string[] = [];
  for (let number = 1; number <= applications; number += 1) {
    const name = `Application métier ${number}`;
    const { id } = made.parse(await json(product, '/applications', { name, channel: 'pull' }));
    keys.push(issued.parse(await json(product, `/applications/${id}/credentials`, { kind: 'key' })).secret);
  }
  return keys;
}

/** What they answer: most have erased or found nobody, some refuse or fail, the last ones are silent. */
const answers: readonly object[] = [
  { outcome: 'executed', counts: { identity: 1, contact: 3 } },
  { outcome: 'executed', counts: { identity: 1 } },
  { outcome: 'not_found' },
  { outcome: 'not_found' },
  { outcome: 'refused', reason: 'legal_duty' },
  { outcome: 'failed' },
  { outcome: 'partly', reason: 'technical' },
];

async function answer(product: Product, keys: readonly string[]): Promise<void> {
  for (const [place, key] of keys.slice(0, applications - 8).entries()) {
    const ask = (path: string, init: RequestInit = {}) =>
      fetch(`${product.origin}/api/v1/orders${path}`, {
        ...init,
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      });
    const { items } = pulled.parse(await (await ask('?wait=20')).json());
    const [order] = items;
    if (order === undefined) throw new Error('no order came');
    const { outcome, ...more } = { outcome: 'not_found', ...answers[place % answers.length] };
    const persons = order.data.persons.map(({ ref }) => ({ ref, outcome, ...more }));
    const body = { order: order.id, digest: digestOf(order), outcome, at: new Date().toISOString(), persons };
    const taken = await ask(`/${order.id}/outcome`, { method: 'POST', body: JSON.stringify(body) });
    if (!taken.ok) throw new Error(`${taken.status} ${await taken.text()}`);
  }
}

function digestOf(order: object): string {
  return `sha256:${sha256(canonicalJson(order as Json)).toString('hex')}`;
}
