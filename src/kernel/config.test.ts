import { expect, test } from 'vitest';
import { onFreePort, readConfig } from './config.ts';
import { Refusal } from './refusal.ts';

function refusalOf(environment: Readonly<Record<string, string>>): Refusal {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof Refusal) return error;
  }
  throw new Error('it was accepted');
}

test('with nothing given, Socle runs on loopback with the embedded database and the retailer’s example', () => {
  expect(readConfig({})).toMatchObject({
    port: 3000,
    host: '127.0.0.1',
    databaseUrl: null,
    example: 'retailer',
    publicUrl: 'http://127.0.0.1:3000',
    logLevel: 'info',
  });
});

test('an empty variable is one that wasn’t given', () => {
  expect(readConfig({ PORT: '', DATABASE_URL: '' })).toMatchObject({ port: 3000, databaseUrl: null });
});

test('every wrong variable is named on one line, with what it must be, and no value is repeated', () => {
  const { text } = refusalOf({
    PORT: 'eighty',
    SOCLE_LOG: 'loud',
    SOCLE_ADMIN_PASSWORD: 'short-secret',
    DATABASE_URL: 'mysql://u:p4ss@h/d',
  });
  for (const words of Object.values(text)) {
    expect(words).not.toContain('\n');
    expect(words).toMatch(/PORT .*SOCLE_LOG|DATABASE_URL/);
    expect(words).not.toMatch(/p4ss|eighty|loud/);
  }
});

test('a given database needs the key that opens its sealed values', () => {
  expect(refusalOf({ DATABASE_URL: 'postgres://u@h/d' }).text.en).toContain('SOCLE_SECRET is required');
});

test('SOCLE_EXAMPLE=none means none', () => {
  expect(readConfig({ SOCLE_EXAMPLE: 'none' }).example).toBeNull();
});

test('any free port is chosen before anything is written with it, and a public address that was given stays', async () => {
  const chosen = await onFreePort(readConfig({ PORT: '0' }));
  expect(chosen.port).toBeGreaterThan(0);
  expect(chosen.publicUrl).toBe(`http://127.0.0.1:${chosen.port}`);
  const named = await onFreePort(readConfig({ PORT: '0', SOCLE_PUBLIC_URL: 'https://socle.example' }));
  expect(named.publicUrl).toBe('https://socle.example');
  expect(await onFreePort(readConfig({ PORT: '3001' }))).toMatchObject({ port: 3001 });
});
