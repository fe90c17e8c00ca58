import { createHmac } from 'node:crypto';
import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { sequence } from '../../journal/index.ts';
import { open, publicId, sha256 } from '../../kernel/index.ts';
import { systemAsker } from '../../objects/index.ts';
import { addApplication } from '../../repository/index.ts';
import { write } from '../../store/index.ts';
import { issueCredential } from '../application/credentials.ts';
import { sealContext } from '../application/signing.ts';
import { ordersOf } from '../order/latest.ts';
import { type ComplianceTest, complianceTest, operator } from '../test/compliance.ts';

const roots: string[] = [];
afterAll(async () => {
  for (const root of roots) await rm(root, { recursive: true, force: true });
});

function connect({ scope, model }: ComplianceTest, url: string) {
  const connection = { name: 'Back office', channel: 'file', url, identities: [], map: null } as const;
  return addApplication(scope, operator, { model, asker: systemAsker }, connection);
}

/** An old back office that exchanges files: each test has an organisation and a folder of its own. */
async function backOffice(format: 'ndjson' | 'csv' = 'ndjson') {
  const compliance = await complianceTest();
  const { scope, engine } = compliance;
  const root = engine.dropFolders[0] ?? '';
  roots.push(root);
  await mkdir(root);
  const folder = join(root, 'office');
  const id = await connect(compliance, format === 'csv' ? `csv:${folder}` : folder);
  await write(scope, operator, (writing) => issueCredential(writing, id, 'hmac'));
  const [orders, answers] = [join(folder, 'orders'), join(folder, 'answers')];
  let many = 0;
  const ask = async () => {
    many += 1;
    const request = await compliance.open({ identities: [{ kind: 'email', value: `zoe${many}@example.org` }] });
    await compliance.settle(0);
    const order = async () => {
      const found = (await ordersOf(scope.db, request)).find(({ channel }) => channel === 'file');
      if (found === undefined) throw new Error('no order');
      return found;
    };
    const first = await order();
    const name = publicId('ord', first.id);
    const digest = `sha256:${first.digest?.toString('hex')}`;
    return { request, order, name, digest, at: '2026-11-23T09:30:00Z' };
  };
  const secret = async () => {
    const row = await scope.db
      .selectFrom('compliance.application_credential')
      .select(['id', 'sealed'])
      .where('kind', '=', 'hmac')
      .executeTakeFirstOrThrow();
    return open(scope.keys.applications, row.sealed ?? Buffer.alloc(0), sealContext(row.id));
  };
  return {
    ...compliance,
    id,
    root,
    folder,
    orders,
    answers,
    ask,
    secret,
    answer: (name: string, content: string | Uint8Array) => writeFile(join(answers, name), content),
    /** What is told beside a file of answers. */
    rejected: (name: string) => readFile(join(answers, `${name}.rejected`), 'utf8'),
    /** Until the folder has been looked at. */
    look: async () => {
      compliance.store.clock.advance({ minutes: 6 });
      await compliance.settle(0);
    },
  };
}

test('an order is left whole, with its signature beside, and its bytes have the digest that the journal holds', async () => {
  const { ask, orders, secret } = await backOffice();
  const { order, name } = await ask();
  expect(await order()).toMatchObject({ state: 'sent' });
  expect((await readdir(orders)).sort()).toEqual([`${name}.ndjson`, `${name}.ndjson.sig`]);
  const bytes = await readFile(join(orders, `${name}.ndjson`));
  expect(JSON.parse(bytes.toString())).toMatchObject({ type: 'org.socle.order.v1', id: name });
  expect(sha256(bytes.subarray(0, -1)).equals((await order()).digest ?? Buffer.alloc(0))).toBe(true);
  const signed = createHmac('sha256', await secret())
    .update(bytes)
    .digest('base64');
  expect(await readFile(join(orders, `${name}.ndjson.sig`), 'utf8')).toBe(`v1,${signed}\n`);
});

