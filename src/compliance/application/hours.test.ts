import { expect, test } from 'vitest';
import { opensAt } from './hours.ts';

const week = [1, 2, 3, 4, 5];
const opens = (now: string, from: string, to: string, days = [1, 2, 3, 4, 5, 6, 7]): string =>
  opensAt(new Date(now), { from, to, days }).toISOString();

test('without hours orders leave at once', () => {
  expect(opensAt(new Date('2026-11-23T09:00:00Z'), null).toISOString()).toBe('2026-11-23T09:00:00.000Z');
});

test.each([
  ['within the day', '2026-11-23T10:00:00Z', '08:00', '18:00', '2026-11-23T10:00:00.000Z'],
  ['before it opens', '2026-11-23T06:00:00Z', '08:00', '18:00', '2026-11-23T07:00:00.000Z'],
  ['at its last minute it is closed', '2026-11-23T17:00:00Z', '08:00', '18:00', '2026-11-24T07:00:00.000Z'],
  ['at night, before midnight', '2026-11-23T22:30:00Z', '22:00', '06:00', '2026-11-23T22:30:00.000Z'],
  ['at night, after midnight', '2026-11-24T03:00:00Z', '22:00', '06:00', '2026-11-24T03:00:00.000Z'],
  ['in the morning the night is over', '2026-11-24T05:00:00Z', '22:00', '06:00', '2026-11-24T21:00:00.000Z'],
  ['the same hour twice is a whole day', '2026-11-24T05:00:00Z', '06:00', '06:00', '2026-11-24T05:00:00.000Z'],
])('%s', (_name, now, from, to, expected) => {
  expect(opens(now, from, to)).toBe(expected);
});

test('a Friday night lasts until Saturday morning, and Monday is the next', () => {
  expect(opens('2026-11-28T03:00:00Z', '22:00', '06:00', week)).toBe('2026-11-28T03:00:00.000Z');
  expect(opens('2026-11-28T12:00:00Z', '22:00', '06:00', week)).toBe('2026-11-30T21:00:00.000Z');
});

test('the clocks go forward in the night: 02:30 that does not exist opens at 03:30', () => {
  expect(opens('2027-03-27T23:00:00Z', '02:30', '05:00')).toBe('2027-03-28T01:30:00.000Z');
});
