import { describe, expect, test } from 'vitest';
import { declarationLines, declarationsFor, withDeclaration } from './declare.ts';

const seen = { rows: 1, mayStay: false } as const;

describe('what could be declared of what was seen', () => {
  test('a join by what the person’s row held, else the table to ignore', () => {
    const joins = [{ from: ['public.loyalty.name'], to: ['public.customer.name'] }];
    const about = { categories: [], columns: ['name'], joins };
    const declarations = declarationsFor({ ...seen, where: 'public.loyalty', by: 'name', about });
    expect(declarations.map(declarationLines)).toEqual([
      'joins:\n  - { from: loyalty.name, to: customer.name }\n',
      'tables:\n  loyalty: ignore\n',
    ]);
  });

  test('the column where an identifier stands alone', () => {
    const about = { categories: [], columns: ['elec_addr'], kind: 'email', joins: [] };
    const declarations = declarationsFor({ ...seen, where: 'crm.party.elec_addr', by: 'alone', about });
    expect(declarations.map(declarationLines)).toEqual([
      'identities:\n  email: [ crm.party.elec_addr ]\n',
      'tables:\n  crm.party: ignore\n',
    ]);
  });

  test('nothing of a row that the plan reached: declaring would not mend it', () => {
    expect(declarationsFor({ ...seen, where: 'public.customer.email', by: 'row' })).toEqual([]);
  });
});

describe('a map with one declaration more', () => {
  const map = `# Reviewed by the shop's team in March.
joins:
  - from: orders.customer_id # no foreign key
    to: customer.id
identities:
  email: customer.email
`;

  test('keeps what it says and its comments', () => {
    const joined = withDeclaration(map, { what: 'join', from: ['a.x', 'a.y'], to: ['b.x', 'b.y'] });
    expect(joined).toContain('# Reviewed by the shop');
    expect(joined).toContain('# no foreign key');
    expect(joined).toContain('- { from: [ a.x, a.y ], to: [ b.x, b.y ] }');
    const named = withDeclaration(joined, { what: 'identity', kind: 'email', column: 'party.elec_addr' });
    expect(named).toContain('email: [ customer.email, party.elec_addr ]');
    expect(withDeclaration(named, { what: 'ignore', table: 'log' })).toContain('tables:\n  log: ignore');
  });

  test('says nothing twice', () => {
    const join = { what: 'join', from: ['orders.customer_id'], to: ['customer.id'] } as const;
    expect(withDeclaration(map, join)).toBe(map);
    const identity = { what: 'identity', kind: 'email', column: 'customer.email' } as const;
    expect(withDeclaration(map, identity)).toBe(map);
  });
});
