import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { OrderState } from '../../src/compliance/order/states.ts';
import type { Books } from './books.ts';
import { Holds } from './holds.ts';
import { brokenInvariants, carriedOutTwice, endInSocle, type Played } from './invariants.ts';
import type { Act, Mutant } from './protocol.ts';
import { faultBench } from './run.ts';

/** The harness itself: each thing that it holds true can be seen not to be. */
const bench = await faultBench();

/** Each with the first seed under which it shows: keys are needed where a repeat comes. */
const mutants: readonly (readonly [Mutant, number, RegExp])[] = [
  ['forgets_keys', 4, /was “asked” twice|after its answer was kept/],
  ['claims_undone', 1, /the person is still in its storage/],
  ['logs_names', 1, /a log line names a person/],
  ['falls_over', 1, /fell over by itself.*nobody catches this/],
];

test.each(mutants)('an application that %s is caught', { timeout: 600_000 }, async (mutant, first, why) => {
  const broken: string[] = [];
  // Others follow, should it play otherwise one day.
  for (let seed = first; seed < first + 12 && !why.test(broken.join('\n')); seed += 1) {
    broken.push(...(await bench.play(seed, { mutant, cast: ['loyalty'] })).broken);
  }
  expect(broken.join('\n')).toMatch(why);
});

/** Something that must not be, done to a run that went well, and what is then said of it. */
interface Harm {
  readonly what: string;
  readonly why: RegExp;
  readonly does: (played: Played) => Promise<unknown> | unknown;
  readonly undoes: (played: Played) => Promise<unknown> | unknown;
}

const sqlHarm = (what: string, why: RegExp, does: string, undoes: string): Harm => ({
  what,
  why,
  does: ({ store, scope }) => store.asOwner(does, [scope.org]),
  undoes: ({ store, scope }) => store.asOwner(undoes, [scope.org]),
});

const firstExecuted = `(select id from compliance.application_order where org = $1 and state = 'executed' order by id limit 1)`;
const loyalty = ({ world }: Played): Books => {
  const books = world.holders.get('loyalty')?.books;
  if (books === undefined) throw new Error('loyalty is in every run');
  return books;
};

const emailOf = ({ subjects }: Played): string => [...(subjects[0]?.emails.values() ?? [])][0] ?? '';
const dropOf = ({ holders }: Played['world']): string => holders.get('office')?.given.drop ?? '';

/** Whom the application no longer holds, or never did. */
const goneFrom = (played: Played): string => {
  const { people } = loyalty(played);
  const emails = played.subjects.flatMap(({ emails }) => [...emails.values()]).sort();
  return emails.find((email) => people[email] === undefined) ?? '';
};
let again = '';

function isThereAgain(played: Played): void {
  again = goneFrom(played);
  const people = { ...loyalty(played).people, [again]: { refuses: false } };
  writeFileSync(join(loyalty(played).now, 'people.json'), JSON.stringify(people));
}