test('an answer is taken, and the file that names the person is deleted, and so said', async () => {
  const { ask, answer, look, orders, answers, scope } = await backOffice();
  const { order, name, digest, at } = await ask();
  await answer('today.ndjson', `${JSON.stringify({ order: name, digest, outcome: 'executed', at })}\n`);
  await look();
  expect(await order()).toMatchObject({ state: 'executed' });
  expect(await readdir(orders)).toEqual([]);
  expect(await readdir(answers)).toEqual([]);
  await sequence(scope);
  const said = await scope.db.selectFrom('compliance.order_drop').select('deleted_at').executeTakeFirstOrThrow();
  expect(said.deleted_at).not.toBeNull();
});

test('orders leave as CSV where it is wanted, an identifier a line', async () => {
  const { ask, orders } = await backOffice('csv');
  const { name, digest } = await ask();
  const lines = (await readFile(join(orders, `${name}.csv`), 'utf8')).split('\r\n');
  expect(lines[0]).toBe('order,digest,key,action,due,ref,kind,value');
  expect(lines[1]).toContain(`${name},${digest}`);
  expect(lines[1]).toContain('email,zoe1@example.org');
});

test('a CSV with a byte-order mark, semicolons and Latin-1 is read', async () => {
  const { ask, answer, look } = await backOffice('csv');
  const [one, two] = [await ask(), await ask()];
  const csv = `\ufefforder;digest;outcome;detail\r\n${one.name};${one.digest};executed;"supprimé ; vérifié"\r\n`;
  await answer('marked.csv', csv);
  const latin = `Order;Digest;Outcome;Reason\r\n${two.name};${two.digest};refused;legal_duty\r\n;;;réglé\r\n`;
  await answer('latin.csv', Buffer.from(latin, 'latin1'));
  await look();
  expect(await one.order()).toMatchObject({ state: 'executed' });
  expect(await two.order()).toMatchObject({ state: 'refused' });
});

test('each line is answered or rejected, with its number and the reason; one bad line costs the others nothing', async () => {
  const { ask, answer, look, rejected } = await backOffice();
  const [one, two, three] = [await ask(), await ask(), await ask()];
  const line = (asked: typeof one, more: object = {}) =>
    JSON.stringify({ order: asked.name, digest: asked.digest, outcome: 'executed', at: asked.at, ...more });
  const lines = [
    'garbage',
    line(one),
    line(two, { digest: one.digest }),
    line(one, { outcome: 'refused' }),
    line(two, { outcome: 'done' }),
    line(three),
    line(three, { order: 'ord_00000000000000000000000000' }),
  ];
  await answer('mixed.ndjson', lines.join('\n'));
  await look();
  expect(await one.order()).toMatchObject({ state: 'executed' });
  expect(await two.order()).toMatchObject({ state: 'sent' });
  expect(await three.order()).toMatchObject({ state: 'executed' });
  const told = (await rejected('mixed.ndjson')).split('\r\n').map((row) => row.split(',').slice(0, 2).join(' '));
  expect(told).toEqual([
    'line code',
    '1 file.not_json',
    '3 order.not_this_one',
    '4 order.conflict',
    '5 file.not_answer',
    '7 order.not_this_one',
    '',
  ]);
});

test('lines of a CSV that contradict each other are all rejected; a CSV without its columns is told so', async () => {
  const { ask, answer, look, rejected } = await backOffice('csv');
  const { order, name, digest } = await ask();
  await answer('two.csv', `order,digest,outcome\n${name},${digest},executed\n${name},${digest},refused\n`);
  await answer('none.csv', 'qui,quoi\nmoi,rien\n');
  await look();
  expect(await order()).toMatchObject({ state: 'sent' });
  expect(await rejected('two.csv')).toMatch(/^2,file.contradictory.*\s+3,file.contradictory/m);
  expect(await rejected('none.csv')).toContain('1,file.no_header');
});

