import { actorText, newId, Refusal, type Uuid } from '../../kernel/index.ts';
import type { LiveModel } from '../../model/index.ts';
import { nextVersion, PackEdit } from '../../model/index.ts';
import type { Scope, Writing } from '../../store/index.ts';

/** A change of a pack that somebody prepares: the whole file as it would be. */
export interface Draft {
  readonly id: Uuid;
  readonly pack: string;
  /** The version of the model it began from. */
  readonly beganFrom: number;
  readonly body: string;
  readonly version: number;
  readonly submittedAt: Date | null;
  readonly changedAt: Date;
  readonly changedBy: string;
}

const columns = [
  'id',
  'pack',
  'began_from as beganFrom',
  'body',
  'version',
  'submitted_at as submittedAt',
  'changed_at as changedAt',
  'changed_by as changedBy',
] as const;

export async function listDrafts(scope: Scope): Promise<readonly Draft[]> {
  return scope.db.selectFrom('objects.model_draft').select(columns).orderBy('changed_at', 'desc').limit(200).execute();
}

/** Refuses (404) what isn't there any more: applied, or thrown away. */
export async function readDraft(scope: Scope, id: string): Promise<Draft> {
  const found = await scope.db
    .selectFrom('objects.model_draft')
    .select(columns)
    .where('id', '=', id)
    .executeTakeFirst();
  if (found !== undefined) return found;
  throw new Refusal('model.no_draft', 404, {
    fr: 'Ce brouillon n’existe plus : il a été appliqué, ou abandonné.',
    en: 'This draft is no more: it was applied, or thrown away.',
  });
}

export async function startDraft(writing: Writing, live: LiveModel, pack: string, body: string): Promise<Uuid> {
  const id = newId();
  await writing.tx
    .insertInto('objects.model_draft')
    .values({
      id,
      pack,
      began_from: live.version().number,
      body,
      changed_at: writing.now,
      changed_by: actorText(writing.cause.actor),
    })
    .execute();
  return id;
}

/** The file of a pack in force, under the next number of version: where a change of it begins. */
export function draftOf(live: LiveModel, pack: string): string {
  const text = live.packText(pack);
  const facts = live.current().packs.find((one) => one.name === pack);
  if (text === null || facts === undefined) {
    throw new Refusal('model.no_pack', 404, {
      fr: `Il n’y a pas de module « ${pack} ».`,
      en: `There is no pack “${pack}”.`,
    });
  }
  const edit = new PackEdit(text);
  edit.put([], { version: nextVersion(facts.version) });
  return edit.text();
}

/** Refuses (412) when somebody else changed it meanwhile: nothing of theirs is overwritten. */
export async function changeDraft(writing: Writing, draft: Pick<Draft, 'id' | 'version'>, body: string): Promise<void> {
  const { numUpdatedRows } = await writing.tx
    .updateTable('objects.model_draft')
    .set({
      body,
      version: draft.version + 1,
      submitted_at: null,
      changed_at: writing.now,
      changed_by: actorText(writing.cause.actor),
    })
    .where('id', '=', draft.id)
    .where('version', '=', draft.version)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) throw overtaken();
}

/** Whoever prepares it has seen what changed in the pack meanwhile, and means theirs. */
export async function keepDraft(writing: Writing, id: Uuid, live: LiveModel): Promise<void> {
  await writing.tx
    .updateTable('objects.model_draft')
    .set({ began_from: live.version().number })
    .where('id', '=', id)
    .execute();
}

export async function submitDraft(writing: Writing, id: Uuid): Promise<void> {
  await writing.tx.updateTable('objects.model_draft').set({ submitted_at: writing.now }).where('id', '=', id).execute();
}

export async function dropDraft(writing: Writing, id: Uuid): Promise<void> {
  await writing.tx.deleteFrom('objects.model_draft').where('id', '=', id).execute();
}

function overtaken(): Refusal {
  return new Refusal('model.draft_changed', 412, {
    fr: 'Quelqu’un d’autre a changé ce brouillon entre-temps ; rien de votre envoi n’a été enregistré. Rouvrez-le, puis recommencez.',
    en: 'Somebody else changed this draft meanwhile; nothing of yours was saved. Open it again, then try once more.',
  });
}
