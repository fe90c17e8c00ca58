import { afterAll, describe, expect, it } from 'vitest';
import { openBrowser, visit } from '../support/browser.ts';
import { colleague, welcomeOf } from '../support/first-visit.ts';
import { describePageRules, missingPageKinds, type PageKind } from '../support/page-rules.ts';
import { openProduct, type Product } from '../support/product.ts';
import { engineExempt, enginePages } from './engine-pages.ts';

/** Every kind of page, at its default size, in the example. A route that is mounted and isn't here fails below. */
const pages: readonly PageKind[] = [
  { route: '/sign-in', path: '/sign-in', isPublic: true },
  { route: '/account', path: '/account' },
  { route: '/welcome/example', path: '/welcome/example' },
  { route: '/example', path: '/example' },
  { route: '/users', path: '/users' },
  { route: '/users/new', path: '/users/new' },
  { route: '/users/:id', path: { from: '/users', link: 'tbody th a' } },
  { route: '/users/:id/delete', path: { from: '/users/:id', below: '/delete' } },
  { route: '/keys', path: '/keys' },
  { route: '/keys/new', path: '/keys/new' },
  { route: '/keys/:id/revoke', path: { from: '/keys', link: 'a[href$="/revoke"]' } },
  { route: '/journal', path: '/journal' },
  { route: '/journal/key', path: '/journal/key' },
  { route: '/journal/entries/:number', path: '/journal/entries/1' },
  { route: '/applications', path: '/applications' },
  { route: '/applications/new', path: '/applications/new' },
  { route: '/applications/new', path: '/applications/new?channel=sql' },
  // One that Socle reaches by SQL: it has every tab.
  { route: '/applications/:id', path: { from: '/applications', link: 'tbody tr:has-text("shop") th a' } },
  { route: '/applications/:id/connection', path: { from: '/applications/:id', link: 'a[href$="/connection"]' } },
  { route: '/applications/:id/dictionary', path: { from: '/applications/:id', link: 'a[href$="/dictionary"]' } },
  { route: '/applications/:id/views', path: { from: '/applications/:id', link: 'a[href$="/views"]' } },
  { route: '/applications/:id/plan', path: { from: '/applications/:id', link: 'a[href$="/plan"]' } },
  { route: '/applications/:id/channel', path: { from: '/applications/:id', link: 'a[href$="/channel"]' } },
  { route: '/applications/:id/channel/limits', path: { from: '/applications/:id/channel', below: '/limits' } },
  { route: '/applications/:id/channel/answer-key', path: { from: '/applications/:id/channel', below: '/answer-key' } },
  {
    route: '/applications/:id/channel/credentials/:credential/revoke',
    path: '/applications',
  },
  { route: '/applications/:id/conformance', path: { from: '/applications/:id', below: '/conformance' } },
  { route: '/onboarding', path: '/onboarding' },
  { route: '/onboarding/:id', path: { from: '/onboarding', link: 'tbody th a' } },
  { route: '/model', path: '/model' },
  { route: '/model/:type', path: '/model/application' },
  { route: '/objects/:type', path: '/objects/purpose' },
  { route: '/objects/:type/new', path: '/objects/purpose/new' },
  { route: '/objects/:type/:id', path: '/objects/controller/RT-001' },
  { route: '/objects/:type/:id/edit', path: '/objects/controller/RT-001/edit' },
  { route: '/objects/:type/:id/history', path: '/objects/controller/RT-001/history' },
  { route: '/objects/:type/:id/delete', path: '/objects/controller/RT-001/delete' },
  {
    route: '/objects/:type/:id/transitions/:transition',
    path: '/objects/application/APP-0001/transitions/retire',
  },
  { route: '/', path: '/' },
  { route: '/requests', path: '/requests' },
  { route: '/requests/new', path: '/requests/new' },
  { route: '/requests/:id', path: { from: '/requests', link: 'tbody th a' } },
  { route: '/requests/:id/picture', path: { from: '/requests/:id', below: '/picture' } },
  { route: '/requests/:id/orders', path: { from: '/requests/:id', below: '/orders' } },
  { route: '/requests/:id/assign', path: { from: '/requests/:id', below: '/assign' } },
  { route: '/requests/:id/identity', path: { from: '/requests/:id', below: '/identity' } },
  { route: '/requests/:id/ask-identity', path: { from: '/requests/:id', below: '/ask-identity' } },
  { route: '/requests/:id/extend', path: { from: '/requests/:id', below: '/extend' } },
  { route: '/requests/:id/refuse', path: { from: '/requests/:id', below: '/refuse' } },
  { route: '/requests/:id/withdraw', path: { from: '/requests/:id', below: '/withdraw' } },
  { route: '/requests/:id/note', path: { from: '/requests/:id', below: '/note' } },
  { route: '/requests/:id/history', path: { from: '/requests/:id', below: '/history' } },
  { route: '/persons', path: '/persons' },
  { route: '/persons/:id', path: { from: '/requests/:id', link: 'main a[href^="/persons/"]' } },
  { route: '/persons/:id/holds/new', path: { from: '/persons/:id', link: 'main a[href$="/holds/new"]' } },
  {
    route: '/persons/:id/holds/:hold/release',
    path: { from: '/persons/:id', link: 'main a[href$="/release"]' },
  },
  { route: '/letters', path: '/letters' },
  { route: '/letters/retention', path: '/letters/retention' },
  { route: '/letters/:kind/:language', path: '/letters/partial_answer/fr' },
  { route: '/outbox', path: '/outbox' },
  { route: '/r/:organisation', path: '/r/mervalin', isPublic: true },
  { route: '/r/:organisation/status/:token', path: '/r/mervalin', isPublic: true },
  { route: '/r/:organisation/confirm/:token', path: '/r/mervalin', isPublic: true },
  { route: '/r/:organisation/answer/:token', path: '/r/mervalin', isPublic: true },
  { route: '/r/:organisation/link', path: '/r/mervalin/link', isPublic: true },
  { route: '/t/:organisation/:token', path: '/r/mervalin', isPublic: true },
];

