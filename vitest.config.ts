import { defineConfig } from 'vitest/config';

/** `npm run test:fast` leaves out what needs a browser, a crash loop or a whole installation. */
const slow = ['test/browser/**', 'test/crash/**', 'test/faults/**', 'test/journeys/**', 'src/**/*.slow.test.ts'];

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  test: {
    include: [
      'src/**/*.test.{ts,tsx}',
      'test/**/*.test.{ts,tsx}',
      'examples/**/*.test.{ts,mjs}',
      'sdk/**/*.test.{ts,mjs}',
    ],
    exclude: process.env.SOCLE_FAST === undefined ? [] : slow,
    globalSetup: ['test/support/global-setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
