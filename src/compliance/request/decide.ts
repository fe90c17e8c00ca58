import { postMessage } from '../../access/index.ts';
import { type Cause, dayOf, type Id, publicId, Refusal, sha256 } from '../../kernel/index.ts';
import { type Scope, type Writing, write } from '../../store/index.ts';
import type { Engine } from '../engine.ts';
import { isRefusalGround, type LetterContent, letterPdf, letterText, refusalGround } from '../letters/index.ts';
import { openPerson } from '../person/secret.ts';
import { answerLinkText, keepAnswer } from './answer-copy.ts';
import { clockOf, clockOfRequest, identityRequestsOf } from './clock-facts.ts';
import { mailAddress } from './contact.ts';
import { draftLetter } from './letter.ts';
import { changeRequest, lockRequest, moveRequest, type RequestRow, readRequestRow } from './row.ts';

/** Writes to the person by e-mail, when there is an address. Answers with the PDF's digest, which the journal keeps. */
async function writeTo(
  engine: Engine,
  scope: Scope,
  request: RequestRow,
  content: LetterContent,
): Promise<{ digest: string | null; send: (writing: Writing) => Promise<void> }> {
  const draft = await draftLetter(engine, scope, request, content);
  if (draft === null) return { digest: null, send: () => Promise.resolve() };
  const pdf = await letterPdf(draft.letter, draft.facts);
  const email = mailAddress(draft.contact);
  return {
    digest: sha256(pdf).toString('hex'),
    send: async (writing) => {
      if (email === null) return;
      const text = letterText(draft.letter);
      // A refusal answers the request: it can be read again like any answer.
      const link = content.kind === 'refusal' ? await keepAnswer(writing, request.id, email, draft.letter) : null;
      const again =
        link === null ? '' : `\n${answerLinkText(`${engine.publicUrl}${link}`, request.language, writing.now)}\n`;
      await postMessage(writing, {
        kind: `request.${content.kind}`,
        subject: publicId('req', request.id),
        to: email,
        title: draft.letter.subject,
        text: text + again,
        attachments: [{ fileName: `${request.number}.pdf`, contentType: 'application/pdf', bytes: pdf }],
      });
    },
  };
}

/**
 * Refuses the request, on a coded ground, by a letter that names the remedies (GDPR art. 12(4)). `explanation` says why
 * the ground holds here: it goes into the letter, and sealed into the history.
 */
export async function refuseRequest(
  engine: Engine,
  scope: Scope,
  cause: Cause,
  id: Id<'request'>,
  ground: string,
  explanation: string | null,
): Promise<RequestRow> {
  if (!isRefusalGround(ground)) throw unknownGround();
  const why = explanation === null || explanation.trim() === '' ? null : explanation.trim();
  if (refusalGround(ground).needsExplanation && why === null) throw needsExplanation();
  const before = await readRequestRow(scope.db, id);
  const content: LetterContent = { kind: 'refusal', grounds: [{ code: ground, explanation: why }] };
  const letter = await writeTo(engine, scope, before, content);
  const person = await openPerson(scope.db, scope, before.person_id);
  return write(scope, cause, async (writing) => {
    const request = await lockRequest(writing.tx, id);
    await letter.send(writing);
    return moveRequest(engine, writing, request, {
      transition: 'refuse',
      columns: { refusal_ground: ground, answer_kind: 'refusal', answered_at: writing.now, next_at: null },
      change: { refusal_ground: ground, answered_on: dayOf(writing.now) },
      step: {
        kind: 'refused',
        data: { ground },
        note: why === null || person === null ? null : { text: why, keys: person.keys },
      },
      journal: {
        kind: 'request.refused',
        data: { ground },
        ...(letter.digest === null ? {} : { digests: { letter: letter.digest } }),
      },
    });
  });
}

/** The person takes the request back: nothing more is done. */
export async function withdrawRequest(
  engine: Engine,
  scope: Scope,
  cause: Cause,
  id: Id<'request'>,
): Promise<RequestRow> {
  return write(scope, cause, async (writing) => {
    const request = await lockRequest(writing.tx, id);
    return moveRequest(engine, writing, request, {
      transition: 'withdraw',
      columns: { next_at: null },
      step: { kind: 'withdrawn' },
      journal: { kind: 'request.withdrawn' },
    });
  });
}