const firstRunPages: readonly PageKind[] = [{ route: '/welcome', path: '/welcome', isPublic: true }];

/** Routes that answer with a file, a redirection or nothing to look at. */
const exempt: Readonly<Record<string, string>> = {
  '/journal/checkpoint': 'a download',
  '/requests/:id/evidence': 'a download',
  '/requests/:id/letter.pdf': 'a download',
  '/requests/:id/proofs/:proof': 'a download',
};

describePageRules('Every page of the product', pages, async () => {
  const product = await openProduct('none');
  const cookies = await startWithExample(product);
  await product.call('POST', '/api/v1/keys', { name: 'Boutique', role: 'member' });
  await placeHold(product);
  const addresses = {
    ...(await askAsACustomer(product)),
    ...(await connectApplication(product)),
    ...(await sendTask(product)),
  };
  return { ...product, cookies, addresses };
});

/** As a first visitor does: chooses the example on the welcome page, and watches it being made. */
async function startWithExample(product: Product): Promise<Readonly<Record<string, string>>> {
  const browser = await openBrowser();
  try {
    const { page } = await visit(browser, welcomeOf(product));
    await page.check('[name=start][value=example]');
    await page.fill('[name=name]', 'Camille Lavoine');
    await page.fill('[name=email]', product.email);
    await page.fill('[name=password]', product.password);
    await page.click('main button[type=submit]');
    await page.waitForURL('**/welcome/example');
    await page.locator('#example-state').getByText('L’exemple est prêt').waitFor({ timeout: 90_000 });
    return await colleague(browser, page, product);
  } finally {
    await browser.close();
  }
}

/** On whom the most urgent request is about. */
async function placeHold(product: Product): Promise<void> {
  const named = async (path: string, name: RegExp) =>
    name.exec(await (await product.call('GET', `/api/v1${path}`)).text())?.[0] ?? 'none';
  const request = await named('/requests?state=open', /req_\w+/);
  const person = await named(`/requests/${request}`, /per_\w+/);
  const hold = { ground: 'accuracy_contested', categories: ['contact'], words: 'Adresse contestée par la personne' };
  await product.call('POST', `/api/v1/persons/${person}/holds`, hold);
}

