import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { testModel } from '../../test/support/model.ts';
import { testStore } from '../../test/support/store.ts';
import { type Cause, newId, projectRoot, Refusal, type Uuid } from '../kernel/index.ts';
import { type Writing, write } from '../store/index.ts';
import {
  type Acting,
  type Asker,
  createObject,
  deleteObject,
  forgetObjectPast,
  objectHistory,
  possibleTransitions,
  readObject,
  systemAsker,
  transitionObject,
  updateObject,
} from './index.ts';

const testing = await testStore();
const model = await testModel(testing, [join(projectRoot, 'src/objects/fixtures/workshop')]);
const scope = await testing.organisation();

const someone: Cause = { actor: { kind: 'user', id: newId() }, source: 'api', key: null };
const another: Cause = { actor: { kind: 'user', id: newId() }, source: 'page', key: null };
const as = (...roles: string[]): Acting => ({
  model,
  asker: { kind: 'user', roles, perimeters: null, me: 'user:ada' },
});
const within = (perimeters: readonly Uuid[]): Acting => ({
  model,
  asker: { kind: 'user', roles: ['admin'], perimeters, me: 'user:ada' },
});
const system: Acting = { model, asker: systemAsker };
const doing = <T>(run: (writing: Writing) => Promise<T>, cause = someone): Promise<T> => write(scope, cause, run);

/** What a refused write says: the code, and each problem's pointer and code. */
async function refusal(run: Promise<unknown>): Promise<readonly string[]> {
  const error = await run.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Refusal)) throw error ?? new Error('nothing was refused');
  return [`${error.status} ${error.code}`, ...error.problems.map((problem) => `${problem.pointer} ${problem.code}`)];
}

const site = await doing((writing) => createObject(writing, system, 'site', { name: 'Lyon' }));
const device = (values: Record<string, unknown> = {}) =>
  doing((writing) => createObject(writing, as('admin'), 'device', { name: 'Portable', site: site.id, ...values }));

describe('creating', () => {
  const all = {
    name: 'Écran',
    serial: 'ABC-1234',
    site: 'S-001',
    quantity: 3,
    weight: '1.250',
    price: { amount: 12.5, currency: 'eur' },
    is_mobile: true,
    bought_on: '2026-02-28',
    tested_at: '2026-11-22T09:00:00+01:00',
    warranty: 'P1Y6M',
    grade: 'b',
    colours: ['blue', 'red'],
    keeper_email: 'Anne@Exemple.FR',
    keeper_phone: '01 45 67 89 01',
    page: 'https://exemple.fr/a?b',
    origin: 'fr',
    gtin: '4006381333931',
    notice: { fr: 'Mode d’emploi', en: 'Manual' },
    details: { ports: [1, { kind: 'usb' }] },
  };

  test('every attribute type goes in and comes out, exact', async () => {
    const made = await device(all);
    const read = await readObject(scope, as(), 'device', made.number);
    expect(read).toEqual(made);
    expect(read).toMatchObject({
      type: 'device',
      title: `${made.number} · Écran`,
      state: 'received',
      version: 1,
      values: {
        ...all,
        site: site.id,
        parent: null,
        price: { amount: '12.50', currency: 'EUR' },
        tested_at: '2026-11-22T08:00:00.000Z',
        colours: ['red', 'blue'],
        keeper_email: 'anne@exemple.fr',
        keeper_phone: '+33145678901',
        origin: 'FR',
      },
    });
  });

  test('numbers follow one another, restart each year, and are never given again', async () => {
    const first = await device();
    const second = await device();
    const counter = (number: string): number => Number(number.slice(-4));
    expect(counter(second.number)).toBe(counter(first.number) + 1);
    await doing((writing) => deleteObject(writing, as('admin'), 'device', second.id, { version: null }));
    expect(counter((await device()).number)).toBe(counter(second.number) + 1);
    testing.clock.set('2027-01-02T10:00:00Z');
    expect((await device()).number).toBe('DEV-2027-0001');
    testing.clock.set('2026-11-23T09:00:00Z');
  });

  test('a refused creation leaves no hole in the numbers', async () => {
    const before = await device();
    await refusal(device({ grade: 'z' }));
    const after = await device();
    expect(Number(after.number.slice(-4))).toBe(Number(before.number.slice(-4)) + 1);
  });

  test('everything wrong is told at once', async () => {
    await device({ serial: 'TAKEN-1' });
    const wrong = {
      name: ' ',
      serial: 'TAKEN-1',
      site: 'S-999',
      parent: 'not an id',
      quantity: -1,
      weight: '1.2345',
      price: { amount: '1.005', currency: 'EUR' },
      bought_on: '2026-02-30',
      tested_at: '2026-01-01T10:00',
      warranty: '3 weeks',
      grade: 'z',
      keeper_email: 'nobody',
      page: 'javascript:alert(1)',
      origin: 'XX',
      gtin: '4006381333930',
      colour: 'red',
    };
    expect(await refusal(device(wrong))).toEqual([
      '422 object.invalid',
      '/values/quantity value.too_small',
      '/values/weight value.too_precise',
      '/values/price value.too_precise',
      '/values/bought_on value.not_date',
      '/values/tested_at value.not_datetime',
      '/values/warranty value.not_duration',
      '/values/grade value.not_a_choice',
      '/values/keeper_email value.not_email',
      '/values/page value.not_url',
      '/values/origin value.not_country',
      '/values/gtin value.not_gtin',
      '/values/colour value.unknown_attribute',
      '/values/site value.no_such_object',
      '/values/parent value.no_such_object',
      '/values/name value.required',
      '/values/serial value.not_unique',
    ]);
  });

  test('two at once with the same unique value: one is made, the other is refused as it would have been', async () => {
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => device({ serial: 'RACE-1' })));
    expect(outcomes.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'object.invalid' });
    }
  });

  test('who may not is told who may', async () => {
    expect(await refusal(doing((writing) => createObject(writing, as('auditor'), 'device', {})))).toEqual([
      '403 object.forbidden',
    ]);
    expect(await refusal(doing((writing) => createObject(writing, as('admin'), 'devise', {})))).toEqual([
      '404 object.unknown_type',
    ]);
  });
});

