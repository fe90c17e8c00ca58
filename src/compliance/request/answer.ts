import { postMessage } from '../../access/index.ts';
import { buildReceipt } from '../../journal/index.ts';
import { type Cause, dayOf, type Id, publicId, Refusal, sha256 } from '../../kernel/index.ts';
import { type Scope, type Writing, write } from '../../store/index.ts';
import type { Engine } from '../engine.ts';
import { letterPdf, letterText, type RenderedLetter } from '../letters/index.ts';
import { openPerson } from '../person/secret.ts';
import { answerLinkText, keepAnswer } from './answer-copy.ts';
import { mailAddress } from './contact.ts';
import { committedIdentities } from './intake.ts';
import { type Draft, draftAnswer, openLetter, sealLetter } from './letter.ts';
import { changeRequest, lockRequest, moveRequest, type RequestRow, readRequestRow } from './row.ts';

/** How the answer left. */
export type Delivery = 'email' | 'post';

export interface Answered {
  readonly request: RequestRow;
  readonly delivery: Delivery;
}

/** Keeps the draft as somebody edited it, sealed; it is sent as it stands. */
export async function editLetter(
  engine: Engine,
  scope: Scope,
  cause: Cause,
  id: Id<'request'>,
  edited: { readonly subject: string; readonly body: string; readonly basis: string },
): Promise<void> {
  const before = await readRequestRow(scope.db, id);
  const draft = await draftAnswer(engine, scope, before);
  const person = await openPerson(scope.db, scope, before.person_id);
  if (draft === null || person === null) throw forgotten();
  const [subject, paragraphs] = [edited.subject.trim(), paragraphsOf(edited.body)];
  if (edited.basis !== draft.basis) throw factsChanged();
  const kept = await openLetter(scope.db, scope, before);
  const present = kept?.basis === draft.basis ? kept.letter : draft.letter;
  if (present.subject === subject && present.paragraphs.join('\n\n') === paragraphs.join('\n\n')) return;
  const letter: RenderedLetter = { ...draft.letter, subject, paragraphs };
  await write(scope, cause, async (writing) => {
    const request = await lockRequest(writing.tx, id);
    await changeRequest(engine, writing, request, {
      columns: { letter: sealLetter(person.keys, id, { letter, basis: draft.basis }) },
      step: { kind: 'letter_edited' },
    });
  });
}

export function paragraphsOf(body: string): readonly string[] {
  return body
    .replaceAll('\r\n', '\n')
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '');
}

/**
 * Answers the person with what is true now: complete, partial or not found. An answer never waits for a silent
 * application. A later answer completes a partial one. The receipt that opens the commitment leaves with it, and Socle
 * keeps no copy.
 */
export async function sendAnswer(engine: Engine, scope: Scope, cause: Cause, id: Id<'request'>): Promise<Answered> {
  const before = await readRequestRow(scope.db, id);
  const draft = await draftAnswer(engine, scope, before);
  if (draft === null) throw forgotten();
  const edited = await openLetter(scope.db, scope, before);
  if (edited !== null && edited.basis !== draft.basis) throw factsChanged();
  const letter = edited?.letter ?? draft.letter;
  const pdf = await letterPdf(letter, draft.facts);
  const receipt = await personReceipt(scope, before);
  const person = await openPerson(scope.db, scope, before.person_id);
  const delivery: Delivery = mailAddress(draft.contact) === null ? 'post' : 'email';
  return write(scope, cause, async (writing) => {
    const request = await lockRequest(writing.tx, id);
    if (request.version !== before.version) throw changed();
    const message = await deliver(engine, writing, request, draft, letter, { pdf, receipt });
    const columns = {
      answered_at: request.answered_at ?? writing.now,
      answer_kind: draft.answer.kind,
      answer_final_at: draft.answer.isFinal ? writing.now : null,
      // A letter to be posted is kept, sealed, until somebody says that it was.
      letter:
        delivery === 'post' && person !== null ? sealLetter(person.keys, id, { letter, basis: draft.basis }) : null,
      letter_digest: sha256(pdf),
      answer_message_id: message,
      letter_posted_at: delivery === 'email' || request.answer_mode === 'automatic' ? writing.now : null,
      next_at: writing.now,
    };
    const data = { kind: draft.answer.kind, isFinal: draft.answer.isFinal, delivery };
    const journal = {
      kind: 'request.answered',
      data,
      digests: { letter: sha256(pdf).toString('hex') },
    };
    if (request.state === 'answered') {
      if (request.answer_final_at !== null) throw alreadyAnswered();
      const step = { kind: 'answered_again' as const, data };
      return { request: await changeRequest(engine, writing, request, { columns, step, journal }), delivery };
    }
    const moved = await moveRequest(engine, writing, request, {
      transition: 'answer',
      columns,
      change: { answered_on: dayOf(writing.now) },
      step: { kind: 'answered', data },
      journal,
    });
    return { request: moved, delivery };
  });
}

