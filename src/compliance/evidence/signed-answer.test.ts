import { execFileSync, spawnSync } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { journalKey } from '../../journal/index.ts';
import { canonicalJson, createLog, projectRoot, publicId } from '../../kernel/index.ts';
import { write } from '../../store/index.ts';
import { issueCredential, registerAnswerKey } from '../application/credentials.ts';
import { ordersOf } from '../order/latest.ts';
import { complianceTest, operator } from '../test/compliance.ts';
import { Site } from '../test/site.ts';
import { requestEvidence } from './evidence.ts';

const compliance = await complianceTest();
const { scope, engine } = compliance;
const site = new Site(compliance, createLog('silent'));
const crm = await compliance.pullApplication('crm');
const { publicKey, privateKey } = generateKeyPairSync('ed25519');

test('an answer that its application signed is provable by anybody, offline; changed, it no longer is', async () => {
  const { shown: key } = await write(scope, operator, (writing) => issueCredential(writing, crm, 'key'));
  await write(scope, operator, (writing) =>
    registerAnswerKey(writing, crm, publicKey.export({ type: 'spki', format: 'pem' }).toString()),
  );
  const id = await compliance.open();
  await compliance.settle(0);
  await site.asApplication(key).api('GET', '/orders');
  const [order] = await ordersOf(scope.db, id);
  const name = publicId('ord', order?.id ?? '');
  const digest = `sha256:${order?.digest?.toString('hex')}`;
  const answer = { order: name, digest, outcome: 'executed', at: '2026-11-23T09:30:00Z', by: 'crm 1.2' };
  const signature = `ed25519:${sign(null, Buffer.from(canonicalJson(answer)), privateKey).toString('base64')}`;
  const answered = await site.asApplication(key).api('POST', `/orders/${name}/outcome`, { ...answer, signature });
  expect(answered.status).toBe(200);
  await compliance.settle(2);

  const { bytes } = await requestEvidence(engine, scope, operator, id, 'en');
  const folder = mkdtempSync(join(tmpdir(), 'socle-signed-'));
  const path = join(folder, 'evidence.zip');
  writeFileSync(path, bytes);
  const verifier = join(projectRoot, 'sdk/verify/verify.mjs');
  const checked = [verifier, path, '--key', (await journalKey(scope)).text];
  const said = execFileSync(process.execPath, checked, { encoding: 'utf8', env: { ...process.env, LANG: 'en' } });
  expect(said).toMatch(/crm/);
  // Stored, not deflated or not: one changed byte anywhere must be noticed.
  const changed = Buffer.from(bytes);
  changed[Math.floor(changed.length / 2)] = (changed[Math.floor(changed.length / 2)] ?? 0) ^ 1;
  writeFileSync(path, changed);
  expect(spawnSync(process.execPath, checked).status).not.toBe(0);
  rmSync(folder, { recursive: true });
});
