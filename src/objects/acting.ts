import type { Who } from '../http/index.ts';
import { actorText, type Uuid } from '../kernel/index.ts';
import type { Model } from '../model/index.ts';

/** Whose rights apply. A room's own code acts for a user, or as the system when no person asked. */
export type Asker =
  | {
      readonly kind: 'user';
      readonly roles: readonly string[];
      /** Ids of what they are limited to; null: no limit. */
      readonly perimeters: readonly Uuid[] | null;
      /** Who they are, as `actorText` says it: what `me` is in the conditions of rights and filters. */
      readonly me: string;
    }
  | { readonly kind: 'system' };

/** The system: every right, no perimeter. Only for code that has decided by itself that the thing may be done. */
export const systemAsker: Asker = { kind: 'system' };

export function askerOf(who: Pick<Who, 'roles' | 'perimeters' | 'actor'>): Asker {
  return { kind: 'user', roles: who.roles, perimeters: who.perimeters, me: actorText(who.actor) };
}

/** What every function on objects is given: the snapshot of the model to go by, and whose rights apply. */
export interface Acting {
  readonly model: Model;
  readonly asker: Asker;
}
