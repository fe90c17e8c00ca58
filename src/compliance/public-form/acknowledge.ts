import { postMessage } from '../../access/index.ts';
import { type Day, type Id, publicId } from '../../kernel/index.ts';
import type { Scope, Writing } from '../../store/index.ts';
import { words } from '../confirmation/words.ts';
import type { Engine } from '../engine.ts';
import { letterText } from '../letters/index.ts';
import { clockOfRequest } from '../request/clock-facts.ts';
import { mailAddress } from '../request/contact.ts';
import { draftLetter } from '../request/letter.ts';
import { readRequestRow } from '../request/row.ts';
import { confirmPath } from '../request/status-link.ts';

/**
 * Writes to the person that the request was received: its number, its status page, and the link that shows that they
 * read mail at the address they gave, until when and what follows. In the transaction that opens the request: neither exists without the other.
 */
export async function acknowledge(engine: Engine, writing: Writing, id: Id<'request'>, lastDay: Day): Promise<void> {
  // What was just written is read by the transaction that wrote it.
  const scope: Scope = { ...writing.scope, db: writing.tx };
  const request = await readRequestRow(writing.tx, id);
  const clock = await clockOfRequest(writing.tx, request, writing.now);
  const draft = await draftLetter(engine, scope, request, { kind: 'acknowledgement', deadline: clock.deadline });
  const to = draft === null ? null : mailAddress(draft.contact);
  if (draft === null || to === null) return;
  const link = `${engine.publicUrl}${confirmPath(scope, request.id)}`;
  const { language } = request;
  const confirm = `${words.ask[language]}\n${link}\n\n${words.consequence(lastDay)[language]}`;
  await postMessage(writing, {
    kind: 'request.acknowledgement',
    subject: publicId('req', id),
    to,
    title: draft.letter.subject,
    text: `${letterText(draft.letter)}\n${confirm}\n`,
  });
}
