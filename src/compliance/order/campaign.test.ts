import { afterEach, expect, test, vi } from 'vitest';
import type { ErasurePlan } from '../../channels/index.ts';
import { newId } from '../../kernel/index.ts';
import { complianceTest } from '../test/compliance.ts';
import { gatherPlan } from './campaign.ts';

const compliance = await complianceTest();

afterEach(() => {
  vi.useRealTimers();
});

test('an application that never says its plan is waited for a quarter of a minute, and told as too slow', async () => {
  const silent = {
    id: newId(),
    name: 'shop',
    channel: 'sql' as const,
    answerTimeDays: 15,
    batchSize: 100,
    backupHorizonDays: 35,
  };
  const engine = {
    ...compliance.engine,
    applications: {
      ...compliance.engine.applications,
      concerned: async () => [silent],
      erasurePlan: () => new Promise<ErasurePlan>(() => undefined),
    },
  };
  vi.useFakeTimers();
  const gathered = gatherPlan(engine, compliance.scope, null);
  await vi.advanceTimersByTimeAsync(15_000);
  const [line] = await gathered;
  expect(line?.plan).toBeNull();
  expect(line?.problem?.fr).toContain('n’a pas donné son plan à temps');
});
