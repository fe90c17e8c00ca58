import { execFile, execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { requireOrSkip } from '../../../test/support/require.ts';
import { projectRoot } from '../../kernel/index.ts';
import { systemAsker } from '../../objects/index.ts';
import { addApplication } from '../../repository/index.ts';
import { write } from '../../store/index.ts';
import { issueCredential } from '../application/credentials.ts';
import { ordersOf } from '../order/latest.ts';
import { complianceTest, operator } from '../test/compliance.ts';

function hasPython(): boolean {
  try {
    execFileSync('python3', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const place = await mkdtemp(join(tmpdir(), 'socle-office-'));
const roots: string[] = [place];
afterAll(async () => {
  for (const root of roots) await rm(root, { recursive: true, force: true });
});

/** The office's own half: a list of customers in a file. */
const customersModule = `import json, os
def erase(person):
    path = os.environ["CUSTOMERS"]
    known = json.load(open(path))
    emails = [one["value"] for one in person["identities"] if one["kind"] == "email"]
    left = [customer for customer in known if customer["email"] not in emails]
    json.dump(left, open(path, "w"))
    gone = len(known) - len(left)
    return {"outcome": "executed", "counts": {"identity": gone}} if gone else {"outcome": "not_found"}
`;

describe.skipIf(!requireOrSkip('Python', hasPython(), 'apt-get install python3'))('sdk/python/files.py', () => {
  test('takes signed orders from the folder, erases once, answers, and Socle picks the answers up', async () => {
    const { scope, model, engine, open, settle, store } = await complianceTest();
    const root = engine.dropFolders[0] ?? '';
    roots.push(root);
    await mkdir(root);
    const folder = join(root, 'office');
    const connection = { name: 'Office', channel: 'file', url: folder, identities: [], map: null } as const;
    const id = await addApplication(scope, operator, { model, asker: systemAsker }, connection);
    const { shown: secret } = await write(scope, operator, (writing) => issueCredential(writing, id, 'hmac'));
    const customers = join(place, 'customers.json');
    await writeFile(customers, JSON.stringify([{ email: 'claire.dupont@example.org' }, { email: 'b@example.org' }]));
    await writeFile(join(place, 'customers.py'), customersModule);
    const run = (secrets: string) =>
      promisify(execFile)('python3', [join(projectRoot, 'sdk/python/files.py'), folder], {
        env: {
          PATH: process.env.PATH,
          HOME: process.env.HOME,
          PYTHONPATH: place,
          PYTHONDONTWRITEBYTECODE: '1',
          SOCLE_SECRETS: secrets,
          DONE: join(place, 'done'),
          CUSTOMERS: customers,
        },
      });
    const request = await open();
    await settle(0);
    const state = async () => (await ordersOf(scope.db, request)).find(({ channel }) => channel === 'file')?.state;
    const answers = () => readdir(join(folder, 'answers'));

    await run(`whsec_${Buffer.alloc(32, 1).toString('base64')}`);
    expect(await answers()).toEqual([]);
    expect(JSON.parse(await readFile(customers, 'utf8'))).toHaveLength(2);

    await run(secret);
    const [name = ''] = await answers();
    const said = await readFile(join(folder, 'answers', name), 'utf8');
    await run(secret);
    expect(await readFile(join(folder, 'answers', name), 'utf8')).toBe(said);
    expect(JSON.parse(await readFile(customers, 'utf8'))).toEqual([{ email: 'b@example.org' }]);
    expect(said).not.toContain('example.org');
    store.clock.advance({ minutes: 6 });
    await settle(0);
    expect(await state()).toBe('executed');
    expect((await readdir(join(folder, 'orders'))).filter((each) => each.startsWith('ord_'))).toEqual([]);
  });
});
