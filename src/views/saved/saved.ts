import { sql } from 'kysely';
import type { Who } from '../../http/index.ts';
import { actorText, newId, type Problem, parseId, publicId, Refusal, type Uuid } from '../../kernel/index.ts';
import { checkView, isRole, type Model, type Role, type ViewSource } from '../../model/index.ts';
import { askerOf, expectRight, expectType, may } from '../../objects/index.ts';
import type { Scope, Writing } from '../../store/index.ts';
import { type Fitted, fitted } from './fitted.ts';

/** A view that a person saved, as one of those who see it meets it. */
export interface Saved extends Fitted {
  readonly id: Uuid;
  /** Its public id. */
  readonly key: string;
  readonly name: string;
  readonly type: string;
  readonly sharedWith: readonly Role[];
  readonly isPinned: boolean;
  readonly isMine: boolean;
}

export interface SaveAsked {
  readonly name: string;
  readonly says: ViewSource;
  readonly sharedWith: readonly Role[];
  readonly isPinned: boolean;
}

/** More would make menus and tabs unreadable, and is a program's mistake. */
const mostOfOne = 200;

/** Views that this person saved, and those shared with a role of theirs, of types they may read; by name. */
export async function savedFor(scope: Scope, model: Model, who: Who): Promise<readonly Saved[]> {
  const rows = await seenBy(scope, who).execute();
  const asker = askerOf(who);
  return rows.flatMap((row) => {
    const type = model.types.get(row.type);
    if (type !== undefined && !may(asker, type, 'read')) return [];
    return [
      {
        ...fitted(model, row.says),
        id: row.id,
        key: publicId('view', row.id),
        name: row.name,
        type: row.type,
        sharedWith: row.shared_with.filter(isRole),
        isPinned: row.is_pinned,
        isMine: row.owner === actorText(who.actor),
      },
    ];
  });
}

/** Those the menu leads to: no more than their names are read. */
export async function pinnedFor(
  scope: Scope,
  model: Model,
  who: Who,
): Promise<readonly { readonly key: string; readonly name: string }[]> {
  const asker = askerOf(who);
  const rows = await seenBy(scope, who).where('is_pinned', '=', true).execute();
  return rows
    .filter((row) => {
      const type = model.types.get(row.type);
      return type !== undefined && may(asker, type, 'read');
    })
    .map(({ id, name }) => ({ key: publicId('view', id), name }));
}

function seenBy(scope: Scope, who: Who) {
  const roles = [...who.roles, 'anyone'];
  return scope.db
    .selectFrom('views.saved')
    .select(['id', 'owner', 'name', 'type', 'says', 'shared_with', 'is_pinned'])
    .where((where) =>
      where.or([
        where('owner', '=', actorText(who.actor)),
        where.and([sql<boolean>`shared_with <> '{}'`, sql<boolean>`shared_with && ${roles}::text[]`]),
      ]),
    )
    .orderBy('name')
    .orderBy('id')
    .limit(mostOfOne * 2);
}

/** Refuses (404) one that isn't there, or that this person doesn't see. */
export async function findSaved(scope: Scope, model: Model, who: Who, key: string): Promise<Saved> {
  const id = parseId('view', key);
  const found = id === null ? undefined : (await savedFor(scope, model, who)).find((one) => one.id === id);
  if (found === undefined) throw missing();
  return found;
}

/** Keeps a view under a name. Refuses (422) what doesn't fit the model, with everything that is wrong. */
export async function saveView(writing: Writing, model: Model, who: Who, asked: SaveAsked): Promise<Uuid> {
  expectSound(model, who, asked);
  const owner = actorText(who.actor);
  const { count } = await writing.tx
    .selectFrom('views.saved')
    .select((select) => select.fn.countAll<string>().as('count'))
    .where('owner', '=', owner)
    .executeTakeFirstOrThrow();
  if (Number(count) >= mostOfOne) throw tooMany();
  const id = newId(writing.now.getTime());
  await writing.tx
    .insertInto('views.saved')
    .values({
      id,
      owner,
      user_id: who.actor.kind === 'user' ? who.actor.id : null,
      ...columnsOf(asked),
      created_at: writing.now,
      updated_at: writing.now,
    })
    .execute();
  return id;
}

