import { sql } from 'kysely';
import { Refusal } from '../kernel/index.ts';
import { from, type TypeModel } from '../model/index.ts';
import type { Writing } from '../store/index.ts';
import { type Acting, systemAsker } from './acting.ts';
import { dropAround } from './around.ts';
import { brokenRule } from './broken-rules.ts';
import { removeDiscussionOf } from './discussion/comment.ts';
import { removeFilesOf } from './files/file.ts';
import { remember } from './history.ts';
import { removeLinksOf } from './links/links.ts';
import { expectType, invalid } from './refusals.ts';
import type { Removal } from './removal.ts';
import { expectRight, expectRightOn } from './rights.ts';
import { expectNotIssued } from './sequences.ts';
import { lockObject } from './update.ts';
import { type JournalChoice, journal } from './write.ts';

export interface DeleteAsked {
  readonly version: number | null;
  readonly journal?: JournalChoice;
  /** What higher rooms keep of the object, and take away with it. */
  readonly removals?: readonly Removal[];
}

/** Deletes an object nobody refers to. Its number is never given again, and its history stays. */
export async function deleteObject(
  writing: Writing,
  acting: Acting,
  typeName: string,
  reference: string,
  asked: DeleteAsked,
): Promise<void> {
  const type = expectType(acting.model, typeName);
  expectRight(acting.asker, type, 'delete');
  const object = await lockObject(writing, acting, type, reference, asked.version);
  await expectRightOn(writing, acting.asker, type, 'delete', object.id);
  expectNotIssued(type, object);
  const changes = Object.entries(object.values).flatMap(([attribute, from]) =>
    from === null ? [] : [{ attribute, from, to: null }],
  );
  await remember(writing, {
    type,
    object: object.id,
    version: object.version + 1,
    action: 'delete',
    transition: null,
    changes,
  });
  await removeLinksOf(writing, acting, type, object);
  await deleteChildren(writing, acting, type, object.id, asked);
  await dropAround(writing, object.id);
  for (const removal of asked.removals ?? []) {
    if (removal.types.includes(type.name)) await removal.remove(writing, object.id);
  }
  try {
    await sql`delete from ${sql.table(`model.${type.table}`)} where id = ${object.id}`.execute(writing.tx);
  } catch (error) {
    // A total of what it was part of may no longer be what a rule of that one asks.
    const broken = brokenRule(type, error);
    if (broken !== null) throw invalid(type, [broken]);
    throw isReferred(error) ? referred(type) : error;
  }
  await removeFilesOf(writing.tx, object.id);
  await removeDiscussionOf(writing, object.id);
  await journal(writing, asked.journal, 'object.deleted', object.id, { type: type.name, number: object.number });
}

/** What is part of an object goes with it, each with its history: whoever may delete the whole may delete its parts. */
async function deleteChildren(
  writing: Writing,
  acting: Acting,
  type: TypeModel,
  id: string,
  asked: DeleteAsked,
): Promise<void> {
  const whole: Acting = { ...acting, asker: systemAsker };
  for (const { type: name, by } of type.children.values()) {
    const child = expectType(acting.model, name);
    const column = child.attributes.get(by)?.columns[0] ?? by;
    const { rows } = await sql<{ id: string }>`
      select o.id from ${from(child)} as o where ${sql.ref(`o.${column}`)} = ${id} order by o.id`.execute(writing.tx);
    for (const part of rows) await deleteObject(writing, whole, name, part.id, { ...asked, version: null });
  }
}

function isReferred(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23503';
}

function referred(type: TypeModel): Refusal {
  return new Refusal('object.referred_to', 409, {
    fr: `${type.label.fr} : d’autres objets y renvoient encore ; rien n’a été supprimé. Changez ou supprimez-les d’abord.`,
    en: `${type.label.en}: other objects still refer to it; nothing was deleted. Change or delete them first.`,
  });
}
