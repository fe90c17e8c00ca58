import { postMessage } from '../../access/index.ts';
import { publicId, systemCause } from '../../kernel/index.ts';
import { type Scope, write } from '../../store/index.ts';
import type { Engine } from '../engine.ts';
import { letterText } from '../letters/index.ts';
import { clockOfRequest } from '../request/clock-facts.ts';
import { mailAddress } from '../request/contact.ts';
import { draftLetter } from '../request/letter.ts';
import { readRequestRow } from '../request/row.ts';
import { confirmPath } from '../request/status-link.ts';

/**
 * Writes to the person that the request was received: its number, its status page, and the link that shows that they
 * read mail at the address they gave. Sent once: the message's own cause is the request.
 */
export async function acknowledge(engine: Engine, scope: Scope, id: string): Promise<void> {
  const request = await readRequestRow(scope.db, id);
  const clock = await clockOfRequest(scope.db, request, scope.clock.now());
  const draft = await draftLetter(engine, scope, request, { kind: 'acknowledgement', deadline: clock.deadline });
  const to = draft === null ? null : mailAddress(draft.contact);
  if (draft === null || to === null) return;
  const link = `${engine.publicUrl}${confirmPath(scope, request.id)}`;
  const confirm = {
    fr: `Pour confirmer que cette adresse est bien la vôtre, ouvrez ce lien :\n${link}`,
    en: `To confirm that this address is yours, open this link:\n${link}`,
  };
  await write(scope, systemCause('form', id), async (writing) => {
    await postMessage(writing, {
      kind: 'request.acknowledgement',
      subject: publicId('req', id),
      to,
      title: draft.letter.subject,
      text: `${letterText(draft.letter)}\n${confirm[request.language]}\n`,
    });
  });
}