/** An application that comes for its orders, with a key to revoke. */
async function connectApplication(product: Product): Promise<Readonly<Record<string, string>>> {
  const made = async (path: string, body: object) =>
    /"id":"(\w+)"/.exec(await (await product.call('POST', `/api/v1${path}`, body)).text())?.[1] ?? 'none';
  const application = await made('/applications', { name: 'Sondages', channel: 'pull' });
  const key = await made(`/applications/${application}/credentials`, { kind: 'key' });
  const channel = `${product.origin}/applications/${application}/channel`;
  return {
    '/applications/:id/channel': channel,
    '/applications/:id/channel/credentials/:credential/revoke': `${channel}/credentials/${key}/revoke`,
  };
}

/** An application that people erase in, and a request that writes to them. */
async function sendTask(product: Product): Promise<Readonly<Record<string, string>>> {
  const connection = { name: 'Service client', channel: 'email', url: 'ada@lavoine.example' };
  await product.call('POST', '/api/v1/applications', connection);
  await product.call('POST', '/api/v1/requests', {
    right: 'erasure',
    identities: [{ kind: 'email', value: 'jeanne.martel@orange.example' }],
    intake: 'operator',
    answer: 'automatic',
  });
  return {
    '/t/:organisation/:token': `${product.origin}${await pathInMail(product, /To: ada@lavoine\.example[\s\S]*?(\/t\/\w+\/[0-9a-f]+)/)}`,
  };
}

/** Fills the public form: where the status is, and the link to confirm that the message sent to them holds. */
async function askAsACustomer(product: Product): Promise<Readonly<Record<string, string>>> {
  const browser = await openBrowser();
  try {
    const { page } = await visit(browser, `${product.origin}/r/mervalin`);
    await page.selectOption('[name=controller]', { index: 1 });
    await page.fill('[name=email]', 'lucie.moreau@orange.example');
    // Faster is a robot's.
    await page.waitForTimeout(2_100);
    await page.click('main button[type=submit]');
    await page.waitForURL('**/status/**');
    const path = await pathInMail(product, /\/r\/\w+\/confirm\/[\w.~-]+/);
    return {
      '/r/:organisation/status/:token': page.url(),
      '/r/:organisation/confirm/:token': `${product.origin}${path}`,
      '/r/:organisation/answer/:token': `${product.origin}${await answerPath(product)}`,
    };
  } finally {
    await browser.close();
  }
}

/** Somebody nobody knows is answered as soon as every application has looked. */
async function answerPath(product: Product): Promise<string> {
  const identities = [{ kind: 'email', value: 'inconnue@orange.example' }];
  const request = { right: 'erasure', identities, intake: 'operator', answer: 'automatic', language: 'fr' };
  await product.call('POST', '/api/v1/requests', request);
  return pathInMail(product, /\/r\/\w+\/answer\/[\w.~-]+/);
}

/** The message is sent by the pump, a moment after what causes it. */
async function pathInMail(product: Product, pattern: RegExp): Promise<string> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const found = pattern.exec(await product.mail());
    if (found !== null) return found[1] ?? found[0];
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('no message holds such a link');
}

let empty: Promise<Product> | null = null;
const openEmpty = (): Promise<Product> => {
  empty ??= openProduct('none');
  return empty;
};
afterAll(async () => (await empty)?.close());

describePageRules('The first run', firstRunPages, async () => {
  const product = await openEmpty();
  return { origin: product.origin, addresses: { '/welcome': welcomeOf(product) } };
});

const known = [...pages, ...firstRunPages, ...enginePages];

describe('The list of page kinds', () => {
  it('holds every page that is mounted: it can’t shrink', async () => {
    const { routes } = await openEmpty();
    expect(missingPageKinds(routes, known, { ...exempt, ...engineExempt })).toEqual([]);
  });

  it('holds nothing that isn’t mounted', async () => {
    const mounted = new Set((await openEmpty()).routes.map((route) => route.path));
    const listed = [...known.map((page) => page.route), ...Object.keys({ ...exempt, ...engineExempt })];
    expect(listed.filter((route) => !mounted.has(route))).toEqual([]);
  });
});
