import fc from 'fast-check';
import { expect, test } from 'vitest';
import { commit, derive, OrganisationKeys, open, PersonKeys, randomSecret, sameBytes, seal } from './crypto.ts';

const root = derive(randomSecret(), 'test');

test('what was sealed opens with the same key and context, whatever it is', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.string(), (plain, context) => {
      expect(sameBytes(open(root, seal(root, plain, context), context), plain)).toBe(true);
    }),
  );
});

test('a sealed value with any bit changed, another key or another place does not open', () => {
  const sealed = seal(root, 'claire.dupont@example.org', 'identity 1');
  fc.assert(
    fc.property(fc.nat(sealed.length * 8 - 1), (bit) => {
      const changed = Buffer.from(sealed);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => open(root, changed, 'identity 1')).toThrow();
    }),
  );
  expect(() => open(derive(randomSecret(), 'test'), sealed, 'identity 1')).toThrow();
  expect(() => open(root, sealed, 'identity 2')).toThrow();
});

test('sealing twice gives two different texts', () => {
  expect(seal(root, 'a', 'b').equals(seal(root, 'a', 'b'))).toBe(false);
});

test('two organisations share no key, and one organisation’s keys differ by use', () => {
  const [one, other] = [new OrganisationKeys(root, 'one'), new OrganisationKeys(root, 'other')];
  const exported = [one, other].flatMap((keys) =>
    [keys.persons, keys.lookup, keys.tombstone, keys.ledger, keys.applications].map((key) =>
      key.export().toString('hex'),
    ),
  );
  expect(new Set(exported).size).toBe(exported.length);
});

test('a person’s reference is stable for an application and can’t be joined across applications', () => {
  const secret = randomSecret();
  const person = new PersonKeys(secret);
  expect(person.reference('shop')).toBe(new PersonKeys(secret).reference('shop'));
  expect(person.reference('shop')).not.toBe(person.reference('loyalty'));
  expect(person.reference('shop')).toMatch(/^p_[\w-]{20}$/);
});

test('a commitment opens with its nonce and value only', () => {
  const person = new PersonKeys(randomSecret());
  const made = commit(person.nonce('entry 1'), 'claire.dupont@example.org');
  expect(made.equals(commit(person.nonce('entry 1'), 'claire.dupont@example.org'))).toBe(true);
  expect(made.equals(commit(person.nonce('entry 2'), 'claire.dupont@example.org'))).toBe(false);
  expect(made.equals(commit(person.nonce('entry 1'), 'claire.dupond@example.org'))).toBe(false);
});
