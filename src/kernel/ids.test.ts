import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isUuid, newId, parseId, publicId } from './ids.ts';

test('ids made one after the other sort in that order, within one millisecond too', () => {
  const ids = Array.from({ length: 20_000 }, () => newId());
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.every(isUuid)).toBe(true);
});

test('a UUIDv7 holds its version, its variant and its millisecond', () => {
  const at = Date.UTC(2100, 0, 1);
  const id = newId(at);
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBeGreaterThanOrEqual(at);
});

test('a public id reads back to its UUID, with its prefix, without it, and in lower case', () => {
  fc.assert(
    fc.property(fc.uuid(), (uuid) => {
      const id = publicId('req', uuid);
      expect(id).toMatch(/^req_[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
      expect(parseId('req', id)).toBe(uuid);
      expect(parseId('req', id.slice(4))).toBe(uuid);
      expect(parseId('req', uuid)).toBe(uuid);
    }),
  );
});

test.each(['', 'req_', 'ord_01JDXY', 'req_81JDXYAAAAAAAAAAAAAAAAAAAA', "'; drop table", 'DX-2026-00001'])(
  '%j is no id',
  (text) => {
    expect(parseId('req', text)).toBeNull();
  },
);
