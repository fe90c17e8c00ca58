import { record } from '../../journal/index.ts';
import {
  canonicalJson,
  commit,
  type Day,
  dayOf,
  type Id,
  type Json,
  type Language,
  newId,
  type PersonKeys,
  publicId,
  Refusal,
} from '../../kernel/index.ts';
import { hintDue, type Writing } from '../../store/index.ts';
import { requestClock } from '../clock/clock.ts';
import type { Engine } from '../engine.ts';
import type { GivenIdentity } from '../person/kinds.ts';
import { resolvePerson } from '../person/resolve.ts';
import { recogniseForgotten } from '../tombstone/tombstone.ts';
import { type Contact, sealContact } from './contact.ts';
import { establishIdentity, type IdentityProof, qualify } from './qualify.ts';
import { expectReceivedOn } from './received.ts';
import { expectErasure } from './rights.ts';
import { lockRequest } from './row.ts';
import { addStep } from './steps.ts';

export type IntakeChannel = 'form' | 'email' | 'post' | 'phone' | 'store' | 'api' | 'cli';

export interface Intake {
  readonly right: string;
  readonly identities: readonly GivenIdentity[];
  readonly contact: Contact;
  /** Null: the organisation's first controller. */
  readonly controllerId: string | null;
  readonly intake: IntakeChannel;
  readonly language: Language;
  /** Null: today. */
  readonly receivedOn: Day | null;
  readonly note: string | null;
  /** How the person's identity was established at intake; null: not yet. */
  readonly identityProof: IdentityProof | null;
  /** `automatic`: plan, orders and answer go by themselves once identity is established. */
  readonly answer: 'manual' | 'automatic';
}

export interface Opened {
  readonly id: Id<'request'>;
  readonly number: string;
  readonly person: Id<'person'>;
  readonly keys: PersonKeys;
}

const mostIdentities = 20;

/**
 * Opens a request: the one way in for the staff page, the API, the command line and the public form. The legal month
 * runs from the day the organisation received it, whatever is still missing.
 */
export async function openRequest(engine: Engine, writing: Writing, intake: Intake): Promise<Opened> {
  const right = expectErasure(intake.right);
  if (intake.identities.length === 0 || intake.identities.length > mostIdentities) throw howMany();
  const today = dayOf(writing.now);
  const receivedOn = intake.receivedOn ?? today;
  expectReceivedOn(receivedOn, today, intake.note);
  const controllerId = intake.controllerId ?? (await engine.register.defaultController(writing));
  await engine.register.controllerName(writing, controllerId);
  const dueOn = requestClock({ receivedAt: receivedOn }, writing.now).deadline;
  const { id, number } = await engine.register.create(writing, {
    right,
    controller: controllerId,
    received_on: receivedOn,
    due_on: dueOn,
    intake: intake.intake,
    language: intake.language,
  });
  const resolved = await resolvePerson(writing, intake.identities, { requestId: id });
  const entry: Id<'entry'> = newId(writing.now.getTime());
  await writing.tx
    .insertInto('compliance.request')
    .values({
      id,
      number,
      state: 'received',
      right_asked: right,
      controller_id: controllerId,
      intake: intake.intake,
      language: intake.language,
      received_on: receivedOn,
      due_on: dueOn,
      person_id: resolved.person,
      contact: sealContact(resolved.keys, id, withAddress(intake.contact, resolved.identities)),
      opening_entry: entry,
      answer_mode: intake.answer,
      created_at: writing.now,
    })
    .execute();
  const noted = intake.note === null || intake.note.trim() === '' ? null : { text: intake.note, keys: resolved.keys };
  // A person who was erased and comes back: told to whoever handles it, who may find where the data came back from.
  const forgotten = await recogniseForgotten(writing.tx, writing.scope, resolved.identities);
  const known = { isKnown: !resolved.isNew, reviews: resolved.reviews, reappears: forgotten.length > 0 };
  await addStep(writing, id, 'opened', { right, intake: intake.intake, receivedOn, ...known }, noted);
  await recordOpening(writing, id, entry, resolved, {
    right,
    receivedOn,
    dueOn,
    intake: intake.intake,
  });
  if (intake.identityProof !== null) {
    await qualify(engine, writing, await lockRequest(writing.tx, id), {});
    await establishIdentity(engine, writing, await lockRequest(writing.tx, id), intake.identityProof, null);
  }
  await hintDue(writing.tx);
  return { id, number, person: resolved.person, keys: resolved.keys };
}

/** What the person's receipt opens: the identifiers given, as canonical JSON. */
export function committedIdentities(identities: readonly GivenIdentity[]): string {
  const plain: Json = [...identities]
    .sort((a, b) => (`${a.kind}\n${a.value}` < `${b.kind}\n${b.value}` ? -1 : 1))
    .map(({ kind, value }) => ({ kind, value }));
  return canonicalJson(plain);
}

async function recordOpening(
  writing: Writing,
  id: Id<'request'>,
  entry: Id<'entry'>,
  person: { readonly keys: PersonKeys; readonly identities: readonly GivenIdentity[] },
  data: { readonly [name: string]: Json },
): Promise<void> {
  const value = committedIdentities(person.identities);
  await record(writing, {
    id: entry,
    kind: 'request.opened',
    subject: publicId('req', id),
    data,
    commitments: { person: commit(person.keys.nonce(entry), value).toString('hex') },
  });
}

/** Whoever gave an e-mail address and no other way to be answered is answered there. */
function withAddress(contact: Contact, identities: readonly GivenIdentity[]): Contact {
  if (contact.email !== null || contact.postalAddress !== null) return contact;
  return { ...contact, email: identities.find((identity) => identity.kind === 'email')?.value ?? null };
}

function howMany(): Refusal {
  return new Refusal('request.identities', 422, {
    fr: `Indiquez au moins un identifiant de la personne, et au plus ${mostIdentities}.`,
    en: `Give at least one identifier of the person, and at most ${mostIdentities}.`,
  });
}
