import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describePageRules, missingPageKinds, type PageKind, signIn } from '../support/page-rules.ts';
import { openProduct, type Product } from '../support/product.ts';

/** Every kind of page, at its default size, in the example. A route that is mounted and isn't here fails below. */
const pages: readonly PageKind[] = [
  { route: '/sign-in', path: '/sign-in', isPublic: true },
  { route: '/account', path: '/account' },
  { route: '/users', path: '/users' },
  { route: '/users/new', path: '/users/new' },
  { route: '/users/:id', path: { from: '/users', link: 'tbody th a' } },
  { route: '/keys', path: '/keys' },
  { route: '/keys/new', path: '/keys/new' },
  { route: '/journal', path: '/journal' },
  { route: '/journal/entries/:number', path: { from: '/journal', link: 'tbody th a' } },
];

const firstRunPages: readonly PageKind[] = [{ route: '/welcome', path: '/welcome', isPublic: true }];

/** Routes that answer with a file, a redirection or nothing to look at. */
const exempt: Readonly<Record<string, string>> = {
  '/journal/checkpoint': 'a download',
};

describePageRules('Every page of the product', pages, async () => {
  const product = await openProduct('retailer');
  return { ...product, cookies: await signIn(product.origin, product.email, product.password) };
});

describePageRules('The first run', firstRunPages, async () => {
  const product = await openProduct('none');
  const token = /\/welcome\?token=\S+/.exec(product.welcome.join(' '))?.[0] ?? '/welcome';
  return { ...product, addresses: { '/welcome': `${product.origin}${token}` } };
});

describe('The list of page kinds', () => {
  let product: Product;
  beforeAll(async () => {
    product = await openProduct('none');
  });
  afterAll(() => product.close());

  it('holds every page that is mounted: it can’t shrink', () => {
    expect(missingPageKinds(product.routes, [...pages, ...firstRunPages], exempt)).toEqual([]);
  });

  it('holds nothing that isn’t mounted', () => {
    const mounted = new Set(product.routes.map((route) => route.path));
    const known = [...pages, ...firstRunPages].map((page) => page.route);
    expect([...known, ...Object.keys(exempt)].filter((route) => !mounted.has(route))).toEqual([]);
  });
});
