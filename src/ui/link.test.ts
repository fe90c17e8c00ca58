import { describe, expect, it } from 'vitest';
import { safeHref, withQuery } from './link.ts';

describe('An address on a page', () => {
  it.each([
    '/requests/1',
    '?state=open',
    '#field-email',
    'https://example.org/',
    'mailto:dpo@example.org',
    'tel:+33100000000',
  ])('may be %s', (href) => {
    expect(safeHref(href)).toBe(href);
  });

  it.each([
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'JAVASCRIPT:alert(1)',
    'data:text/html,x',
    '//evil.example',
    '/\\evil.example',
    'requests',
    '',
  ])('leads nowhere when it is %j', (href) => {
    expect(safeHref(href)).toBe('#');
  });
});

describe('A query', () => {
  it('leaves out what is empty and escapes the rest', () => {
    expect(withQuery('/requests', { state: 'open', cursor: null, text: 'a&b', page: 2, brand: '' })).toBe(
      '/requests?state=open&text=a%26b&page=2',
    );
  });

  it('adds to an address that has one already, and is nothing when nothing is asked', () => {
    expect(withQuery('/requests?sort=due', { state: 'open' })).toBe('/requests?sort=due&state=open');
    expect(withQuery('/requests', {})).toBe('/requests');
  });
});
