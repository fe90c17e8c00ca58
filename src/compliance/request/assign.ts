import { listUsersWhoMay, postMessage, type User } from '../../access/index.ts';
import {
  actorText,
  type Cause,
  day,
  dayText,
  type Id,
  type Language,
  publicId,
  Refusal,
  type Uuid,
} from '../../kernel/index.ts';
import { type Scope, type Writing, write } from '../../store/index.ts';
import type { Engine } from '../engine.ts';
import { changeRequest, lockRequest, type RequestRow } from './row.ts';
import { isOver } from './states.ts';

/** The colleagues a request may be given to: those who handle requests, its controller in their perimeter. */
export async function assignable(
  scope: Pick<Scope, 'db'>,
  request: Pick<RequestRow, 'controller_id'>,
): Promise<readonly User[]> {
  return listUsersWhoMay(scope.db, 'requests.handle', request.controller_id);
}

/**
 * Gives a request to a colleague, or to nobody (null). The colleague is told by a message that names the request by its
 * number alone. Whoever may handle it may take it on without being told.
 */
export async function assignRequest(
  engine: Engine,
  scope: Scope,
  cause: Cause,
  id: Id<'request'>,
  assignee: Uuid | null,
): Promise<RequestRow> {
  return write(scope, cause, async (writing) => {
    const request = await lockRequest(writing.tx, id);
    if (isOver(request.state)) throw isEnded();
    if (request.assignee_id === assignee) return request;
    const isOwn = assignee !== null && actorText(cause.actor) === `user:${assignee}`;
    const colleague =
      assignee === null || isOwn
        ? null
        : (await assignable({ db: writing.tx }, request)).find((user) => user.id === assignee);
    if (colleague === undefined) throw notAssignable();
    const changed = await changeRequest(engine, writing, request, {
      columns: { assignee_id: assignee },
      register: { assignee: assignee === null ? null : `user:${assignee}` },
      step: { kind: 'assigned', data: { user: assignee, before: request.assignee_id } },
    });
    if (colleague !== null) await tell(engine, writing, changed, colleague);
    return changed;
  });
}

/** The number, the deadline and the link: whose request it is stays behind the sign-in. */
async function tell(engine: Engine, writing: Writing, request: RequestRow, colleague: User): Promise<void> {
  const language: Language = colleague.language ?? 'fr';
  const due = dayText(day(request.due_on))[language];
  const link = `${engine.publicUrl}/requests/${publicId('req', request.id)}`;
  const words = {
    fr: {
      title: `La demande ${request.number} vous est confiée`,
      text: `La demande ${request.number} vous est confiée. Réponse due le ${due}.\n\n${link}\n`,
    },
    en: {
      title: `Request ${request.number} is assigned to you`,
      text: `Request ${request.number} is assigned to you. The answer is due on ${due}.\n\n${link}\n`,
    },
  }[language];
  await postMessage(writing, {
    kind: 'request.assigned',
    subject: publicId('req', request.id),
    to: colleague.email,
    ...words,
  });
}

function notAssignable(): Refusal {
  const text = {
    fr: 'Cette personne ne peut pas traiter cette demande : son compte, son rôle ou son périmètre ne le permet pas. Choisissez-en une dans la liste.',
    en: 'This person can’t handle this request: their account, role or perimeter does not allow it. Choose one from the list.',
  };
  return new Refusal('request.not_assignable', 422, text, [{ pointer: '/assignee', code: 'not_assignable', text }]);
}

function isEnded(): Refusal {
  return new Refusal('request.over', 409, {
    fr: 'Cette demande est terminée : il n’y a plus rien à y faire.',
    en: 'This request is over: there is nothing left to do about it.',
  });
}
