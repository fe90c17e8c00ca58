import { type Language, Refusal, randomSecret } from '../kernel/index.ts';
import type { CookieChange } from './answers.ts';
import type { ServerContext } from './context.ts';
import { readCookie } from './cookies.ts';
import { maskToken, visitCookie, visitToken } from './csrf.ts';
import { languageOf } from './language.ts';
import type { Who } from './who.ts';
import { words } from './words.ts';

/** One request on its way: what is known of it, each thing found out once and only when needed. */
export class Incoming {
  readonly url: URL;
  readonly signal: AbortSignal;
  #who: Promise<Who | null> | null = null;
  #visit: { readonly token: string; readonly cookies: readonly CookieChange[] } | null = null;

  constructor(
    readonly context: ServerContext,
    readonly request: Request,
    readonly clientAddress: string,
    leaving: AbortSignal,
  ) {
    const asked = new URL(request.url);
    this.url = new URL(asked.pathname + asked.search, context.options.publicUrl);
    this.signal = AbortSignal.any([leaving, context.stopping]);
  }

  get isApi(): boolean {
    return this.url.pathname.startsWith('/api/');
  }

  /** htmx asks for a part of a page: its target is not the whole body. */
  get isPartial(): boolean {
    return this.request.headers.get('hx-request-type') === 'partial';
  }

  who(keepsAlive = true): Promise<Who | null> {
    this.#who ??= this.context.options.authenticate(this.request, { keepsAlive });
    return this.#who;
  }

  /**
   * Who is asking. An application's own key opens the few routes that are made for applications, and no other: what a
   * route does not say is refused.
   */
  async somebody({ keepsAlive = true, isForApplications = false } = {}): Promise<Who> {
    const who = await this.who(keepsAlive);
    if (who === null) throw new Refusal('access.sign_in_needed', 401, words.signInNeeded);
    if (who.actor.kind === 'application' && !isForApplications) {
      throw new Refusal('access.not_for_applications', 403, words.notForApplications);
    }
    return who;
  }

  /** Also when the caller could not be recognised: an error page must not fail for the same reason. */
  async language(): Promise<Language> {
    const who = await this.who().catch(() => null);
    return languageOf(this.request, who?.language ?? null);
  }

  /** The secret that forms of this visit prove they know, and the cookie that carries it when there is no session. */
  csrfToken(who: Who | null): { readonly token: string; readonly cookies: readonly CookieChange[] } {
    if (who !== null && who.csrf !== null) return { token: who.csrf, cookies: [] };
    if (this.#visit !== null) return this.#visit;
    const known = readCookie(this.request, visitCookie);
    const isKnown = known !== null && /^[\w-]{43}$/.test(known);
    const value = isKnown ? known : randomSecret().toString('base64url');
    this.#visit = {
      token: visitToken(this.context.options.key, value),
      cookies: isKnown ? [] : [{ name: visitCookie, value, maxAgeSeconds: null }],
    };
    return this.#visit;
  }

  shownCsrf(who: Who | null): string {
    return maskToken(this.csrfToken(who).token);
  }
}