test('persons that a file passes over are not taken as done', async () => {
  const { ask, answer, look, rejected } = await backOffice('csv');
  const { order, name, digest } = await ask();
  await answer('other.csv', `order,digest,ref,outcome\n${name},${digest},p_nobody,executed\n`);
  await look();
  expect(await order()).toMatchObject({ state: 'sent' });
  expect(await rejected('other.csv')).toContain('2,file.incomplete');
});

test('a second, contradictory answer comes too late, even after the file of the order was deleted', async () => {
  const { ask, answer, look, rejected } = await backOffice();
  const { order, name, digest, at } = await ask();
  const body = { order: name, digest, outcome: 'executed', at };
  await answer('one.ndjson', JSON.stringify(body));
  await look();
  await answer('again.ndjson', JSON.stringify(body));
  await answer('other.ndjson', JSON.stringify({ ...body, outcome: 'not_found' }));
  await look();
  expect(await order()).toMatchObject({ state: 'executed' });
  expect(await rejected('other.ndjson')).toContain('1,order.conflict');
  await expect(rejected('again.ndjson')).rejects.toThrow();
});

test('a signed file is verified: a false signature puts it aside whole', async () => {
  const { ask, answer, look, answers, secret } = await backOffice();
  const { order, name, digest, at } = await ask();
  const content = `${JSON.stringify({ order: name, digest, outcome: 'executed', at })}\n`;
  await answer('signed.ndjson.sig', `v1,${Buffer.alloc(32).toString('base64')}\n`);
  await answer('signed.ndjson', content);
  await look();
  expect(await order()).toMatchObject({ state: 'sent' });
  expect((await readdir(answers)).sort()).toEqual([
    'signed.ndjson.refused',
    'signed.ndjson.rejected',
    'signed.ndjson.sig',
  ]);
  await answer(
    'good.ndjson.sig',
    `v1,${createHmac('sha256', await secret())
      .update(content)
      .digest('base64')}\n`,
  );
  await answer('good.ndjson', content);
  await look();
  expect(await order()).toMatchObject({ state: 'executed' });
});

test.each(['executed', 'recorded'] as const)(
  'a crash at “%s” while answers are taken neither loses nor repeats one',
  async (step) => {
    const { ask, answer, look, crashAt, scope, orders, answers } = await backOffice();
    const { order, name, digest, at } = await ask();
    const failed = { order: name, digest, outcome: 'failed', at };
    await answer('today.ndjson', `${JSON.stringify(failed)}\n${JSON.stringify({ ...failed, outcome: 'executed' })}\n`);
    crashAt(step);
    for (let time = 0; time < 4; time += 1) await look();
    expect(await order()).toMatchObject({ state: 'executed' });
    const kept = await scope.db
      .selectFrom('compliance.order_answer')
      .select('kind')
      .where('kind', '=', 'outcome')
      .where('order_id', '=', (await order()).id)
      .execute();
    expect(kept).toHaveLength(2);
    expect(await readdir(orders)).toEqual([]);
    expect(await readdir(answers)).toEqual([]);
  },
);

test.each(['sending', 'sent', 'executed', 'recorded'] as const)(
  'a crash at “%s” while an order is left ends in one file',
  async (step) => {
    const { ask, orders, crashAt, settle } = await backOffice();
    crashAt(step);
    const { order, name } = await ask();
    await settle(3);
    expect(await order()).toMatchObject({ state: 'sent' });
    expect((await readdir(orders)).sort()).toEqual([`${name}.ndjson`, `${name}.ndjson.sig`]);
  },
);

test.each(['office', './office', '/srv/../etc', '/srv/drops/../../etc', '', '/srv//drops', '/srv/a\nb'])(
  'a folder that is no plain absolute path is refused where it is typed: %j',
  async (folder) => {
    await expect(connect(await complianceTest(), folder)).rejects.toMatchObject({ code: 'file.folder', status: 422 });
  },
);

