import { can } from '../../access/index.ts';
import type { Sighting } from '../../channels/index.ts';
import { record } from '../../journal/index.ts';
import { type Cause, type Id, publicId, Refusal } from '../../kernel/index.ts';
import { hintDue, type Scope, type Tx, type Writing, write } from '../../store/index.ts';
import { openPerson } from '../person/secret.ts';
import { readRequestRow } from '../request/row.ts';
import { addStep } from '../request/steps.ts';
import { handCheckDocument, keepDocument } from './documents.ts';
import { mayBeChecked } from './hand-check-document.ts';
import type { Basis, Finding } from './hand-check-words.ts';
import { ordersOf } from './latest.ts';
import { lockOrder, moveOrder, type OrderRow, subjectOf, tellRequest } from './move.ts';
import { superseded } from './retry.ts';

export interface Checking {
  readonly where: string;
  readonly finding: Finding;
  readonly basis: Basis;
  /** Typed by whoever checks: sealed under the person's secret, and gone with it. */
  readonly note: string | null;
  readonly role: string;
}

/**
 * Records that the rows seen in one place were looked at by hand. With the last one the order has nothing left that could be the
 * person's, and ends as executed; Socle looks again as after any other. A next generation, or another try, starts without it:
 * what is seen then was looked at by nobody. Refuses what has moved meanwhile, and what no look can settle.
 */
export async function checkByHand(
  scope: Scope,
  cause: Cause,
  id: Id<'application_order'>,
  checking: Checking,
): Promise<void> {
  await write(scope, cause, async (writing) => {
    const order = await lockOrder(writing.tx, id);
    if (order.superseded_at !== null) throw superseded();
    if (order.state !== 'partly' || order.channel !== 'sql' || order.campaign_kind !== 'request') throw notWaiting();
    const left = await leftOf(writing.tx, order);
    const seen = left.find((sighting) => sighting.where === checking.where && mayBeChecked(sighting));
    if (seen === undefined) throw nothingThere();
    const { finding, basis, role } = checking;
    const said = { where: seen.where, by: seen.by, rows: seen.rows, finding, basis, role };
    const digests = await keepDocument(writing, order, 'hand_check', handCheckDocument(order, writing.now, said));
    await record(writing, {
      kind: 'order.hand_checked',
      subject: subjectOf(order),
      data: { order: publicId('ord', order.id), generation: order.generation, ...said },
      digests,
    });
    await addCheckStep(writing, order, { ...said, note: checking.note });
    if (left.every((sighting) => sighting === seen)) await endChecked(writing, order);
  });
}

/** As what somebody checks: the role of theirs that may decide. */
export function checkingRole({ roles }: { readonly roles: readonly string[] }): string {
  return roles.find((role) => can({ roles: [role] }, 'requests.decide')) ?? 'operator';
}

async function leftOf(tx: Tx, order: OrderRow): Promise<readonly Sighting[]> {
  const orders = await ordersOf(tx, order.campaign_id);
  return orders.find(({ id }) => id === order.id)?.left ?? [];
}

async function addCheckStep(
  writing: Writing,
  order: OrderRow,
  { note, where, rows }: { readonly note: string | null; readonly where: string; readonly rows: number },
): Promise<void> {
  // The campaign of a request bears its id.
  const request = order.campaign_id as string as Id<'request'>;
  const { person_id: personId } = await readRequestRow(writing.tx, request);
  const person = note === null ? null : await openPerson(writing.tx, writing.scope, personId);
  if (note !== null && person === null) throw noSecret();
  const sealed = note === null || person === null ? null : { text: note, keys: person.keys };
  const data = { application: order.application_name, order: publicId('ord', order.id), where, rows };
  await addStep(writing, request, 'order_checked', data, sealed);
}

/** Every place was looked at: executed, and due to be looked at again by Socle. */
async function endChecked(writing: Writing, order: OrderRow): Promise<void> {
  const { tx, now } = writing;
  await moveOrder(tx, order, 'executed', {
    outcome: 'executed',
    reason: null,
    problem: null,
    escalated_at: null,
    tries: 0,
    next_at: now,
  });
  await tx
    .updateTable('compliance.order_person')
    .set({ outcome: 'executed', reason: null })
    .where('order_id', '=', order.id)
    .execute();
  await record(writing, {
    kind: 'order.executed',
    subject: subjectOf(order),
    data: { order: publicId('ord', order.id), generation: order.generation, after: 'hand_check' },
  });
  await tellRequest(writing, order, 'order_executed', { after: 'hand_check' });
  await hintDue(tx);
}

function notWaiting(): Refusal {
  return new Refusal('order.nothing_to_check', 409, {
    fr: 'Rien n’attend d’être vérifié à la main pour cet ordre : il a avancé entre-temps, ou il n’est pas de ceux que Socle exécute lui-même. Rechargez la page.',
    en: 'Nothing of this order waits to be checked by hand: it moved on meanwhile, or isn’t one that Socle carries out itself. Reload the page.',
  });
}

function nothingThere(): Refusal {
  return new Refusal('order.not_to_check', 422, {
    fr: 'Socle n’a rien vu là qui puisse être d’un homonyme : la table a été vérifiée entre-temps, ou elle porte un identifiant de la personne, que seuls un effacement ou une déclaration règlent.',
    en: 'Socle saw nothing there that could be a namesake’s: the table was checked meanwhile, or it holds an identifier of the person, which only an erasure or a declaration settles.',
  });
}

/** The person was forgotten since: nothing is left to encrypt a note with. */
function noSecret(): Refusal {
  return new Refusal('order.note_unsealed', 409, {
    fr: 'La personne a été oubliée : une note ne pourrait plus être chiffrée sous son secret. Enregistrez la vérification sans note ; rien n’a été enregistré.',
    en: 'The person was forgotten: a note could no longer be encrypted under their secret. Record the check without a note; nothing was recorded.',
  });
}