const harms: readonly Harm[] = [
  sqlHarm(
    'an entry of the journal is altered',
    /the journal: /,
    `update journal.entry set body = body || ' '::bytea where org = $1 and number = 3`,
    'update journal.entry set body = substr(body, 1, length(body) - 1) where org = $1 and number = 3',
  ),
  sqlHarm(
    'the last entries of the journal are missing',
    /the journal: /,
    `update journal.entry set org = '00000000-0000-7000-8000-000000000001' where org = $1 and number > 5`,
    `update journal.entry set org = $1 where org = '00000000-0000-7000-8000-000000000001'`,
  ),
  sqlHarm(
    'an order is claimed done that was refused, or found nobody',
    /and its persons: |the journal says of/,
    `update compliance.application_order set state = 'executed', reason = 'was ' || state where org = $1 and state in ('refused', 'not_found') and channel <> 'socle'`,
    `update compliance.application_order set state = substr(reason, 5), reason = null where org = $1 and reason like 'was %'`,
  ),
  sqlHarm(
    'a person of an order is claimed done who was refused, or not found',
    /and the application did: /,
    `update compliance.order_person set reason = 'was ' || outcome, outcome = 'executed' where org = $1 and outcome in ('refused', 'not_found')`,
    `update compliance.order_person set outcome = substr(reason, 5), reason = null where org = $1 and reason like 'was %'`,
  ),
  sqlHarm(
    'an order has no end',
    /and its persons: /,
    `update compliance.application_order set state = 'sent' where id = ${firstExecuted}`,
    `update compliance.application_order set state = 'executed' where org = $1 and state = 'sent'`,
  ),
  sqlHarm(
    'an order is missing',
    /has 0 ends in loyalty/,
    `update compliance.application_order set application_name = 'elsewhere' where org = $1 and application_name = 'loyalty'`,
    `update compliance.application_order set application_name = 'loyalty' where org = $1 and application_name = 'elsewhere'`,
  ),
  sqlHarm(
    'an order is about nobody',
    /loyalty 99 1 is about nobody/,
    `insert into compliance.application_order select (jsonb_populate_record(o,
        jsonb_build_object('id', gen_random_uuid(), 'key', o.key || '/none', 'batch', 99, 'generation', 1, 'application_name', 'loyalty'))).*
      from compliance.application_order o where id = ${firstExecuted}`,
    'delete from compliance.application_order where org = $1 and batch = 99',
  ),
  sqlHarm(
    'whom an application knew is told to be unknown to Socle',
    /Socle 1 1 is “not_found”, and should be “verified”/,
    `update compliance.application_order set state = 'not_found' where org = $1 and channel = 'socle' and state = 'verified'`,
    `update compliance.application_order set state = 'verified' where org = $1 and channel = 'socle' and state = 'not_found'`,
  ),
  sqlHarm(
    'a request stays open',
    /a request stays “answered”/,
    `update compliance.request set state = 'answered' where org = $1`,
    `update compliance.request set state = 'closed' where org = $1`,
  ),
  sqlHarm(
    'the journal does not tell an end',
    /the journal says of/,
    `update compliance.application_order set outcome = 'partly' where id = ${firstExecuted}`,
    `update compliance.application_order set outcome = 'executed' where org = $1 and outcome = 'partly' and state = 'executed'`,
  ),
  sqlHarm(
    'a person stands in the database in letters',
    /a row of compliance.application_order names a person/,
    `update compliance.application_order set last_error = 'no row for PLANTEDp1' where id = ${firstExecuted}`,
    `update compliance.application_order set last_error = null where org = $1 and last_error like 'no row%'`,
  ),
  sqlHarm(
    'a person stands in the database in bytes',
    /a row of .* names a person/,
    `update compliance.request set plan_digest = convert_to('p1.1@planted.example.org', 'utf8') || plan_digest where org = $1`,
    'update compliance.request set plan_digest = substr(plan_digest, 25) where org = $1',
  ),
  {
    what: 'a telephone number is logged',
    why: /a log line names a person/,
    does: ({ world }) => world.lines.push('called +33639980001'),
    undoes: ({ world }) => world.lines.pop(),
  },
  {
    what: 'a message to people names somebody',
    why: /a message to people names a person/,
    does: ({ world }) => world.mails.push('erase Plantedp1'),
    undoes: ({ world }) => world.mails.pop(),
  },
  {
    what: 'the SDK keeps a name',
    why: /the SDK’s store names a person/,
    does: (played) => writeFileSync(join(loyalty(played).now, 'kept/name'), 'Plantedp1'),
    undoes: (played) => writeFileSync(join(loyalty(played).now, 'kept/name'), ''),
  },
  {
    what: 'a file with a person is left in the share',
    why: /a file left in the share names a person/,
    does: ({ world }) => writeFileSync(join(dropOf(world), 'orders/left.ndjson'), 'p1.1@planted.example.org'),
    undoes: ({ world }) => writeFileSync(join(dropOf(world), 'orders/left.ndjson'), ''),
  },
  {
    what: 'an application still holds somebody',
    why: /and the person is still in its storage/,
    does: (played) => isThereAgain(played),
    undoes: (played) => loyalty(played).erase(again),
  },
  {
    what: 'the shop still holds somebody',
    why: /shop .*still there/,
    does: (played) => played.shop?.db.query('update customer set last_name = $1 where id = 1', [emailOf(played)]),
    undoes: (played) => played.shop?.db.query('update customer set last_name = null where id = 1'),
  },
  {
    what: 'the shop was erased twice',
    why: /shop .*blanked 2 times/,
    does: ({ shop }) => shop?.db.query('insert into blanked select customer_id from blanked'),
    undoes: ({ shop }) =>
      shop?.db.query('delete from blanked where ctid not in (select min(ctid) from blanked group by customer_id)'),
  },
];