test('a folder outside of the allowed roots, or reached by a symbolic link, gets nothing', async () => {
  const compliance = await complianceTest();
  const root = compliance.engine.dropFolders[0] ?? '';
  const outside = `${root}-outside`;
  roots.push(root, outside);
  await mkdir(root);
  await mkdir(outside);
  await symlink(outside, join(root, 'linked'));
  for (const folder of [outside, join(root, 'linked'), join(root, 'linked', 'deep'), root]) {
    const office = await complianceTest();
    Object.assign(office.engine, { dropFolders: [root] });
    const id = await connect(office, folder);
    await write(office.scope, operator, (writing) => issueCredential(writing, id, 'hmac'));
    const request = await office.open({ identities: [{ kind: 'email', value: 'zoe@example.org' }] });
    await office.settle(0);
    const order = (await ordersOf(office.scope.db, request)).find(({ channel }) => channel === 'file');
    expect(order).toMatchObject({ state: 'failed', reason: 'file.not_allowed' });
  }
  expect(await readdir(outside)).toEqual([]);
});

test('what is not a regular file of answers is passed over, wherever its name leads', async () => {
  const { ask, answers, look, answer, root } = await backOffice();
  const { order, name, digest, at } = await ask();
  const body = JSON.stringify({ order: name, digest, outcome: 'executed', at });
  await writeFile(join(root, 'elsewhere.ndjson'), body);
  await symlink(join(root, 'elsewhere.ndjson'), join(answers, 'link.ndjson'));
  await mkdir(join(answers, 'folder.ndjson'));
  await answer('.hidden.ndjson', body);
  await answer('today.ndjson.part', body);
  await look();
  expect(await order()).toMatchObject({ state: 'sent' });
  expect(await readFile(join(root, 'elsewhere.ndjson'), 'utf8')).toBe(body);
});

test('answers of more than 10 MB are put aside unread with what to do, and those beside are taken', async () => {
  const { ask, answers, look, answer, rejected } = await backOffice();
  const { order, name, digest, at } = await ask();
  const line = `${JSON.stringify({ order: name, digest, outcome: 'executed', at })}\n`;
  await answer('giant.ndjson', line + ' '.repeat(10_500_000));
  await look();
  expect(await order()).toMatchObject({ state: 'sent' });
  expect((await readdir(answers)).sort()).toEqual(['giant.ndjson.refused', 'giant.ndjson.rejected']);
  expect(await rejected('giant.ndjson')).toContain('10');
  await answer('today.ndjson', line);
  await look();
  expect(await order()).toMatchObject({ state: 'executed' });
});

test('an answer whose order or file is named with ../ leads nowhere', async () => {
  const { ask, answers, look, answer, rejected, root } = await backOffice();
  const { order, digest, at } = await ask();
  await writeFile(join(root, 'kept.ndjson'), 'kept');
  const names = ['../../kept', '..\\..\\kept', '../orders/x', '%2e%2e/kept'];
  const lines = names.map((name) => JSON.stringify({ order: name, digest, outcome: 'executed', at }));
  await answer('to..day.ndjson', `${lines.join('\n')}\n`);
  await look();
  expect(await order()).toMatchObject({ state: 'sent' });
  expect((await readdir(root)).sort()).toEqual(['kept.ndjson', 'office']);
  expect((await rejected('to..day.ndjson')).split('\r\n').length).toBeGreaterThan(names.length);
  expect(await readdir(answers)).toEqual(['to..day.ndjson.rejected']);
});

test('a share that is not mounted is waited for, and not made', async () => {
  const { root, open, settle, scope } = await backOffice();
  await rm(root, { recursive: true });
  const request = await open({ identities: [{ kind: 'email', value: 'late@example.org' }] });
  await settle(0);
  const order = async () => (await ordersOf(scope.db, request)).find(({ channel }) => channel === 'file');
  expect(await order()).toMatchObject({ state: 'sent', tries: 1 });
  expect((await order())?.problem?.en).toContain('ENOENT');
  await mkdir(root);
  await settle(2);
  expect(await readdir(join(root, 'office', 'orders'))).toHaveLength(2);
});
