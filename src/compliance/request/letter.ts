import { addDays, dayOf, type Id, open, type PersonKeys, seal, sha256 } from '../../kernel/index.ts';
import type { Scope, Tx } from '../../store/index.ts';
import type { Engine } from '../engine.ts';
import { templateFor } from '../letter-template/store.ts';
import {
  type Aftermath,
  type LetterContent,
  type LetterFacts,
  type RenderedLetter,
  renderLetter,
} from '../letters/index.ts';
import { applicationOrders, ordersOf } from '../order/latest.ts';
import { kindLabel } from '../person/kinds.ts';
import { type KnownPerson, openPerson } from '../person/secret.ts';
import { type AnswerFacts, answerFacts } from './answer-facts.ts';
import { clockOfRequest } from './clock-facts.ts';
import { type Contact, noContact, openContact } from './contact.ts';
import { fileRetention, retentionText } from './file-retention.ts';
import { campaignOf, type RequestRow } from './row.ts';
import { statusPath } from './status-link.ts';

export interface Draft {
  readonly answer: AnswerFacts;
  readonly facts: LetterFacts;
  readonly letter: RenderedLetter;
  readonly contact: Contact;
  /** Names the facts that the letter was written from: another basis, another letter. */
  readonly basis: string;
}

/** A letter as somebody edited it, and the facts that it was written from. */
export interface EditedLetter {
  readonly letter: RenderedLetter;
  readonly basis: string;
}

/** The letter that the facts allow today. Null once the person is forgotten: nobody is left to write to. */
export async function draftAnswer(engine: Engine, scope: Scope, request: RequestRow): Promise<Draft | null> {
  const person = await openPerson(scope.db, scope, request.person_id);
  if (person === null) return null;
  const orders = applicationOrders(await ordersOf(scope.db, request.id));
  const identifiers = [...new Set(person.identities.map((identity) => identity.kind))].map(kindLabel);
  const answer = answerFacts(orders, identifiers, await aftermathOf(scope, request));
  const { facts, contact } = await letterFacts(engine, scope, request, person);
  const basis = sha256(JSON.stringify(answer.content)).toString('hex').slice(0, 16);
  return { answer, facts, letter: await written(scope, request, answer.content, facts), contact, basis };
}

/** Any other letter of a request: acknowledgement, refusal, extension, identity. */
export async function draftLetter(
  engine: Engine,
  scope: Scope,
  request: RequestRow,
  content: LetterContent,
): Promise<Omit<Draft, 'answer' | 'basis'> | null> {
  const person = await openPerson(scope.db, scope, request.person_id);
  if (person === null) return null;
  const { facts, contact } = await letterFacts(engine, scope, request, person);
  return { facts, letter: await written(scope, request, content, facts), contact };
}

/** In the words that the controller chose for this letter. */
async function written(scope: Scope, request: RequestRow, content: LetterContent, facts: LetterFacts) {
  const key = { kind: content.kind, language: facts.language, controller: request.controller_id };
  return renderLetter(content, facts, await templateFor(scope.db, key));
}

async function letterFacts(
  engine: Engine,
  scope: Scope,
  request: RequestRow,
  person: KnownPerson,
): Promise<{ facts: LetterFacts; contact: Contact }> {
  const contact = openContact(person.keys, request) ?? noContact;
  if (request.controller_id === null) throw new Error('a request without controller');
  const facts: LetterFacts = {
    language: request.language,
    sender: await engine.register.sender(scope, request.controller_id),
    recipient: {
      name: contact.name,
      address: (contact.postalAddress ?? '').split('\n').filter((line) => line.trim() !== ''),
    },
    requestNumber: request.number,
    receivedOn: (await clockOfRequest(scope.db, request, scope.clock.now())).receivedOn,
    writtenOn: dayOf(scope.clock.now()),
    statusPage: `${engine.publicUrl}${statusPath(scope, request.id)}`,
  };
  return { facts, contact };
}

/** When the last backup that may still hold the person ends, from the applications of the plan. */
async function aftermathOf(scope: Scope, request: RequestRow): Promise<Aftermath> {
  const row = await scope.db
    .selectFrom('compliance.campaign_application')
    .select((select) => select.fn.max('backup_horizon_days').as('days'))
    .where('campaign_id', '=', campaignOf(request))
    .executeTakeFirst();
  const days = row?.days ?? 0;
  const fileKept = retentionText(await fileRetention(scope.db));
  return { fileKept, backupsUntil: days > 0 ? addDays(dayOf(scope.clock.now()), days) : null };
}

const context = (request: Id<'request'>): string => `letter ${request}`;

/** A letter that somebody edited, sealed under the person's secret until it is sent. */
export function sealLetter(keys: PersonKeys, request: Id<'request'>, edited: EditedLetter): Buffer {
  return seal(keys.identities, JSON.stringify(edited), context(request));
}

export async function openLetter(
  db: Tx | Scope['db'],
  scope: Scope,
  request: RequestRow,
): Promise<EditedLetter | null> {
  if (request.letter === null) return null;
  const person = await openPerson(db, scope, request.person_id);
  if (person === null) return null;
  const edited: EditedLetter = JSON.parse(
    open(person.keys.identities, request.letter, context(request.id)).toString('utf8'),
  );
  return edited;
}