/** The letter was posted, or handed over: nothing more is owed to the person, who can now be forgotten here too. */
export async function confirmPosted(engine: Engine, scope: Scope, cause: Cause, id: Id<'request'>): Promise<void> {
  await write(scope, cause, async (writing) => {
    const request = await lockRequest(writing.tx, id);
    if (request.answered_at === null || request.letter_posted_at !== null) throw nothingToPost();
    await changeRequest(engine, writing, request, {
      columns: { letter: null, letter_posted_at: writing.now, next_at: writing.now },
      step: { kind: 'letter_posted' },
      journal: { kind: 'request.letter_posted' },
    });
  });
}

async function deliver(
  engine: Engine,
  writing: Writing,
  request: RequestRow,
  draft: Draft,
  letter: RenderedLetter,
  files: { readonly pdf: Buffer; readonly receipt: Buffer | null },
): Promise<string | null> {
  const to = mailAddress(draft.contact);
  if (to === null) return null;
  const receipt =
    files.receipt === null
      ? []
      : [{ fileName: `${request.number}-receipt.json`, contentType: 'application/json', bytes: files.receipt }];
  const link = `${engine.publicUrl}${await keepAnswer(writing, request.id, to, letter)}`;
  return postMessage(writing, {
    kind: 'request.answer',
    subject: publicId('req', request.id),
    to,
    title: letter.subject,
    text: `${letterText(letter)}\n${answerLinkText(link, request.language, writing.now)}\n`,
    attachments: [{ fileName: `${request.number}.pdf`, contentType: 'application/pdf', bytes: files.pdf }, ...receipt],
  });
}

/** The opening of the commitment made when the request was opened: for the person alone. Null once it can't be made. */
export async function personReceipt(scope: Scope, request: RequestRow): Promise<Buffer | null> {
  const person = await openPerson(scope.db, scope, request.person_id);
  const profile = person?.profiles.find((known) => known.requestId === request.id);
  if (person === null || profile === undefined || request.opening_entry === null) return null;
  const entry = request.opening_entry;
  return buildReceipt({
    subject: publicId('req', request.id),
    entry,
    openings: [{ name: 'person', nonce: person.keys.nonce(entry), value: committedIdentities(profile.identities) }],
  });
}

function forgotten(): Refusal {
  return new Refusal('request.person_forgotten', 409, {
    fr: 'La personne a été oubliée : plus rien ne permet de lui écrire.',
    en: 'The person was forgotten: nothing is left to write to them with.',
  });
}

function alreadyAnswered(): Refusal {
  return new Refusal('request.already_answered', 409, {
    fr: 'La réponse complète est déjà partie.',
    en: 'The full answer has already left.',
  });
}

/** What was written is no longer true: nothing leaves before somebody has read the letter again. */
function factsChanged(): Refusal {
  return new Refusal('request.facts_changed', 409, {
    fr: 'Des comptes rendus sont arrivés depuis que cette lettre a été rédigée. Relisez la lettre à jour ; rien n’est parti.',
    en: 'Outcomes have arrived since this letter was written. Read the letter as it is now; nothing was sent.',
  });
}

function nothingToPost(): Refusal {
  return new Refusal('request.nothing_to_post', 409, {
    fr: 'Aucune lettre n’attend d’être postée pour cette demande.',
    en: 'No letter waits to be posted for this request.',
  });
}

function changed(): Refusal {
  return new Refusal('request.changed', 412, {
    fr: 'Cette demande a changé pendant que la lettre se préparait. Relisez-la, puis recommencez ; rien n’est parti.',
    en: 'This request changed while the letter was being made. Read it again, then start over; nothing was sent.',
  });
}
