import { sql } from 'kysely';
import { parseId, Refusal } from '../../kernel/index.ts';
import type { Writing } from '../../store/index.ts';
import type { Acting } from '../acting.ts';
import { remember } from '../history.ts';
import { expectType } from '../refusals.ts';
import { expectRight, expectRightOn } from '../rights.ts';
import type { StoredObject } from '../stored-object.ts';
import { lockObject } from '../update.ts';
import { journal } from '../write.ts';
import { filesOf, noSuchFile, place, removeFiles, type StoredFile } from './file.ts';

/** On one object: beyond it, people look for a folder, not for an object. */
const mostAttachments = 200;

/** Attaches uploads of whoever acts to an object that they may change. */
export async function attachFiles(
  writing: Writing,
  acting: Acting,
  typeName: string,
  reference: string,
  uploads: readonly string[],
): Promise<StoredObject> {
  const { object, files } = await openForChange(writing, acting, typeName, reference);
  const type = expectType(acting.model, typeName);
  if (files.filter(({ attribute }) => attribute === null).length + uploads.length > mostAttachments) throw tooMany();
  const added = new Set<string>();
  for (const given of uploads) {
    const id = parseId('fil', given);
    if (id === null || !(await place(writing, type, object.id, null, id))) throw noUpload();
    if (!files.some((file) => file.id === id)) added.add(id);
  }
  const now = await filesOf(writing, acting, typeName, object.id);
  const names = now.filter(({ id }) => added.has(id)).map(({ name }) => name);
  if (names.length === 0) return object;
  await tell(writing, acting, object, 'attach', names);
  return object;
}

/** Takes an attachment away from an object, bytes and all, at once: only that it was there stays told. */
export async function detachFile(
  writing: Writing,
  acting: Acting,
  typeName: string,
  reference: string,
  file: string,
): Promise<StoredObject> {
  const { object, files } = await openForChange(writing, acting, typeName, reference);
  const id = parseId('fil', file);
  const found = files.find((one) => one.id === id && one.attribute === null);
  if (found === undefined) throw noSuchFile();
  await removeFiles(writing.tx, sql`id = ${found.id}`);
  await tell(writing, acting, object, 'detach', [found.name]);
  return object;
}

async function openForChange(
  writing: Writing,
  acting: Acting,
  typeName: string,
  reference: string,
): Promise<{ readonly object: StoredObject; readonly files: readonly StoredFile[] }> {
  const type = expectType(acting.model, typeName);
  expectRight(acting.asker, type, 'update');
  const object = await lockObject(writing, acting, type, reference, null);
  await expectRightOn(writing, acting.asker, type, 'update', object.id);
  return { object, files: await filesOf(writing, acting, typeName, object.id) };
}

/** Names of files are people's own words: the history seals them. */
async function tell(
  writing: Writing,
  acting: Acting,
  object: StoredObject,
  action: 'attach' | 'detach',
  names: readonly string[],
): Promise<void> {
  const type = expectType(acting.model, object.type);
  const told = names.join(', ');
  const [from, to] = action === 'attach' ? [null, told] : [told, null];
  await remember(writing, {
    type,
    object: object.id,
    version: object.version,
    action,
    transition: null,
    changes: [{ attribute: 'attachment', from, to }],
  });
  await journal(writing, undefined, `object.${action === 'attach' ? 'attached' : 'detached'}`, object.id, {
    type: type.name,
    number: object.number,
    files: names.length,
  });
}

function noUpload(): Refusal {
  return new Refusal('file.no_upload', 422, {
    fr: 'Ce fichier n’est pas un de vos envois en attente : envoyez-le à nouveau.',
    en: 'This file isn’t one of your waiting uploads: send it again.',
  });
}

function tooMany(): Refusal {
  return new Refusal('file.too_many', 422, {
    fr: `Un objet porte au plus ${mostAttachments} pièces jointes : rien n’a été ajouté.`,
    en: `An object has at most ${mostAttachments} attachments: nothing was added.`,
  });
}
