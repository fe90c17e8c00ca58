import type { Who } from '../http/index.ts';
import { Refusal, type Text } from '../kernel/index.ts';
import { type Model, nearest, type Role, type View, type ViewSource } from '../model/index.ts';
import { askerOf, hasRole, may } from '../objects/index.ts';

/** A view as its readers meet it. */
export interface Seen {
  /** Its address: the name its pack gives it. */
  readonly key: string;
  readonly label: Text;
  readonly definition: Text | null;
  readonly says: ViewSource;
  readonly isPinned: boolean;
  /** The pack it comes from. */
  readonly pack: string;
}

/** Views of the packs that this person may look at, in the order of the packs. */
export function viewsFor(model: Model, who: Pick<Who, 'roles' | 'perimeters' | 'actor'>): readonly Seen[] {
  return [...model.views.values()].filter((view) => isFor(model, who, view.says)).map(seen);
}

/** Refuses (404) a view that isn't there, or isn't for this person. */
export function findView(model: Model, who: Pick<Who, 'roles' | 'perimeters' | 'actor'>, key: string): Seen {
  const view = model.views.get(key);
  if (view !== undefined && isShared(who, view.says.roles)) return seen(view);
  const close = nearest(
    key,
    viewsFor(model, who).map((one) => one.key),
  );
  throw new Refusal('view.not_found', 404, {
    fr: `Aucune vue ne s’appelle « ${key} », ou elle n’est pas pour vous.${close === null ? '' : ` Vouliez-vous dire « ${close} » ?`}`,
    en: `No view is called “${key}”, or it isn’t for you.${close === null ? '' : ` Did you mean “${close}”?`}`,
  });
}

export function isFor(model: Model, who: Pick<Who, 'roles' | 'perimeters' | 'actor'>, says: ViewSource): boolean {
  const type = model.types.get(says.of);
  return type !== undefined && isShared(who, says.roles) && may(askerOf(who), type, 'read');
}

function isShared(who: Pick<Who, 'roles' | 'perimeters' | 'actor'>, roles: readonly Role[] | undefined): boolean {
  return roles === undefined || hasRole(askerOf(who), roles);
}

function seen({ name, label, pack, says }: View): Seen {
  return { key: name, label, definition: says.definition ?? null, says, isPinned: says.menu, pack };
}
