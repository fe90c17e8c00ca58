import type { Who } from '../http/index.ts';
import { parseId, Refusal, same, type Text } from '../kernel/index.ts';
import { type Model, nearest, type Role, type View, type ViewSource } from '../model/index.ts';
import { askerOf, hasRole, may } from '../objects/index.ts';
import { findSaved, type Saved, savedFor } from './saved/saved.ts';

/** A view as its readers meet it. */
export interface Seen {
  /** Its address: the name its pack gives it, or the id of what was saved. */
  readonly key: string;
  readonly label: Text;
  readonly definition: Text | null;
  readonly says: ViewSource;
  readonly isPinned: boolean;
  /** The pack it comes from; null: a person saved it. */
  readonly pack: string | null;
  readonly saved: Saved | null;
}

/** Views that this person may look at: those of the packs in their order, then those saved, by name. */
export async function viewsFor(model: Model, who: Who): Promise<readonly Seen[]> {
  const saved = await savedFor(who.scope, model, who);
  return [...packViewsFor(model, who), ...saved.flatMap((one) => seenSaved(one) ?? [])];
}

export function packViewsFor(model: Model, who: Who): readonly Seen[] {
  return [...model.views.values()].filter((view) => isFor(model, who, view.says)).map(seen);
}

/** Refuses (404) a view that isn't there, or isn't for this person; (422) a saved one that no longer fits the model. */
export async function findView(model: Model, who: Who, key: string): Promise<Seen> {
  const view = model.views.get(key);
  if (view !== undefined && isShared(who, view.says.roles)) return seen(view);
  if (parseId('view', key) !== null) {
    const saved = await findSaved(who.scope, model, who, key);
    return seenSaved(saved) ?? refuseUnfit(saved);
  }
  const close = nearest(
    key,
    packViewsFor(model, who).map((one) => one.key),
  );
  throw new Refusal('view.not_found', 404, {
    fr: `Aucune vue ne s’appelle « ${key} », ou elle n’est pas pour vous.${close === null ? '' : ` Vouliez-vous dire « ${close} » ?`}`,
    en: `No view is called “${key}”, or it isn’t for you.${close === null ? '' : ` Did you mean “${close}”?`}`,
  });
}

function seenSaved(saved: Saved): Seen | null {
  const { key, name, says, isPinned } = saved;
  return says === null ? null : { key, label: same(name), definition: null, says, isPinned, pack: null, saved };
}

function refuseUnfit({ name, unfit }: Saved): never {
  const list = (language: 'fr' | 'en'): string => unfit.map((text) => text[language]).join(' ');
  throw new Refusal('view.unfit', 422, {
    fr: `La vue « ${name} » ne va plus avec le modèle d’aujourd’hui. ${list('fr')} Elle est gardée telle quelle : modifiez-la depuis la page des vues.`,
    en: `The view “${name}” no longer fits the model of today. ${list('en')} It is kept as it was: change it from the page of views.`,
  });
}

function isFor(model: Model, who: Who, says: ViewSource): boolean {
  const type = model.types.get(says.of);
  return type !== undefined && isShared(who, says.roles) && may(askerOf(who), type, 'read');
}

function isShared(who: Who, roles: readonly Role[] | undefined): boolean {
  return roles === undefined || hasRole(askerOf(who), roles);
}

function seen({ name, label, pack, says }: View): Seen {
  return { key: name, label, definition: says.definition ?? null, says, isPinned: says.menu, pack, saved: null };
}
