import type { Uuid } from './ids.ts';

/** Who acts. No name and no address: an id that the access room can resolve while it may. */
export type Actor =
  | { readonly kind: 'user'; readonly id: Uuid }
  | { readonly kind: 'api_key'; readonly id: Uuid }
  | { readonly kind: 'application'; readonly id: Uuid }
  | { readonly kind: 'person' }
  | { readonly kind: 'system'; readonly name: string };

export type Source = 'page' | 'api' | 'cli' | 'form' | 'pump' | 'start';

/**
 * Why a write happens. Every write carries one. `key` is the caller's idempotency key (the `Idempotency-Key`
 * header, a form's hidden token, a due row's id): the same actor with the same key writes once.
 */
export interface Cause {
  readonly actor: Actor;
  readonly source: Source;
  readonly key: string | null;
}

export function systemCause(name: string, key: string | null = null): Cause {
  return { actor: { kind: 'system', name }, source: 'pump', key };
}

/** A stable text of an actor for columns, history and journal: `user:0192…`, `system:pump`. */
export function actorText(actor: Actor): string {
  switch (actor.kind) {
    case 'user':
    case 'api_key':
    case 'application':
      return `${actor.kind}:${actor.id}`;
    case 'person':
      return 'person';
    case 'system':
      return `system:${actor.name}`;
  }
}
