import { createSecretKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import {
  type Day,
  dayOf,
  derive,
  fullDayText,
  hmacSha256,
  type Id,
  isUuid,
  type Language,
  newId,
  open,
  publicId,
  randomSecret,
  sameBytes,
  seal,
  systemCause,
  type Text,
} from '../../kernel/index.ts';
import { type DueHandler, type Scope, type Tx, type Writing, write } from '../../store/index.ts';
import { letterKinds, type RenderedLetter } from '../letters/letter.ts';
import { normaliseValue } from '../person/kinds.ts';

/** How long an answer can be read again, and how long one link to it serves. */
const copyDays = 90;
const linkDays = 30;
const dayMs = 86_400_000;

/**
 * Keeps the answer for whoever it is mailed to, in the transaction that mails it, and gives the path of the link to it.
 * Socle keeps neither the key nor, soon, the address: what is left opens with the link, or with the address given again.
 */
export async function keepAnswer(
  writing: Writing,
  request: Id<'request'>,
  to: string,
  letter: RenderedLetter,
): Promise<string> {
  const { scope, now } = writing;
  const id = newId(now.getTime());
  const key = randomSecret();
  const address = keysOfAddress(scope, id, to);
  await writing.tx
    .insertInto('compliance.answer_copy')
    .values({
      id,
      request_id: request,
      sealed: seal(createSecretKey(key), JSON.stringify(letter), `answer ${id}`),
      wrapped: seal(address.wrapping, key, `answer key ${id}`),
      address_check: address.check,
      made_at: now,
      next_at: new Date(now.getTime() + copyDays * dayMs),
    })
    .execute();
  return answerPath(scope, id, key, now);
}

/** The line of a message that gives the link. */
export function answerLinkText(link: string, language: Language, now: Date): string {
  const until = fullDayText(dayOf(new Date(linkEnd(now))));
  const text: Text = {
    fr: `Vous pouvez relire cette réponse jusqu’au ${until.fr} par ce lien, que vous seul avez :\n${link}`,
    en: `You can read this answer again until ${until.en} by this link, which you alone have:\n${link}`,
  };
  return text[language];
}

/** A fresh link to the last answer to this request, for whoever gives the address it was mailed to; null for anyone else. */
export async function freshAnswerPath(
  db: Pick<Tx, 'selectFrom'>,
  scope: Scope,
  request: Id<'request'>,
  to: string,
  now: Date,
): Promise<string | null> {
  const copies = await db
    .selectFrom('compliance.answer_copy')
    .select(['id', 'wrapped', 'address_check'])
    .where('request_id', '=', request)
    .orderBy('id', 'desc')
    .execute();
  for (const { id, wrapped, address_check: check } of copies) {
    const address = keysOfAddress(scope, id, to);
    if (sameBytes(address.check, check)) {
      return answerPath(scope, id, open(address.wrapping, wrapped, `answer key ${id}`), now);
    }
  }
  return null;
}

const stored = z.object({
  kind: z.enum(letterKinds),
  language: z.enum(['fr', 'en']),
  subject: z.string(),
  paragraphs: z.array(z.string()),
  signature: z.array(z.string()),
});

export type ReadAnswer =
  | { readonly kind: 'answer'; readonly letter: RenderedLetter; readonly until: Day }
  /** The link has served its time, or the answer is no longer kept. */
  | { readonly kind: 'expired' }
  | { readonly kind: 'unknown' };

export async function readAnswer(scope: Scope, token: string, now: Date): Promise<ReadAnswer> {
  const [id = '', end = '', key = '', mark = ''] = token.split('.');
  const given = Buffer.from(mark, 'base64url');
  const wanted = signature(scope, `${id}.${end}.${key}`);
  if (!isUuid(id) || given.length !== wanted.length || !sameBytes(given, wanted)) return { kind: 'unknown' };
  const endsAt = Number.parseInt(end, 36);
  if (endsAt <= now.getTime()) return { kind: 'expired' };
  const row = await scope.db
    .selectFrom('compliance.answer_copy')
    .select('sealed')
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return { kind: 'expired' };
  const plain = open(createSecretKey(Buffer.from(key, 'base64url')), row.sealed, `answer ${id}`).toString('utf8');
  return { kind: 'answer', letter: stored.parse(JSON.parse(plain)), until: dayOf(new Date(endsAt)) };
}

/** At the end of their time copies are destroyed. */
export const answerCopyHandler: DueHandler = {
  table: 'compliance.answer_copy',
  batch: 500,
  leaseMs: 60_000,
  run: (scope, rows, lease) =>
    write(scope, systemCause('answers'), async (writing) => {
      const ended = await writing.tx
        .deleteFrom('compliance.answer_copy')
        .where(
          'id',
          'in',
          rows.map((row) => row.id),
        )
        .where('leased_by', '=', lease.id)
        .returning('id')
        .execute();
      for (const row of ended) lease.settled.add(row.id);
    }),
};

function answerPath(scope: Scope, id: string, key: Uint8Array, now: Date): string {
  const signed = `${id}.${linkEnd(now).toString(36)}.${Buffer.from(key).toString('base64url')}`;
  return `/r/${publicId('org', scope.org)}/answer/${signed}.${signature(scope, signed).toString('base64url')}`;
}

const linkEnd = (now: Date): number => now.getTime() + linkDays * dayMs;

function signature(scope: Scope, signed: string): Buffer {
  return hmacSha256(derive(scope.keys.lookup, 'answer link'), signed).subarray(0, 16);
}

function keysOfAddress(scope: Scope, id: string, to: string): { readonly wrapping: KeyObject; readonly check: Buffer } {
  const address = `${id}\n${normaliseValue('email', to) ?? to}`;
  return {
    wrapping: createSecretKey(hmacSha256(derive(scope.keys.lookup, 'answer key of address'), address)),
    check: hmacSha256(derive(scope.keys.lookup, 'answer address'), address),
  };
}