/** Replaces what a view says: its owner alone. */
export async function changeView(
  writing: Writing,
  model: Model,
  who: Who,
  saved: Saved,
  asked: SaveAsked,
): Promise<void> {
  expectMine(saved);
  expectSound(model, who, asked);
  await writing.tx
    .updateTable('views.saved')
    .set({ ...columnsOf(asked), updated_at: writing.now })
    .where('id', '=', saved.id)
    .execute();
}

/** Takes a view away: its owner, or an administrator where it is shared. */
export async function removeView(writing: Writing, who: Who, saved: Saved): Promise<void> {
  if (!who.roles.includes('admin')) expectMine(saved);
  await writing.tx.deleteFrom('views.saved').where('id', '=', saved.id).execute();
}

function columnsOf({ name, says, sharedWith, isPinned }: SaveAsked) {
  return {
    name: name.trim(),
    type: says.of,
    says: JSON.stringify(says),
    shared_with: [...new Set(sharedWith)],
    is_pinned: isPinned,
  };
}

/** One shares with the roles one has, and with everyone; an administrator with any. */
export function shareable(who: Pick<Who, 'roles'>, all: readonly Role[]): readonly Role[] {
  const known = all.filter((role) => role !== 'system');
  return who.roles.includes('admin') ? known : known.filter((role) => role === 'anyone' || who.roles.includes(role));
}

function expectSound(model: Model, who: Who, { name, says, sharedWith }: SaveAsked): void {
  expectRight(askerOf(who), expectType(model, says.of), 'read');
  const problems: Problem[] = checkView(says, model.types).map(({ path, code, text }) => ({
    pointer: `/${path[0] ?? ''}`,
    code: code.replace('pack.', 'view.'),
    text,
  }));
  const length = name.trim().length;
  if (length === 0 || length > 80) {
    const text = { fr: 'Donnez un nom, de 80 caractères au plus.', en: 'Give a name, of 80 characters at most.' };
    problems.push({ pointer: '/name', code: 'view.name', text });
  }
  const allowed = shareable(who, sharedWith);
  if (sharedWith.some((role) => !allowed.includes(role))) {
    const text = { fr: 'On ne partage qu’avec les rôles que l’on a.', en: 'One shares only with the roles one has.' };
    problems.push({ pointer: '/shared', code: 'view.shared', text });
  }
  if (problems.length === 0) return;
  const list = (language: 'fr' | 'en'): string => problems.map(({ text }) => text[language]).join(' ');
  throw new Refusal(
    'view.invalid',
    422,
    { fr: `La vue n’est pas enregistrée. ${list('fr')}`, en: `The view was not saved. ${list('en')}` },
    problems,
  );
}

function expectMine(saved: Saved): void {
  if (saved.isMine) return;
  throw new Refusal('view.not_yours', 403, {
    fr: 'Cette vue est à quelqu’un d’autre : enregistrez la vôtre depuis la liste.',
    en: 'This view is somebody else’s: save one of yours from the list.',
  });
}

function missing(): Refusal {
  return new Refusal('view.not_found', 404, {
    fr: 'Cette vue n’existe pas, ou n’est pas partagée avec vous.',
    en: 'This view doesn’t exist, or isn’t shared with you.',
  });
}

function tooMany(): Refusal {
  return new Refusal('view.too_many', 422, {
    fr: `Vous avez déjà ${mostOfOne} vues enregistrées : supprimez-en d’abord.`,
    en: `You have ${mostOfOne} saved views already: delete some first.`,
  });
}