export type ExtensionReason = 'complexity' | 'number_of_requests';

/** Two more months, told to the person with the reasons within the first month (GDPR art. 12(3)). */
export async function extendRequest(
  engine: Engine,
  scope: Scope,
  cause: Cause,
  id: Id<'request'>,
  reason: ExtensionReason,
  details: string,
): Promise<RequestRow> {
  const before = await readRequestRow(scope.db, id);
  const now = scope.clock.now();
  const clock = await clockOfRequest(scope.db, before, now);
  if (before.answered_at !== null || before.extension_on !== null) throw notExtensible();
  if (dayOf(now) > clock.firstDeadline) throw tooLateToExtend();
  if (details.trim() === '') throw needsExplanation();
  const asked = (await identityRequestsOf(scope.db, [id])).get(id) ?? [];
  const extended = clockOf({ ...before, extension_on: dayOf(now), extension_reason: reason }, asked, now);
  const letter = await writeTo(engine, scope, before, {
    kind: 'extension',
    deadline: clock.deadline,
    newDeadline: extended.deadline,
    reasons: [details.trim()],
  });
  const person = await openPerson(scope.db, scope, before.person_id);
  return write(scope, cause, async (writing) => {
    const request = await lockRequest(writing.tx, id);
    await letter.send(writing);
    return changeRequest(engine, writing, request, {
      columns: { extension_on: dayOf(writing.now), extension_reason: reason, due_on: extended.deadline },
      register: { due_on: extended.deadline },
      step: {
        kind: 'extended',
        data: { reason, until: extended.deadline },
        note: person === null ? null : { text: details.trim(), keys: person.keys },
      },
      journal: {
        kind: 'request.extended',
        data: { reason, until: extended.deadline },
        ...(letter.digest === null ? {} : { digests: { letter: letter.digest } }),
      },
    });
  });
}

/** A remark, sealed under the person's secret: it dies with them. */
export async function noteRequest(
  engine: Engine,
  scope: Scope,
  cause: Cause,
  id: Id<'request'>,
  text: string,
): Promise<void> {
  await write(scope, cause, async (writing) => {
    const request = await lockRequest(writing.tx, id);
    const person = await openPerson(writing.tx, scope, request.person_id);
    if (person === null) throw personGone();
    if (text.trim() === '') throw needsExplanation();
    await changeRequest(engine, writing, request, {
      columns: {},
      step: { kind: 'noted', note: { text: text.trim(), keys: person.keys } },
    });
  });
}

function unknownGround(): Refusal {
  return new Refusal('request.unknown_ground', 422, {
    fr: 'Ce motif de refus n’existe pas. Choisissez-en un dans la liste.',
    en: 'This ground of refusal does not exist. Choose one from the list.',
  });
}

function needsExplanation(): Refusal {
  const text = {
    fr: 'Écrivez les raisons : la personne doit pouvoir les comprendre et les contester.',
    en: 'Write the reasons: the person must be able to understand and contest them.',
  };
  return new Refusal('request.reasons_needed', 422, text, [{ pointer: '/explanation', code: 'needed', text }]);
}

function notExtensible(): Refusal {
  return new Refusal('request.not_extensible', 409, {
    fr: 'Cette demande est déjà prolongée ou répondue : son délai ne peut plus changer.',
    en: 'This request is already extended or answered: its period can no longer change.',
  });
}

function tooLateToExtend(): Refusal {
  return new Refusal('request.extension_too_late', 409, {
    fr: 'Le premier mois est écoulé : une prolongation ne peut plus être notifiée. Répondez au plus vite, même en partie.',
    en: 'The first month is over: an extension can no longer be notified. Answer as soon as possible, even in part.',
  });
}

function personGone(): Refusal {
  return new Refusal('request.person_forgotten', 409, {
    fr: 'La personne a été oubliée : plus aucune note ne peut être gardée sur elle.',
    en: 'The person was forgotten: no note about them can be kept any more.',
  });
}
