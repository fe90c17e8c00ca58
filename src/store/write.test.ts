import { expect, test } from 'vitest';
import { testStore } from '../../test/support/store.ts';
import { type Cause, newId, Refusal, sha256 } from '../kernel/index.ts';
import { idempotencySweep, writeOnce } from './index.ts';

const { store, clock, organisation } = await testStore();
const scope = await organisation();
const cause = (key: string | null): Cause => ({ actor: { kind: 'user', id: newId() }, source: 'api', key });

test('the same key writes once and answers the same', async () => {
  let writes = 0;
  const asked = cause('k-1');
  const run = async () => {
    writes += 1;
    return { status: 201, resource: `thing-${writes}` };
  };
  const first = await writeOnce(scope, asked, sha256('body'), run);
  const second = await writeOnce(scope, asked, sha256('body'), run);
  expect(first).toEqual({ status: 201, resource: 'thing-1', isRepeat: false });
  expect(second).toEqual({ status: 201, resource: 'thing-1', isRepeat: true });
  expect(writes).toBe(1);
});

test('the same key with another request is refused', async () => {
  const asked = cause('k-2');
  const run = async () => ({ status: 201, resource: 'thing' });
  await writeOnce(scope, asked, sha256('body'), run);
  await expect(writeOnce(scope, asked, sha256('another body'), run)).rejects.toMatchObject({
    code: 'idempotency.reused_key',
    status: 422,
  });
});

test('two at once with one key write once', async () => {
  let writes = 0;
  const asked = cause('k-3');
  const run = async () => {
    writes += 1;
    return { status: 201, resource: 'thing' };
  };
  const answers = await Promise.all([1, 2, 3].map(() => writeOnce(scope, asked, sha256('body'), run)));
  expect(writes).toBe(1);
  expect(answers.filter((answer) => answer.isRepeat)).toHaveLength(2);
});

test('a refused write leaves its key free', async () => {
  const asked = cause('k-4');
  const refusal = new Refusal('test.refused', 422, { fr: 'non', en: 'no' });
  await expect(writeOnce(scope, asked, sha256('body'), () => Promise.reject(refusal))).rejects.toBe(refusal);
  const after = await writeOnce(scope, asked, sha256('body'), async () => ({ status: 201, resource: 'thing' }));
  expect(after.isRepeat).toBe(false);
});

test('keys of more than thirty days are forgotten, younger ones are not', async () => {
  const run = async () => ({ status: 201, resource: 'thing' });
  const [old, young] = [cause('k-old'), cause('k-young')];
  await writeOnce(scope, old, sha256('body'), run);
  clock.advance({ days: 29 });
  await writeOnce(scope, young, sha256('body'), run);
  clock.advance({ days: 2 });
  await idempotencySweep.run(store);
  expect((await writeOnce(scope, old, sha256('body'), run)).isRepeat).toBe(false);
  expect((await writeOnce(scope, young, sha256('body'), run)).isRepeat).toBe(true);
});
