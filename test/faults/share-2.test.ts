import { test } from 'vitest';
import { playShare } from './seeds.ts';

test(
  'whatever the network loses and whoever dies, each person has one true end (half 2 of the seeds)',
  {
    timeout: 7_200_000,
  },
  () => playShare(2),
);
