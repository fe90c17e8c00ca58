import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { createLog, describeError } from './log.ts';

test('an error is logged by its name, code and place, never by a message that may quote a value', () => {
  const lines: string[] = [];
  const log = createLog(
    'info',
    new Writable({
      write: (chunk, _, done) => {
        lines.push(String(chunk));
        done();
      },
    }),
  );
  const error = Object.assign(new Error('Key (email)=(claire.dupont@example.org) already exists.'), {
    code: '23505',
    detail: 'claire.dupont',
  });
  log.warn({ error }, 'store.refused');
  expect(lines.join('')).not.toContain('claire.dupont');
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    level: 'warn',
    msg: 'store.refused',
    error: { name: 'Error', code: '23505' },
  });
});

test('what isn’t an error is described by its type alone', () => {
  expect(describeError('claire.dupont@example.org')).toEqual({ name: 'string' });
});
