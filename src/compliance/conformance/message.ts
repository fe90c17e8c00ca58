import { canonicalJson, newId, publicId, randomSecret, sha256 } from '../../kernel/index.ts';
import { orderBody, type Recipient } from '../order/body.ts';
import { slugOf } from '../order/states.ts';
import type { GivenIdentity } from '../person/kinds.ts';
import { type Case, casesOf, type TestChannel } from './cases.ts';
import type { Kind } from './seen.ts';

export interface TestMessage {
  readonly id: string;
  readonly case: string;
  readonly place: number;
  readonly body: Buffer;
  readonly digest: Buffer;
  readonly persons: readonly { readonly ref: string; readonly kind: Kind }[];
  readonly hold: number;
}

export interface TestFacts {
  readonly run: string;
  readonly application: string;
  readonly channel: TestChannel;
  /** The kinds of identifiers that the application knows persons by. */
  readonly kinds: readonly string[];
  /** Persons in one order of it, at most. */
  readonly batchSize: number;
  readonly source: string;
  readonly now: Date;
}

/** More outcomes than anybody sends in five minutes: refused until the application has restarted. */
export const untilRestart = 10_000;

/** Every order of a run, as it will be sent. */
export function testMessages(facts: TestFacts): readonly TestMessage[] {
  return casesOf(facts.channel).flatMap((each) => messagesOf(each, facts));
}

function messagesOf(each: Case, facts: TestFacts): readonly TestMessage[] {
  const mark = `${each.id.replaceAll('_', '-')}-${facts.run.slice(-8)}`;
  let recipients: readonly Recipient[] = [];
  return each.orders.map((order, place) => {
    const id = newId();
    if (order.isNextGeneration !== true) {
      recipients = order.persons
        .slice(0, facts.batchSize)
        .map((kind, index) => madeUp(kind, `${place}-${index}-${mark}`, facts.kinds));
    }
    const generation = order.isNextGeneration === true ? 2 : 1;
    const batch = order.isNextGeneration === true ? place - 1 : place;
    const body = Buffer.from(
      canonicalJson({
        ...orderBody(
          {
            id,
            key: `test_${facts.run}#${each.id}-${batch}/${slugOf(facts.application)}/erase/${generation}`,
            action: 'erase',
            applicationName: facts.application,
            cause: { kind: 'request', id: facts.run },
            plannedAt: facts.now,
            dueAt: new Date(facts.now.getTime() + 86_400_000),
            source: facts.source,
          },
          recipients,
        ),
        // A CloudEvents extension attribute: no application can take it for a real order.
        test: 'conformance',
      }),
    );
    const persons = recipients.map(({ ref }, index) => ({ ref, kind: order.persons[index] ?? 'absent' }));
    const hold = order.holds === 'restart' ? untilRestart : (order.holds ?? 0);
    return { id, case: each.id, place, body, digest: sha256(body), persons, hold };
  });
}

/** Nobody: its domain is reserved (RFC 2606), its number is of those kept for fiction, and every value says it is a test. */
function madeUp(kind: Kind, mark: string, kinds: readonly string[]): Recipient {
  return {
    person: '',
    ref: `p_${randomSecret().toString('hex').slice(0, 24)}`,
    identities: kinds.map((name): GivenIdentity => ({ kind: name, value: madeUpValue(name, `${kind}-${mark}`) })),
    salt: randomSecret(),
  };
}

function madeUpValue(kind: string, mark: string): string {
  switch (kind) {
    case 'email':
      return `${mark}@conformance.invalid`;
    case 'phone':
      return '+33199000000';
    case 'birth_date':
      return '1900-01-01';
    case 'postcode':
      return '00000';
    case 'first_name':
      return 'CONFORMANCE';
    default:
      return `CONFORMANCE-${mark.toUpperCase()}`;
  }
}

/** The id by which a run is named outside. */
export function runName(id: string): string {
  return publicId('job', id);
}