test('whatever is harmed after a run that went well is seen, and seen no more once it is mended', {
  timeout: 600_000,
}, async () => {
  const seen: string[] = [];
  const run = await bench.play(9, {
    cast: ['loyalty', 'office', 'shop', 'campaign'],
    atEnd: async (played) => {
      for (const { what, why, does, undoes } of harms) {
        await does(played);
        const broken = await brokenInvariants(played);
        await undoes(played);
        if (!broken.some((line) => why.test(line))) seen.push(`not seen: ${what}; but ${broken.join('; ')}`);
      }
      seen.push(...(await brokenInvariants(played)).map((line) => `not undone: ${line}`));
    },
  });
  expect(run.broken).toEqual([]);
  expect(seen).toEqual([]);
});

test('whatever begins for a person on hold is seen', { timeout: 600_000 }, async () => {
  const seen: string[] = [];
  await bench.play(14, {
    cast: ['loyalty', 'holds'],
    atEnd: async ({ world, scope, store }) => {
      const holds = new Holds(world, scope, () => Promise.resolve(null));
      const inForce =
        'update compliance.hold set ended_at = null, ended_how = null, ended_by = null where org = $1 returning id';
      expect(await store.asOwner(inForce, [scope.org])).not.toEqual([]);
      for (const state of ['held', 'sent', 'held', 'planned']) {
        const sets = `update compliance.application_order set state = $2, sent_at = null where org = $1 and application_name = 'loyalty'`;
        await store.asOwner(sets, [scope.org, state]);
        await holds.expectKept();
        seen.push(world.broken.splice(0).join('; '));
      }
    },
  });
  expect(seen).toEqual(['', expect.stringMatching(/left “held” for “sent”/), '', expect.stringMatching(/is to leave/)]);
});

const act = (was: Act['was'], life = 1, key = 'k1', ref = was === 'kept' ? '' : 'p1'): Act => ({ life, key, ref, was });

test.each([
  ['asked once', [act('asked'), act('erased'), act('kept')], 0],
  ['asked anew after its process died', [act('asked'), act('asked_anew'), act('erased'), act('kept')], 0],
  ['asked again after it threw', [act('asked'), act('threw'), act('asked'), act('erased')], 0],
  ['asked again in another life, and of another order', [act('asked'), act('asked', 2), act('asked', 1, 'k2')], 0],
  ['another person of the same order', [act('asked'), act('asked', 1, 'k1', 'p2')], 0],
  ['asked twice', [act('asked'), act('asked')], 1],
  ['erased twice', [act('erased'), act('erased')], 1],
  ['erased twice, asked anew in between', [act('asked'), act('erased'), act('asked_anew'), act('erased')], 1],
  ['asked again once its answer was kept', [act('asked'), act('kept'), act('asked_anew')], 1],
])('carried out twice or not: %s', (_what, acts, many) => {
  const given = { id: '', name: 'crm', channel: 'webhook', key: '', secrets: '', drop: '' } as const;
  expect(carriedOutTwice({ acts, given })).toHaveLength(many);
});

const ends = (...states: readonly (readonly [OrderState, 'latest' | 'overtaken'])[]) =>
  states.map(([state, which]) => ({ channel: 'webhook', state, isLatest: which === 'latest' }));

test.each([
  ['known to nobody', false, ends(['not_found', 'latest']), 'not_found'],
  ['known to Socle before', true, ends(['not_found', 'latest']), 'verified'],
  ['known to an application', false, ends(['not_found', 'latest'], ['partly', 'latest']), 'verified'],
  ['known to one that keeps them', false, ends(['refused', 'latest']), 'verified'],
  ['known to one until it was restored', false, ends(['executed', 'overtaken'], ['not_found', 'latest']), 'verified'],
  ['held, then unknown', false, ends(['refused', 'overtaken'], ['not_found', 'latest']), 'not_found'],
] as const)('the end in Socle of somebody %s', (_who, wasKnown, orders, end) => {
  expect(endInSocle(wasKnown, orders)).toBe(end);
});
