import { expect, test } from 'vitest';
import { complianceTest } from '../test/compliance.ts';
import { readRequestRow } from './row.ts';

test('the first requests of an organisation, all at the same time, are all opened, for the one controller that they make', async () => {
  const { scope, open } = await complianceTest();
  const identities = [1, 2, 3, 4].map((number) => [{ kind: 'email', value: `p${number}@example.org` }]);
  const opened = await Promise.all(identities.map((some) => open({ identities: some })));
  const rows = await Promise.all(opened.map((id) => readRequestRow(scope.db, id)));
  expect(new Set(rows.map((row) => row.controller_id)).size).toBe(1);
});
