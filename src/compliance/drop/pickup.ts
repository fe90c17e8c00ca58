import { createPublicKey, verify } from 'node:crypto';
import { z } from 'zod';
import {
  decodeText,
  isSignedBy,
  listAnswers,
  openDropFolder,
  readDropAddress,
  readRegular,
  removeFile,
  renameFile,
  writeCsv,
  writeWhole,
} from '../../channels/index.ts';
import { type Id, newId, parseId, Refusal, sha256, systemCause, type Text } from '../../kernel/index.ts';
import { type DueHandler, type Lease, type Scope, type Writing, write } from '../../store/index.ts';
import { signersOf } from '../application/signing.ts';
import type { Engine } from '../engine.ts';
import { notThisOne, recordAnswer } from '../order/answers.ts';
import { deleteAnswered, lookEveryMs } from './kept.ts';
import { type FileAnswer, readAnswers } from './lines.ts';

/** With no order to wait for, or a folder that can’t be read: a late answer is still seen. */
const idleMs = 300_000;

/** Looks into the folders of applications that have orders as files: answers are taken, and orders answered are deleted. */
export function dropHandler(engine: Engine): DueHandler {
  return {
    table: 'compliance.drop_watch',
    batch: 10,
    leaseMs: 60_000,
    run: async (scope, rows, lease) => {
      for (const row of rows) {
        if (lease.isLost) return;
        await look(engine, scope, row.id, lease);
      }
    },
  };
}

async function look(engine: Engine, scope: Scope, application: Id<'application'>, lease: Lease): Promise<void> {
  const waitMs = await lookInto(engine, scope, application);
  const next = waitMs === null ? null : new Date(scope.clock.now().getTime() + waitMs);
  await scope.db.transaction().execute((tx) => lease.settle(tx, application, next));
}

/** Answers with when to look again; null: never by itself. */
async function lookInto(engine: Engine, scope: Scope, application: Id<'application'>): Promise<number | null> {
  try {
    const isByFile = await pickUp(engine, scope, application);
    const remain = await deleteAnswered(engine, scope, application);
    if (remain) return lookEveryMs;
    return isByFile ? idleMs : null;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    engine.log.warn({ code: error.code }, 'drop.not_read');
    return idleMs;
  }
}

async function pickUp(engine: Engine, scope: Scope, application: Id<'application'>): Promise<boolean> {
  // Retired, or no longer connected by files: nothing is taken from a folder that is no longer its own.
  const terms = await engine.applications.terms(scope, application);
  if (terms?.channel !== 'file') return false;
  const { folder } = readDropAddress(await engine.applications.address(scope, application));
  const { answers } = await openDropFolder(engine.dropFolders, folder);
  for (const name of await listAnswers(answers)) await takeFile(engine, scope, application, { folder: answers, name });
  return true;
}

interface Place {
  readonly folder: string;
  readonly name: string;
}

async function takeFile(engine: Engine, scope: Scope, application: Id<'application'>, place: Place): Promise<void> {
  const { folder, name } = place;
  try {
    const file = await readRegular(folder, name);
    if (file === null) return;
    const signature = await readRegular(folder, `${name}.sig`);
    if (signature !== null) await expectSignature(scope, application, file.bytes, signature.bytes);
    const answers = readAnswers(name, file.bytes, file.modifiedAt);
    const { id, done } = await progressOf(scope, application, file.bytes);
    for (const [place, answer] of answers.entries()) {
      if (place < done) continue;
      await takeAnswer(engine, scope, application, { id, place, answer });
    }
    await engine.atStep?.('executed');
    await finish(scope, id, place, file.bytes);
  } catch (error) {
    if (!(error instanceof Refusal) || error.status === 503) throw error;
    // Nothing of it can be believed, or read: it is put aside whole, with the reason.
    await writeWhole(folder, `${name}.rejected`, rejected([{ lines: [1], code: error.code, text: error.text }], ''));
    await renameFile(folder, name, `${name}.refused`);
  }
}

/** A signature that stands beside a file must be one: by a secret that Socle shares, or by a key that the application registered. */
async function expectSignature(
  scope: Scope,
  application: Id<'application'>,
  content: Buffer,
  text: Buffer,
): Promise<void> {
  const rows = await scope.db
    .selectFrom('compliance.application_credential')
    .select('public_key')
    .where('application_id', '=', application)
    .where('kind', '=', 'answers')
    .where('revoked_at', 'is', null)
    .where((where) => where.or([where('ends_at', 'is', null), where('ends_at', '>', scope.clock.now())]))
    .execute();
  const keys = rows.flatMap(({ public_key: key }) =>
    key === null
      ? []
      : [createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: key.toString('base64url') }, format: 'jwk' })],
  );
  const signers = await signersOf(scope, application);
  const secrets = signers.flatMap((signer) => (signer.kind === 'hmac' ? [signer.secret] : []));
  const isGood = isSignedBy(content, text.toString('latin1'), secrets, (signature) =>
    keys.some((key) => verify(null, content, key, signature)),
  );
  if (!isGood) throw falseSignature();
}

