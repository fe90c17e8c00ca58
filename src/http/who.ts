import type { Actor, Cause, Id, Language, Uuid } from '../kernel/index.ts';
import type { Scope } from '../store/index.ts';

/**
 * Who is asking, once recognised. The access room makes it from a session's cookie or an API key; this room only
 * carries it from the request to the handler.
 */
export interface Who {
  readonly org: Id<'organisation'>;
  /** The organisation's name, as the top bar shows it. */
  readonly organisation: string;
  /** A user, or an API key standing for one (its id and name, no e-mail). */
  readonly user: { readonly id: Uuid; readonly name: string; readonly email: string | null };
  readonly actor: Actor;
  readonly roles: readonly string[];
  /** Ids of the controllers they are limited to; null means no limit. */
  readonly perimeters: readonly Uuid[] | null;
  /** The language they chose; null when they never did. */
  readonly language: Language | null;
  /** Their organisation's database. */
  readonly scope: Scope;
  /** The token that forms must send back, bound to the session; null for an API key, which no browser sends by itself. */
  readonly csrf: string | null;
  /** They may read and change nothing (an auditor): every write but those to their own account is refused at the door. */
  readonly isReadOnly: boolean;
  /** The cause of a write of theirs; `key` is the idempotency key, if one was given. */
  cause(key: string | null): Cause;
}

export interface AuthenticateOptions {
  /** False for what a page does by itself (server-sent events): it must not keep an idle session alive. */
  readonly keepsAlive: boolean;
}

/**
 * Recognises the caller, or null for nobody. Credentials that were given explicitly and are wrong (a bad API key)
 * are a `Refusal` 401; a stale cookie is nobody.
 */
export type Authenticate = (request: Request, options: AuthenticateOptions) => Promise<Who | null>;