describe('changing', () => {
  test('what changed makes a version and a line of history; what did not, nothing', async () => {
    const made = await device({ quantity: 1 });
    const change = (values: Record<string, unknown>, version: number | null = null) =>
      doing((writing) => updateObject(writing, as('admin'), 'device', made.id, { values, version }), another);
    expect((await change({ quantity: '1', name: 'Portable' })).version).toBe(1);
    const changed = await change({ quantity: 2, grade: 'a' }, 1);
    expect(changed).toMatchObject({
      version: 2,
      updatedBy: `user:${another.actor.kind === 'user' ? another.actor.id : ''}`,
    });
    expect(await refusal(change({ quantity: 3 }, 1))).toEqual(['412 version.conflict']);
    const history = await objectHistory(scope, as(), 'device', made.id);
    expect(history.map((event) => event.action)).toEqual(['update', 'create']);
    expect(history[0]?.changes).toEqual([
      { attribute: 'quantity', from: 1, to: 2, isForgotten: false },
      { attribute: 'grade', from: null, to: 'a', isForgotten: false },
    ]);
  });

  test('a required attribute can’t be emptied', async () => {
    const made = await device();
    const emptied = doing((writing) =>
      updateObject(writing, as('admin'), 'device', made.id, { values: { name: '', site: null }, version: null }),
    );
    expect(await refusal(emptied)).toEqual([
      '422 object.invalid',
      '/values/name value.required',
      '/values/site value.required',
    ]);
  });

  test('of several writers on one version, one wins and the others are told', async () => {
    const made = await device({ quantity: 0 });
    const outcomes = await Promise.allSettled(
      [1, 2, 3, 4].map((quantity) =>
        doing((writing) => updateObject(writing, as('admin'), 'device', made.id, { values: { quantity }, version: 1 })),
      ),
    );
    expect(outcomes.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    expect((await readObject(scope, as(), 'device', made.id)).version).toBe(2);
  });

  test('an object others refer to is not deleted', async () => {
    const parent = await device();
    const child = await device({ parent: parent.number });
    const removal = (id: string) =>
      doing((writing) => deleteObject(writing, as('admin'), 'device', id, { version: null }));
    expect(await refusal(removal(parent.id))).toEqual(['409 object.referred_to']);
    await removal(child.id);
    await removal(parent.id);
    expect(await refusal(readObject(scope, as(), 'device', parent.id))).toEqual(['404 object.not_found']);
  });
});

describe('personal values in the history', () => {
  test('are readable until forgotten, then gone for ever, and never in clear in the database', async () => {
    const made = await device({ keeper_email: 'anne.martin@exemple.fr' });
    await doing((writing) =>
      updateObject(writing, as('admin'), 'device', made.id, {
        values: { keeper_email: null, grade: 'a' },
        version: null,
      }),
    );
    const [latest] = await objectHistory(scope, as(), 'device', made.id);
    expect(latest?.changes).toContainEqual({
      attribute: 'keeper_email',
      from: 'anne.martin@exemple.fr',
      to: null,
      isForgotten: false,
    });
    const rows = await testing.asOwner<{ row: string }>(
      'select h::text as row from objects.history h union all select p::text from journal.pending p',
    );
    expect(rows.some(({ row }) => row.includes('anne') || row.includes(Buffer.from('anne').toString('hex')))).toBe(
      false,
    );
    await doing((writing) => forgetObjectPast(writing, made.id));
    const [after] = await objectHistory(scope, as(), 'device', made.id);
    expect(after?.changes).toEqual([
      { attribute: 'keeper_email', isForgotten: true },
      { attribute: 'grade', from: null, to: 'a', isForgotten: false },
    ]);
  });
});

describe('transitions', () => {
  const move = (id: string, transition: string, acting: Acting, more: object = {}, cause = someone) =>
    doing((writing) => transitionObject(writing, acting, 'device', id, { transition, ...more }), cause);

  test('are refused with everything that stands in the way, at once', async () => {
    const made = await device();
    expect(await refusal(move(made.id, 'sell', as('member'), { values: { quantity: 5, grade: 'z' } }))).toEqual([
      '422 object.transition_refused',
      '/transition transition.state',
      '/transition transition.role',
      '/values/quantity transition.not_yours',
      '/values/grade transition.not_yours',
      '/values/grade value.not_a_choice',
    ]);
    expect(await refusal(move(made.id, 'test', as('member')))).toEqual([
      '422 object.transition_refused',
      '/values/grade transition.missing',
      '/values/weight transition.missing',
    ]);
    expect(await refusal(move(made.id, 'test', as('auditor'), { values: {} }))).toContain(
      '/transition transition.role',
    );
    expect(await refusal(move(made.id, 'tset', as('member')))).toEqual(['422 object.unknown_transition']);
  });

  test('fill what they require on the way, and tell the history and the journal once each', async () => {
    const made = await device();
    const tested = await move(made.id, 'test', as('member'), { values: { grade: 'b', weight: '2' } });
    expect(tested).toMatchObject({ state: 'tested', version: 2, values: { grade: 'b', weight: '2.000' } });
    const [event] = await objectHistory(scope, as(), 'device', made.id);
    expect(event).toMatchObject({ action: 'transition', transition: 'test', version: 2 });
    expect(event?.changes[0]).toEqual({ attribute: 'state', from: 'received', to: 'tested', isForgotten: false });
    const entries = await testing.asOwner<{ kind: string }>(
      "select body::jsonb ->> 'kind' as kind from journal.pending where body::jsonb -> 'data' ->> 'number' = $1",
      [made.number],
    );
    expect(entries.map((entry) => entry.kind).sort()).toEqual(['object.created', 'object.moved']);
  });

  test('four eyes: who tested does not sell', async () => {
    const made = await device({ grade: 'a', weight: '1' });
    await move(made.id, 'test', as('admin'));
    expect(await refusal(move(made.id, 'sell', as('admin')))).toEqual([
      '422 object.transition_refused',
      '/transition transition.same_person',
    ]);
    expect((await move(made.id, 'sell', as('admin'), {}, another)).state).toBe('sold');
  });

  test('that belong to a room are left to it', async () => {
    const made = await device({ grade: 'a', weight: '1' });
    await move(made.id, 'test', as('admin'));
    expect(await refusal(move(made.id, 'recall', as('admin')))).toEqual([
      '422 object.transition_refused',
      '/transition transition.room',
    ]);
    expect((await move(made.id, 'recall', as('admin'), { room: 'workshop' })).state).toBe('received');
  });

  test('can be asked about: which are possible for me, and why not the others', async () => {
    const made = await device({ grade: 'a', weight: '1' });
    await move(made.id, 'test', as('admin'));
    const asked = await possibleTransitions(scope, as('admin'), 'device', made.id, someone.actor);
    expect(asked.map((one) => [one.transition.name, one.isPossible, one.reasons.map((reason) => reason.code)])).toEqual(
      [
        ['test', false, ['transition.state']],
        ['sell', false, ['transition.same_person']],
        ['recall', false, ['transition.room']],
      ],
    );
    const other = await possibleTransitions(scope, as('admin'), 'device', made.id, another.actor);
    expect(other[1]).toMatchObject({ isPossible: true, reasons: [] });
  });
});

describe('perimeters and organisations', () => {
  test('an object outside of the perimeter is not there, and none can be put there', async () => {
    const elsewhere = await doing((writing) => createObject(writing, system, 'site', { name: 'Nantes' }));
    const made = await device();
    await expect(readObject(scope, within([site.id]), 'device', made.id)).resolves.toMatchObject({ id: made.id });
    expect(await refusal(readObject(scope, within([elsewhere.id]), 'device', made.id))).toEqual([
      '404 object.not_found',
    ]);
    const mine: Acting = within([site.id]);
    const put = (values: Record<string, unknown>) =>
      doing((writing) => createObject(writing, mine, 'device', { name: 'x', ...values }));
    expect(await refusal(put({ site: elsewhere.number }))).toEqual([
      '422 object.invalid',
      '/values/site value.no_such_object',
    ]);
    expect(await refusal(doing((writing) => createObject(writing, mine, 'site', { name: 'Mine' })))).toEqual([
      '403 object.forbidden',
    ]);
    const move = (acting: Asker) =>
      doing((writing) =>
        updateObject(writing, { model, asker: acting }, 'device', made.id, {
          values: { site: elsewhere.id },
          version: null,
        }),
      );
    expect(await refusal(move(mine.asker))).toEqual(['422 object.invalid', '/values/site value.no_such_object']);
  });

  test('another organisation sees nothing, and can’t be referred to', async () => {
    const theirs = await testing.organisation();
    const made = await device();
    expect(await refusal(readObject(theirs, system, 'device', made.id))).toEqual(['404 object.not_found']);
    const referring = write(theirs, someone, (writing) =>
      createObject(writing, system, 'device', { name: 'x', site: site.id }),
    );
    expect(await refusal(referring)).toEqual(['422 object.invalid', '/values/site value.no_such_object']);
  });
});
