import { z } from 'zod';
import { derive, newId, open, type Problem, Refusal, seal, type Uuid } from '../../kernel/index.ts';
import { hintDue, type Scope, type Tx, type Writing } from '../../store/index.ts';

/** A message to a person. Its text is in their language already. */
export interface Message {
  /** What sort of message it is, for counts: `request.answer`. */
  readonly kind: string;
  /** What it is about, by its public id: the way to forget it later. */
  readonly subject: string;
  readonly to: string;
  readonly title: string;
  readonly text: string;
  readonly attachments?: readonly Attachment[];
}

export interface Attachment {
  readonly fileName: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

const stored = z.object({
  to: z.string(),
  title: z.string(),
  text: z.string(),
  attachments: z.array(z.object({ fileName: z.string(), contentType: z.string(), base64: z.string() })),
});

export type StoredMessage = z.infer<typeof stored>;

/**
 * Puts a message in the outbox, in the caller's transaction: it leaves if and only if the decision that causes it is
 * committed. The body is sealed with the organisation's keys, and wiped once it was sent.
 */
export async function postMessage(writing: Writing, message: Message): Promise<Uuid> {
  if (!z.email().safeParse(message.to).success) throw badAddress();
  const id = newId(writing.now.getTime());
  const body: StoredMessage = {
    to: message.to,
    title: message.title.replace(/[\r\n]+/g, ' '),
    text: message.text,
    attachments: (message.attachments ?? []).map(({ fileName, contentType, bytes }) => ({
      fileName,
      contentType,
      base64: Buffer.from(bytes).toString('base64'),
    })),
  };
  await writing.tx
    .insertInto('access.outbox_message')
    .values({
      id,
      kind: message.kind,
      subject: message.subject,
      sealed_body: seal(sealingKey(writing.scope), JSON.stringify(body), id),
      status: 'waiting',
      created_at: writing.now,
      next_at: writing.now,
    })
    .execute();
  await hintDue(writing.tx);
  return id;
}

/** What a waiting message says. */
export function openMessage(scope: Scope, id: Uuid, sealed: Uint8Array): StoredMessage {
  return stored.parse(JSON.parse(open(sealingKey(scope), sealed, id).toString('utf8')));
}

/**
 * Forgets every message about these subjects: bodies not yet sent are wiped now, and files left in the outbox folder are
 * removed by the pump just after the commit.
 */
export async function forgetMessages(writing: Writing, ...subjects: readonly string[]): Promise<number> {
  const forgotten = await writing.tx
    .updateTable('access.outbox_message')
    .set({ status: 'forgotten', sealed_body: null, next_at: writing.now })
    .where('subject', 'in', subjects)
    .where('status', '!=', 'forgotten')
    .returning('id')
    .execute();
  if (forgotten.length > 0) await hintDue(writing.tx);
  return forgotten.length;
}

export const messageStatuses = ['waiting', 'sent', 'failed', 'forgotten'] as const;
export type MessageStatus = (typeof messageStatuses)[number];

/** Where a message stands; null when there is none of that id. */
export async function messageStatus(
  scope: Scope,
  id: Uuid,
): Promise<{ readonly status: MessageStatus; readonly sentAt: Date | null; readonly error: string | null } | null> {
  const row = await scope.db
    .selectFrom('access.outbox_message')
    .select(['status', 'sent_at', 'last_error'])
    .where('id', '=', id)
    .executeTakeFirst();
  return row === undefined ? null : { status: row.status, sentAt: row.sent_at, error: row.last_error };
}

/** Of these subjects, those about which a message stands so: one still to leave, or one that was given up. */
export async function subjectsWith(
  db: Pick<Tx, 'selectFrom'>,
  status: MessageStatus,
  subjects: readonly string[],
): Promise<ReadonlySet<string>> {
  if (subjects.length === 0) return new Set();
  const rows = await db
    .selectFrom('access.outbox_message')
    .select('subject')
    .distinct()
    .where('subject', 'in', subjects)
    .where('status', '=', status)
    .execute();
  return new Set(rows.map((row) => row.subject));
}

export interface MessageLine {
  readonly id: Uuid;
  readonly kind: string;
  readonly subject: string;
  readonly status: MessageStatus;
  readonly error: string | null;
  readonly createdAt: Date;
}

/** Messages, the latest first, or only those in one state. Neither recipient nor text: those stay sealed. */
export async function listMessages(
  scope: Scope,
  asked: { readonly limit: number; readonly before: Uuid | null; readonly status: MessageStatus | null },
): Promise<readonly MessageLine[]> {
  const { before, status } = asked;
  const rows = await scope.db
    .selectFrom('access.outbox_message')
    .select(['id', 'kind', 'subject', 'status', 'last_error', 'created_at'])
    .$if(before !== null, (query) => query.where('id', '<', before ?? ''))
    .$if(status !== null, (query) => query.where('status', '=', status ?? 'waiting'))
    .orderBy('id', 'desc')
    .limit(asked.limit)
    .execute();
  return rows.map(({ last_error: error, created_at: createdAt, ...row }) => ({ ...row, error, createdAt }));
}

/** Takes up again a message that was given up: its address was mended, or the mail server's rules. */
export async function retryMessage(writing: Writing, id: Uuid): Promise<void> {
  const taken = await writing.tx
    .updateTable('access.outbox_message')
    .set({ status: 'waiting', next_at: writing.now, attempts: 0, last_error: null })
    .where('id', '=', id)
    .where('status', '=', 'failed')
    .returning('id')
    .executeTakeFirst();
  if (taken === undefined) throw noFailedMessage();
  await hintDue(writing.tx);
}

function noFailedMessage(): Refusal {
  return new Refusal('outbox.not_failed', 409, {
    fr: 'Ce message n’est pas en échec : il est parti, attend son tour, ou a été oublié.',
    en: 'This message has not failed: it has left, waits for its turn, or was forgotten.',
  });
}

function sealingKey(scope: Scope): ReturnType<typeof derive> {
  return derive(scope.keys.applications, 'outbox');
}

function badAddress(): Refusal {
  const text = {
    fr: 'Le destinataire n’a pas d’adresse e-mail valable.',
    en: 'The recipient has no valid e-mail address.',
  };
  const problems: readonly Problem[] = [{ pointer: '/to', code: 'email', text }];
  return new Refusal('outbox.bad_address', 422, text, problems);
}
