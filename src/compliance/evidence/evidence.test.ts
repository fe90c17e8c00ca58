import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { journalKey, readEntries } from '../../journal/index.ts';
import { commit, projectRoot, publicId } from '../../kernel/index.ts';
import { personReceipt } from '../request/answer.ts';
import { readRequestRow } from '../request/row.ts';
import { complianceTest, operator, shopSchema } from '../test/compliance.ts';
import { requestEvidence } from './evidence.ts';

const compliance = await complianceTest();
const { scope, engine } = compliance;
await compliance.application('shop', shopSchema);
const verifier = join(projectRoot, 'sdk/verify/verify.mjs');

test('the evidence of a closed request verifies offline and holds nothing of the person', async () => {
  const id = await compliance.open({
    note: 'appelle le soir',
    contact: { name: 'Claire Dupont', email: null, postalAddress: null },
  });
  const receipt = await personReceipt(scope, await readRequestRow(scope.db, id));
  await compliance.settle(2);
  const { bytes, fileName } = await requestEvidence(engine, scope, operator, id, 'fr');
  expect(fileName).toMatch(/^DR-2026-\d{5}\.zip$/);
  expect(bytes.toString('latin1')).not.toMatch(/claire|dupont|appelle le soir/i);
  const opened = (await readEntries(scope, { subjects: [publicId('req', id)] })).find(
    ({ body }) => body.kind === 'request.opened',
  );
  const { openings } = JSON.parse(receipt?.toString() ?? '{}');
  expect(commit(Buffer.from(openings[0].nonce, 'hex'), openings[0].value).toString('hex')).toBe(
    opened?.body.commitments.person,
  );
  expect(openings[0].value).toContain('claire.dupont@example.org');
  expect(await personReceipt(scope, await readRequestRow(scope.db, id))).toBeNull();
  if (!existsSync(verifier)) return;
  const folder = mkdtempSync(join(tmpdir(), 'socle-evidence-'));
  const path = join(folder, fileName);
  writeFileSync(path, bytes);
  const key = await journalKey(scope);
  const said = execFileSync(process.execPath, [verifier, path, '--key', key.text], { encoding: 'utf8' });
  expect(said).not.toBe('');
  rmSync(folder, { recursive: true });
});
