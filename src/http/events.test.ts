import { expect, test } from 'vitest';
import { Bell, follow, type ServerEvent } from './events.ts';

const event = (id: number): ServerEvent => ({ id: String(id), event: 'thing', data: id });

/** A feed whose rows the test adds, as a table would have them. */
function feed(signal: AbortSignal, everyMs = 60_000, after: string | null = null) {
  const rows: ServerEvent[] = [];
  const bell = new Bell();
  const read = async (last: string | null) => rows.filter((row) => Number(row.id) > Number(last ?? 0));
  return { rows, bell, events: follow({ after, read, bell, topic: 'things', everyMs, signal }) };
}

test('a follower gets what was there, then what the bell announces', async () => {
  const leaving = new AbortController();
  const { rows, bell, events } = feed(leaving.signal);
  rows.push(event(1), event(2));
  expect((await events.next()).value).toEqual(event(1));
  expect((await events.next()).value).toEqual(event(2));
  const next = events.next();
  rows.push(event(3));
  bell.ring('elsewhere');
  bell.ring('things');
  expect((await next).value).toEqual(event(3));
  leaving.abort();
  expect((await events.next()).done).toBe(true);
});

test('a follower who comes back starts after the last one seen', async () => {
  const { rows, events } = feed(new AbortController().signal, 60_000, '2');
  rows.push(event(1), event(2), event(3));
  expect((await events.next()).value).toEqual(event(3));
});

test('a bell that never rang costs only the length of one wait', async () => {
  const { rows, events } = feed(new AbortController().signal, 20);
  const next = events.next();
  setTimeout(() => rows.push(event(1)), 5);
  expect((await next).value).toEqual(event(1));
});

test('what rings while rows are being read is not missed', async () => {
  const bell = new Bell();
  let reads = 0;
  const events = follow({
    after: null,
    read: async () => {
      reads += 1;
      if (reads > 1) return [event(1)];
      bell.ring('things');
      return [];
    },
    bell,
    topic: 'things',
    everyMs: 60_000,
    signal: new AbortController().signal,
  });
  expect((await events.next()).value).toEqual(event(1));
});
