import { postMessage } from '../../access/index.ts';
import { publicId, type Text } from '../../kernel/index.ts';
import type { Scope, Writing } from '../../store/index.ts';
import type { Engine } from '../engine.ts';
import { normaliseValue } from '../person/kinds.ts';
import { openPerson } from '../person/secret.ts';
import { answerLinkText, freshAnswerPath } from '../request/answer-copy.ts';
import { openContact } from '../request/contact.ts';
import type { RequestRow } from '../request/row.ts';
import { confirmPath, statusPath } from '../request/status-link.ts';

/**
 * Writes to the address the links of a request of that number, when that request is of whoever reads mail there: the
 * address it is answered at, or that its answer was mailed to before Socle forgot it. Anyone else is written nothing, and
 * the page says the same.
 */
export async function sendFreshLink(
  engine: Engine,
  writing: Writing,
  asked: { readonly number: string; readonly email: string },
  isOverfull: boolean,
): Promise<void> {
  const { tx, now } = writing;
  const scope: Scope = { ...writing.scope, db: tx };
  const request = await tx
    .selectFrom('compliance.request')
    .selectAll()
    .where('number', '=', asked.number.toUpperCase())
    .executeTakeFirst();
  if (request === undefined || isOverfull) return;
  const answer = await freshAnswerPath(tx, scope, request.id, asked.email, now);
  if (answer === null && !(await isAnsweredAt(scope, request, asked.email))) return;
  const { language, number } = request;
  const awaits = request.identity_at === null && (request.state === 'received' || request.state === 'qualified');
  const lines = [
    words.status[language],
    `${engine.publicUrl}${statusPath(scope, request.id)}`,
    ...(awaits ? ['', words.confirm[language], `${engine.publicUrl}${confirmPath(scope, request.id)}`] : []),
    ...(answer === null ? [] : ['', answerLinkText(`${engine.publicUrl}${answer}`, language, now)]),
  ];
  await postMessage(writing, {
    kind: 'request.link',
    subject: publicId('req', request.id),
    to: asked.email,
    title: words.title(number)[language],
    text: `${lines.join('\n')}\n`,
  });
}

async function isAnsweredAt(scope: Scope, request: RequestRow, email: string): Promise<boolean> {
  const person = await openPerson(scope.db, scope, request.person_id);
  const contact = openContact(person?.keys ?? null, request);
  if (contact === null || contact.email === null) return false;
  return normaliseValue('email', contact.email) === normaliseValue('email', email);
}

const words = {
  title: (number: string): Text => ({
    fr: `Vos liens pour la demande ${number}`,
    en: `Your links for request ${number}`,
  }),
  status: { fr: 'Suivre votre demande :', en: 'Follow your request:' },
  confirm: { fr: 'Confirmer que cette adresse est bien la vôtre :', en: 'Confirm that this address is yours:' },
} as const;
