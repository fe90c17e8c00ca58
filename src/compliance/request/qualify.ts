import { newId, type PersonKeys, Refusal, type Text } from '../../kernel/index.ts';
import type { Writing } from '../../store/index.ts';
import type { Engine } from '../engine.ts';
import { clockOfRequest } from './clock-facts.ts';
import { changeRequest, moveRequest, type RequestRow } from './row.ts';

/** How the identity was established (GDPR art. 12(6); by any reasonable means). */
export type IdentityProof = 'operator' | 'contact_channel' | 'signed_in' | 'document';

export const identityProofs: Readonly<Record<IdentityProof, Text>> = {
  operator: { fr: 'Attestée par l’agent', en: 'Attested by the operator' },
  contact_channel: { fr: 'Réponse par un canal connu', en: 'Answer through a known channel' },
  signed_in: { fr: 'Compte de la personne', en: 'The person’s account' },
  document: { fr: 'Pièce vérifiée puis détruite', en: 'Document checked then destroyed' },
};

/** received → qualified: the right and the controller are the right ones. */
export async function qualify(
  engine: Engine,
  writing: Writing,
  request: RequestRow,
  change: { readonly controllerId?: string },
): Promise<RequestRow> {
  const controllerId = change.controllerId ?? request.controller_id;
  if (controllerId === null) throw new Error('a request without controller');
  const controller = await engine.register.controllerName(writing, controllerId);
  return moveRequest(engine, writing, request, {
    transition: 'qualify',
    columns: { controller_id: controllerId },
    change: { controller: controllerId },
    step: { kind: 'qualified', data: { controller, right: request.right_asked } },
    journal: { kind: 'request.qualified', data: { right: request.right_asked } },
  });
}

/**
 * qualified → identity_checked. Somebody says how they know that the person is who they say; an identifier shared with
 * somebody who contradicts them must have been reviewed first. Ends a suspension of the clock.
 */
export async function establishIdentity(
  engine: Engine,
  writing: Writing,
  request: RequestRow,
  proof: IdentityProof,
  note: { readonly text: string; readonly keys: PersonKeys } | null,
): Promise<RequestRow> {
  await receiveIdentity(writing, request);
  // A suspension has ended: the deadline that people read moves with it.
  const { deadline } = await clockOfRequest(writing.tx, request, writing.now);
  return moveRequest(engine, writing, request, {
    transition: 'check_identity',
    columns: {
      identity_by: proof,
      identity_at: writing.now,
      due_on: deadline,
      next_at: request.answer_mode === 'automatic' ? writing.now : null,
    },
    change: { identity_attested: proof, due_on: deadline },
    step: { kind: 'identity_established', data: { by: proof }, note },
    journal: { kind: 'request.identity_established', data: { by: proof } },
  });
}

/** Refuses to go further while somebody shares an identifier and contradicts this person. */
export async function expectNoOpenReview(writing: Pick<Writing, 'tx'>, request: RequestRow): Promise<void> {
  const open = await writing.tx
    .selectFrom('compliance.identity_review')
    .select('id')
    .where('state', '=', 'open')
    .where((where) =>
      where.or([where('person_id', '=', request.person_id), where('other_person_id', '=', request.person_id)]),
    )
    .executeTakeFirst();
  if (open === undefined) return;
  throw new Refusal('request.identity_shared', 409, {
    fr: 'Un identifiant de cette personne est aussi celui de quelqu’un d’autre, dont le nom ou la date de naissance diffère. Tranchez ce rapprochement avant d’arrêter le plan : personne n’est effacé sur un identifiant partagé.',
    en: 'An identifier of this person is also someone else’s, whose name or birth date differs. Settle this review before freezing the plan: nobody is erased on a shared identifier.',
  });
}

export type IdentityDoubt = 'no_known_channel' | 'conflicting_details' | 'shared_identifier';

/** Asks for identity information, on reasonable doubt only: the clock stands still until it arrives. */
export async function askIdentity(
  engine: Engine,
  writing: Writing,
  request: RequestRow,
  doubt: IdentityDoubt,
): Promise<RequestRow> {
  if (request.state !== 'received' && request.state !== 'qualified') {
    throw new Refusal('request.identity_known', 409, {
      fr: 'L’identité est déjà établie : il n’y a plus lieu de la demander.',
      en: 'The identity is already established: there is no ground to ask for it again.',
    });
  }
  await writing.tx
    .insertInto('compliance.identity_request')
    .values({ id: newId(), request_id: request.id, reason: doubt, requested_at: writing.now })
    .execute();
  return changeRequest(engine, writing, request, {
    columns: {},
    step: { kind: 'identity_requested', data: { reason: doubt } },
    journal: { kind: 'request.identity_requested', data: { reason: doubt } },
  });
}

/** What was asked has arrived: the clock runs again. */
async function receiveIdentity(writing: Writing, request: RequestRow): Promise<void> {
  await writing.tx
    .updateTable('compliance.identity_request')
    .set({ received_at: writing.now })
    .where('request_id', '=', request.id)
    .where('received_at', 'is', null)
    .execute();
}
