import { createOrders, freezeCampaign, gatherPlan } from '../../src/compliance/order/campaign.ts';
import { resolvePerson } from '../../src/compliance/person/resolve.ts';
import { readRequestRow } from '../../src/compliance/request/row.ts';
import { operator } from '../../src/compliance/test/compliance.ts';
import { type Id, newId, parseId, publicId } from '../../src/kernel/index.ts';
import { type Scope, write } from '../../src/store/index.ts';
import type { Bench } from './bench.ts';
import { type CallSocle, untilTaken } from './call.ts';
import type { Holds } from './holds.ts';
import { minute, type World } from './world.ts';

/** Persons whose erasure was asked for together: by a request of one of them, or by a campaign. */
export interface Subject {
  readonly kind: 'request' | 'purge';
  readonly campaign: Id<'campaign'>;
  /** Socle knew them before this was asked: an application had told it of them. */
  readonly wasKnown: boolean;
  /** Their address, by person. */
  readonly emails: ReadonlyMap<string, string>;
}

interface Stage {
  readonly world: World;
  readonly scope: Scope;
  readonly bench: Bench;
  readonly callSocle: CallSocle;
  /** Null: none comes in this run. */
  readonly holds: Holds | null;
}

/** What is known of a person. Nothing of it may stand anywhere in clear. */
function identitiesOf(email: string) {
  const [who = ''] = email.split('.');
  return [
    { kind: 'email', value: email },
    { kind: 'last_name', value: `Planted${who}` },
    { kind: 'phone', value: `+336399800${who.slice(1).padStart(2, '0')}` },
  ];
}

/** Asks for a person's erasure by the API. A hold may be placed before, or while orders are under way. */
export async function ask(stage: Stage, email: string): Promise<Subject> {
  const { world, scope, callSocle, holds } = stage;
  const { fate, timeline } = world;
  const who = world.short(email);
  const askedAt = fate.between(`asks ${who}`, 0, 8 * minute);
  const held = holds === null ? 'never' : fate.pick(`held ${who}`, { never: 2, before: 2, meanwhile: 2 });
  if (held === 'before') {
    const person = await known(stage, email);
    void holds?.comeAndGo(email, person);
  }
  await timeline.sleep(askedAt);
  const body = { right: 'erasure', identities: identitiesOf(email), intake: 'operator', answer: 'automatic' };
  const answer = await untilTaken(world, callSocle, `asks ${who}`, { path: '/requests', body });
  const id = parseId('req', JSON.parse(answer.text).id) ?? '';
  const { person_id: person } = await timeline.during(() => readRequestRow(scope.db, id));
  world.tally.note('persons asked for by a request');
  if (held === 'meanwhile') {
    const after = timeline.sleep(fate.between(`holds ${who} after`, 0, 5 * minute));
    void after.then(() => holds?.comeAndGo(email, person));
  }
  return { kind: 'request', campaign: id, wasKnown: held === 'before', emails: new Map([[person, email]]) };
}

/** Several persons at once, in as many orders as each application takes; some of them may be on hold before or after. */
export async function purge(stage: Stage, emails: readonly string[]): Promise<Subject> {
  const { world, scope, bench, holds } = stage;
  const { fate, timeline } = world;
  const persons = new Map<string, string>();
  for (const email of emails) persons.set(await known(stage, email), email);
  for (const [person, email] of persons) {
    if (holds === null || !fate.isSo(`held ${world.short(email)}`, 0.35)) continue;
    void timeline
      .sleep(fate.between(`holds ${world.short(email)} after`, 0, 8 * minute))
      .then(() => holds.comeAndGo(email, person));
  }
  await timeline.sleep(fate.between('campaign', 0, 8 * minute));
  const campaign: Id<'campaign'> = newId();
  await timeline.during(async () => {
    const lines = await gatherPlan(bench.engine, scope, null);
    await write(scope, operator, async (writing) => {
      await freezeCampaign(writing, { id: campaign, kind: 'purge', persons: [...persons.keys()] }, lines);
      await createOrders(writing, campaign, publicId('cmp', campaign));
    });
  });
  world.tally.note('persons in a campaign', persons.size);
  return { kind: 'purge', campaign, wasKnown: true, emails: persons };
}

/** Somebody that an application told Socle of, whether it still holds them or not. */
async function known({ world, scope }: Stage, email: string): Promise<Id<'person'>> {
  const applicationId = parseId('app', world.holders.get('loyalty')?.given.id ?? '');
  if (applicationId === null) throw new Error('loyalty is in every run');
  return (await write(scope, operator, (writing) => resolvePerson(writing, identitiesOf(email), { applicationId })))
    .person;
}
