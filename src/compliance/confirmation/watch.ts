import { postMessage } from '../../access/index.ts';
import { day, dayOf, type Id, publicId, sha256, startOfDay, systemCause } from '../../kernel/index.ts';
import { type DueHandler, hintDue, type Lease, type Scope, type Tx, type Writing, write } from '../../store/index.ts';
import type { Engine } from '../engine.ts';
import { letterPdf, letterText } from '../letters/index.ts';
import { normaliseValue } from '../person/kinds.ts';
import { lookupHash, openPerson } from '../person/secret.ts';
import { mailAddress, openContact } from '../request/contact.ts';
import { draftLetter } from '../request/letter.ts';
import { changeRequest, lockRequest, moveRequest, type RequestRow } from '../request/row.ts';
import { confirmPath, statusPath } from '../request/status-link.ts';
import { type Confirmation, confirmationOf, endOf, lastDayFrom } from './confirmation.ts';
import { words } from './words.ts';

/**
 * Reminds, once, whoever hasn't confirmed their address, and ends the request when that never comes: nobody is identified
 * (GDPR art. 11(2), 12(2)), which is told within the legal month with the remedies (art. 12(4)).
 */
export function confirmationHandler(engine: Engine): DueHandler {
  return {
    table: 'compliance.address_confirmation',
    batch: 20,
    leaseMs: 30_000,
    run: async (scope, rows, lease) => {
      for (const row of rows) {
        if (lease.isLost) return;
        await look(engine, scope, row.id, lease);
      }
    },
  };
}

/** One transaction: what is written to the person, what is kept of it and the end of the lease happen together. */
async function look(engine: Engine, scope: Scope, id: Id<'request'>, lease: Lease): Promise<void> {
  await write(scope, systemCause('confirmations', id), async (writing) => {
    const request = await lockRequest(writing.tx, id);
    const confirmation = await confirmationOf(writing.tx, request);
    if (confirmation === null || !confirmation.isAwaited) return lease.settle(writing.tx, id, null);
    const { endsOn } = endOf(confirmation.lastDay);
    if (confirmation.remindedAt !== null && dayOf(writing.now) >= endsOn) {
      await end(engine, writing, request, confirmation);
      return lease.settle(writing.tx, id, null);
    }
    const next = confirmation.remindedAt === null ? await remind(engine, writing, request, confirmation) : endsOn;
    await lease.settle(writing.tx, id, startOfDay(next));
  });
}

/** Answers with the day when the request ends. */
async function remind(engine: Engine, writing: Writing, request: RequestRow, confirmation: Confirmation) {
  const { tx, scope, now } = writing;
  const lastDay = lastDayFrom(confirmation.lastDay, dayOf(now));
  const to = await addressOf(writing, request);
  const isToWrite = to !== null && !(await wasWrittenTo(tx, scope, request.id, to, 'reminded_at', now));
  await tx
    .updateTable('compliance.address_confirmation')
    .set({ reminded_at: now, last_day: lastDay })
    .where('id', '=', request.id)
    .execute();
  if (isToWrite) {
    const { language, number } = request;
    const lines = [
      words.reminder(day(request.received_on))[language],
      '',
      words.ask[language],
      `${engine.publicUrl}${confirmPath(scope, request.id)}`,
      '',
      words.consequence(lastDay)[language],
      '',
      words.notYou[language],
      '',
      `${words.status[language]} ${engine.publicUrl}${statusPath(scope, request.id)}`,
    ];
    await postMessage(writing, {
      kind: 'request.confirmation_reminder',
      subject: publicId('req', request.id),
      to,
      title: words.reminderTitle(number)[language],
      text: `${lines.join('\n')}\n`,
    });
    await changeRequest(engine, writing, request, { columns: {}, step: { kind: 'confirmation_reminded' } });
    engine.log.info({ request: publicId('req', request.id) }, 'confirmation.reminded');
  }
  return endOf(lastDay).endsOn;
}

async function end(engine: Engine, writing: Writing, request: RequestRow, confirmation: Confirmation): Promise<void> {
  const { tx, now } = writing;
  const to = await addressOf(writing, request);
  const isToWrite = to !== null && !(await wasWrittenTo(tx, writing.scope, request.id, to, 'ended_at', now));
  const digest = isToWrite ? await writeRefusal(engine, writing, request, to, confirmation) : null;
  await tx.updateTable('compliance.address_confirmation').set({ ended_at: now }).where('id', '=', request.id).execute();
  const ground = 'identity_not_established';
  await moveRequest(engine, writing, request, {
    transition: 'refuse',
    columns: { refusal_ground: ground, answer_kind: 'refusal', answered_at: now, next_at: null },
    change: { refusal_ground: ground, answered_on: dayOf(now) },
    step: { kind: 'refused', data: { ground, why: 'unconfirmed' } },
    journal: {
      kind: 'request.refused',
      data: { ground, why: 'unconfirmed' },
      ...(digest === null ? {} : { digests: { letter: digest } }),
    },
    fileUntil: endOf(confirmation.lastDay).forgottenOn,
  });
  await hintDue(tx);
  engine.log.info({ request: publicId('req', request.id) }, 'confirmation.ended');
}

/** Answers with the digest of the letter, which the journal keeps; null once nobody is left to write to. No copy is kept of it. */
async function writeRefusal(
  engine: Engine,
  writing: Writing,
  request: RequestRow,
  to: string,
  { lastDay }: Confirmation,
): Promise<string | null> {
  const form = `${engine.publicUrl}/r/${publicId('org', writing.scope.org)}`;
  const explanation = words.refusal(lastDay, form)[request.language];
  // What was just written is read by the transaction that wrote it.
  const draft = await draftLetter(engine, { ...writing.scope, db: writing.tx }, request, {
    kind: 'refusal',
    grounds: [{ code: 'identity_not_established', explanation }],
  });
  if (draft === null) return null;
  const pdf = await letterPdf(draft.letter, draft.facts);
  await postMessage(writing, {
    kind: 'request.refusal',
    subject: publicId('req', request.id),
    to,
    title: draft.letter.subject,
    text: letterText(draft.letter),
    attachments: [{ fileName: `${request.number}.pdf`, contentType: 'application/pdf', bytes: pdf }],
  });
  return sha256(pdf).toString('hex');
}

/** Whoever fills the form twenty times with a stranger's address fills no mailbox: a day's letters to an address are one. */
export async function wasWrittenTo(
  db: Pick<Tx, 'selectFrom'>,
  scope: Pick<Scope, 'keys'>,
  request: Id<'request'>,
  to: string,
  what: 'reminded_at' | 'ended_at',
  now: Date,
): Promise<boolean> {
  const value = normaliseValue('email', to);
  if (value === null) return false;
  const other = await db
    .selectFrom('compliance.identity_lookup as l')
    .innerJoin('compliance.request as r', 'r.person_id', 'l.person_id')
    .innerJoin('compliance.address_confirmation as c', 'c.id', 'r.id')
    .select('c.id')
    .where('l.hash', '=', lookupHash(scope.keys, { kind: 'email', value }))
    .where('r.id', '!=', request)
    .where(`c.${what}`, '>', new Date(now.getTime() - 86_400_000))
    .executeTakeFirst();
  return other !== undefined;
}

async function addressOf({ tx, scope }: Writing, request: RequestRow): Promise<string | null> {
  const person = await openPerson(tx, scope, request.person_id);
  const contact = openContact(person?.keys ?? null, request);
  return contact === null ? null : mailAddress(contact);
}