/** Where a file was left: a file that was read to its end is read anew, and its answers are repeats. */
async function progressOf(
  scope: Scope,
  application: Id<'application'>,
  bytes: Buffer,
): Promise<{ readonly id: string; readonly done: number }> {
  const digest = sha256(bytes);
  return write(scope, systemCause('drops'), async ({ tx, now }) => {
    const known = await tx
      .selectFrom('compliance.answer_file')
      .select(['id', 'done', 'ended_at'])
      .where('application_id', '=', application)
      .where('digest', '=', digest)
      .executeTakeFirst();
    if (known !== undefined && known.ended_at === null) return known;
    const id = known?.id ?? newId();
    const anew = { done: 0, rejections: '[]', begun_at: now, ended_at: null };
    await tx
      .insertInto('compliance.answer_file')
      .values({ id, application_id: application, digest, ...anew })
      .onConflict((conflict) => conflict.columns(['org', 'id']).doUpdateSet(anew))
      .execute();
    return { id, done: 0 };
  });
}

interface Rejection {
  readonly lines: readonly number[];
  readonly code: string;
  readonly text: Text;
}

/** Takes one answer, or says why not: either with how far the file was read, in one transaction. */
async function takeAnswer(
  engine: Engine,
  scope: Scope,
  application: Id<'application'>,
  { id, place, answer }: { readonly id: string; readonly place: number; readonly answer: FileAnswer },
): Promise<void> {
  const cause = { actor: { kind: 'application', id: application }, source: 'pump', key: null } as const;
  try {
    if (answer.kind === 'unreadable') throw new Refusal(answer.code, 422, answer.text);
    const campaign = await write(scope, cause, async (writing) => {
      const order = await ownOrder(writing, application, answer.body.order);
      await expectWhole(writing, order.id, answer.body);
      await recordAnswer(engine, writing, order.id, answer.body);
      await writing.tx
        .updateTable('compliance.answer_file')
        .set({ done: place + 1 })
        .where('id', '=', id)
        .execute();
      return order.campaign_id;
    });
    engine.bell.ring(campaign);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const rejection: Rejection = { lines: answer.lines, code: error.code, text: error.text };
    await write(scope, cause, async ({ tx }) => {
      const row = await tx
        .selectFrom('compliance.answer_file')
        .select('rejections')
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
      const rejections = JSON.stringify([...rejectionsOf(row.rejections), rejection]);
      await tx
        .updateTable('compliance.answer_file')
        .set({ done: place + 1, rejections })
        .where('id', '=', id)
        .execute();
    });
  }
}

async function ownOrder(writing: Writing, application: Id<'application'>, name: string) {
  const id: Id<'application_order'> | null = parseId('ord', name);
  const order =
    id === null
      ? undefined
      : await writing.tx
          .selectFrom('compliance.application_order')
          .select(['id', 'campaign_id'])
          .where('id', '=', id)
          .where('application_id', '=', application)
          .executeTakeFirst();
  if (order === undefined) throw notThisOne();
  return order;
}

/** A file that answers for some persons of an order says nothing of the others: they are not taken as done. */
async function expectWhole(
  writing: Writing,
  order: string,
  body: { readonly default?: unknown; readonly persons?: readonly { readonly ref: string }[] | undefined },
): Promise<void> {
  if (body.default !== undefined || body.persons === undefined) return;
  const rows = await writing.tx
    .selectFrom('compliance.order_person')
    .select('ref')
    .where('order_id', '=', order)
    .execute();
  const named = new Set(body.persons.map(({ ref }) => ref));
  if (rows.some(({ ref }) => !named.has(ref))) throw incomplete();
}

/** What was rejected is told beside; then the file goes, and so does what was kept of its lines. */
async function finish(scope: Scope, id: string, { folder, name }: Place, bytes: Buffer): Promise<void> {
  const row = await scope.db
    .selectFrom('compliance.answer_file')
    .select('rejections')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const rejections = rejectionsOf(row.rejections);
  if (rejections.length > 0) await writeWhole(folder, `${name}.rejected`, rejected(rejections, decodeText(bytes)));
  await removeFile(folder, name);
  await removeFile(folder, `${name}.sig`);
  await write(scope, systemCause('drops'), async ({ tx, now }) => {
    await tx
      .updateTable('compliance.answer_file')
      .set({ ended_at: now, rejections: '[]' })
      .where('id', '=', id)
      .execute();
  });
}

/** The rejected lines with their numbers and reasons, as a CSV that a spreadsheet opens. */
function rejected(rejections: readonly Rejection[], text: string): Buffer {
  const content = text.split(/\r?\n/);
  const rows = rejections.flatMap(({ lines, code, text: why }) =>
    lines.map((line) => [String(line), code, why.fr, why.en, content[line - 1] ?? '']),
  );
  return Buffer.from(writeCsv([['line', 'code', 'motif', 'reason', 'content'], ...rows]));
}

const stored = z.array(
  z.object({ lines: z.array(z.number()), code: z.string(), text: z.object({ fr: z.string(), en: z.string() }) }),
);

function rejectionsOf(value: unknown): readonly Rejection[] {
  return stored.parse(value);
}

function falseSignature(): Refusal {
  return new Refusal('file.false_signature', 422, {
    fr: 'La signature à côté de ce fichier n’est pas la bonne : rien n’en a été pris.',
    en: 'The signature beside this file is not the right one: nothing of it was taken.',
  });
}

function incomplete(): Refusal {
  return new Refusal('file.incomplete', 422, {
    fr: 'Il manque des personnes de cet ordre : donnez une ligne à chacune, ou une ligne sans ref pour toutes les autres.',
    en: 'Persons of this order are missing: give each a line, or one line without ref for all the others.',
  });
}
