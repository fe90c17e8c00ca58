import type { ZodType, z } from 'zod';
import type { Cause, Clock, Language, Refusal } from '../kernel/index.ts';
import type { LinkValue, MenuEntry } from '../ui/index.ts';
import type { ApiResult, PageResult } from './answers.ts';
import type { IncomingFile, TakenFile } from './body.ts';
import type { ServerEvent } from './events.ts';
import type { DocumentedRoute } from './openapi.ts';
import type { ListAsked } from './paging.ts';
import type { Who } from './who.ts';

/** What a concept mounts: its pages, its API routes and its places in the menus. `main.ts` lists the slices. */
export interface Slice {
  readonly name: string;
  readonly menu?: readonly MenuLine[];
  readonly create?: readonly CreateLink[];
  /** Where the top bar's bell leads, and how much is new there: asked for each page. One slice has it. */
  readonly notifications?: { readonly href: string; readonly unread: (who: Who) => Promise<number> };
  /** Lines of the menu that are this person's own; asked for each page, so it must cost next to nothing. */
  menuOf?(who: Who): Promise<readonly MenuEntry[]>;
  pages?(app: PageApp): void;
  api?(app: ApiApp): void;
  /** What the generated reference says besides what is mounted: routes with a parameter, spelled out as the model now has them. */
  readonly described?: Described;
}

export interface Described {
  /** Names what is described: with another key, it is asked for again. */
  key(): string;
  routes(): readonly DescribedRoute[];
}

export type DescribedRoute = Omit<DocumentedRoute, 'slice'>;

/** A line of the left menu: the page kit's entry, and for whom it is. */
export interface MenuLine extends MenuEntry {
  /** For everyone signed in when absent. */
  readonly isFor?: (who: Who) => boolean;
  /** How many things wait there; asked for each page, so it must cost next to nothing. */
  readonly waiting?: (who: Who) => Promise<number>;
}

/** A line of the top bar's "Create". */
export interface CreateLink extends LinkValue {
  readonly isFor?: (who: Who) => boolean;
}

/** `'/requests/:id'` → `{ id: string }`. */
export type ParamsOf<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? { readonly [K in Name]: string } & ParamsOf<`/${Rest}`>
  : Path extends `${string}:${infer Name}`
    ? { readonly [K in Name]: string }
    : Readonly<Record<never, string>>;

/** What both kinds of handlers are given. */
export interface Asked<Path extends string, Query, Body> {
  readonly params: ParamsOf<Path>;
  readonly query: Query;
  readonly body: Body;
  readonly language: Language;
  /** The address asked, with the public origin. */
  readonly url: URL;
  readonly request: Request;
  /** The caller's network address: personal data, to be hashed before it is kept. */
  readonly clientAddress: string;
  readonly clock: Clock;
  /** Aborted when the caller leaves or the server stops. */
  readonly signal: AbortSignal;
  /** Reads what a list was asked for: `limit`, `cursor`, `sort`, `filter`, `fields`. Refuses (400) what is wrong. */
  list(): ListAsked;
}

export interface Visit<Path extends string, Query, Body> extends Asked<Path, Query, Body> {
  readonly who: Who;
  /** True when htmx asks for a part of the page (its target is not the whole body). */
  readonly isPartial: boolean;
  /** The id of the element htmx will replace, if it has one. */
  readonly target: string | null;
  /** Written in every form as `csrf` (the page kit's Form does it). Masked anew for each page. */
  readonly csrf: string;
  /** The cause of a write asked by this form. Its key is the hidden `_key` that the page kit writes in each form. */
  readonly cause: Cause;
  /** Names what was asked, byte for byte: for `writeOnce`. */
  readonly requestHash: Buffer;
}

/** A visit by somebody or by nobody. */
export type PublicVisit<Path extends string, Query, Body> = Omit<Visit<Path, Query, Body>, 'who' | 'cause'> & {
  readonly who: Who | null;
};

export interface Call<Path extends string, Query, Body> extends Asked<Path, Query, Body> {
  readonly who: Who;
  /** The cause of a write; its key is the `Idempotency-Key` header. */
  readonly cause: Cause;
  readonly requestHash: Buffer;
  /** The version named by `If-Match`, without quotes; null when absent or `*`. */
  readonly ifMatch: string | null;
}

export type PublicCall<Path extends string, Query, Body> = Omit<Call<Path, Query, Body>, 'who' | 'cause'> & {
  readonly who: Who | null;
};

/** Refuses (throws) who may not come here: access's `may('users.manage')` is one. */
export interface Allow {
  (who: Who): void;
  /** Its name, where one right decides. */
  readonly right?: string;
}

type Out<Schema> = Schema extends ZodType ? z.output<Schema> : undefined;
type OutQuery<Schema> = Schema extends ZodType ? z.output<Schema> : Readonly<Record<string, string>>;
type Maybe<T> = T | Promise<T>;
type Schema = ZodType | undefined;

interface Route<Query extends Schema> {
  readonly query?: Query;
  readonly allow?: Allow;
}

export interface FormRoute<Visiting, Form extends Schema> {
  readonly form?: Form;
  readonly allow?: Allow;
  /** Written by those who may change nothing else: their own password, their own sign-out. */
  readonly isOwnAccount?: boolean;
  /** Files too large to be held in memory. Without it, a form's files are `File` values of the form, small ones. */
  readonly files?: FilesOfForm;
  /**
   * Shows the form again with what was typed and what is wrong, when the form did not parse or the handler refused.
   * Without it, an error page is shown.
   */
  readonly again?: (visit: Visiting, refusal: Refusal, typed: Readonly<Record<string, string>>) => Maybe<PageResult>;
}

/** Where the files of a form go, as their bytes come. */
export interface FilesOfForm {
  /** Of the whole form; beyond it, a 413. */
  readonly limitBytes: number;
  /** Keeps one file; its `value` stands for it among the form's values, also when the form is shown again. */
  take(who: Who, file: IncomingFile): Promise<TakenFile>;
}

/** Where pages are mounted. Paths are those of the site: `/requests/:id`. */
export interface PageApp {
  get<const Path extends string, Query extends Schema = undefined>(
    path: Path,
    route: Route<Query>,
    handler: (visit: Visit<Path, OutQuery<Query>, undefined>) => Maybe<PageResult>,
  ): void;
  post<const Path extends string, Form extends Schema = undefined>(
    path: Path,
    route: FormRoute<Visit<Path, Readonly<Record<string, string>>, undefined>, Form>,
    handler: (visit: Visit<Path, Readonly<Record<string, string>>, Out<Form>>) => Maybe<PageResult>,
  ): void;
  /** For people who are not signed in, too. */
  publicGet<const Path extends string, Query extends Schema = undefined>(
    path: Path,
    route: Omit<Route<Query>, 'allow'>,
    handler: (visit: PublicVisit<Path, OutQuery<Query>, undefined>) => Maybe<PageResult>,
  ): void;
  publicPost<const Path extends string, Form extends Schema = undefined>(
    path: Path,
    route: Omit<FormRoute<PublicVisit<Path, Readonly<Record<string, string>>, undefined>, Form>, 'allow'>,
    handler: (visit: PublicVisit<Path, Readonly<Record<string, string>>, Out<Form>>) => Maybe<PageResult>,
  ): void;
  /**
   * Server-sent events. The handler yields; this room writes ids, heart-beats and the end. `lastEventId` is the last
   * one the browser saw: the handler starts just after it.
   */
  events<const Path extends string>(
    path: Path,
    route: { readonly allow?: Allow },
    handler: (
      visit: Visit<Path, Readonly<Record<string, string>>, undefined> & { readonly lastEventId: string | null },
    ) => AsyncIterable<ServerEvent>,
  ): void;
}

export interface ApiRoute<Query extends Schema, Body extends Schema> {
  /** One line of the generated reference, in English. */
  readonly summary: string;
  readonly query?: Query;
  /** JSON; a route without one takes no body. */
  readonly body?: Body;
  /** What a success looks like, for the generated reference. */
  readonly answer?: ZodType;
  /** It answers a list, and takes the paging parameters: said in the generated reference. */
  readonly isList?: boolean;
  readonly allow?: Allow;
  readonly isOwnAccount?: boolean;
  /** Open to an application's own key as well; the handler keeps it to what is that application's. */
  readonly isForApplications?: boolean;
}

export interface RawRoute<Query extends Schema> {
  readonly summary: string;
  readonly query?: Query;
  /** Media types taken, such as `application/x-ndjson`; anything else is a 415. */
  readonly takes: readonly string[];
  /** In bytes; the server's limit when absent. */
  readonly limitBytes?: number;
  readonly answer?: ZodType;
  readonly allow?: Allow;
}

/** Where API routes are mounted. Paths are below `/api/v1`: `/requests/:id`. */
export interface ApiApp {
  get<const Path extends string, Query extends Schema = undefined>(
    path: Path,
    route: Omit<ApiRoute<Query, undefined>, 'body'>,
    handler: (call: Call<Path, OutQuery<Query>, undefined>) => Maybe<ApiResult>,
  ): void;
  post: ApiWrite;
  patch: ApiWrite;
  put: ApiWrite;
  delete: ApiWrite;
  /** For callers without credentials, too. */
  publicGet<const Path extends string, Query extends Schema = undefined>(
    path: Path,
    route: Omit<ApiRoute<Query, undefined>, 'body' | 'allow'>,
    handler: (call: PublicCall<Path, OutQuery<Query>, undefined>) => Maybe<ApiResult>,
  ): void;
  /** A body that isn't JSON (a file, lines): the handler reads the bytes as they come, within the limit. */
  postRaw<const Path extends string, Query extends Schema = undefined>(
    path: Path,
    route: RawRoute<Query>,
    handler: (call: Call<Path, OutQuery<Query>, AsyncIterable<Uint8Array>>) => Maybe<ApiResult>,
  ): void;
}

export type ApiWrite = <const Path extends string, Query extends Schema = undefined, Body extends Schema = undefined>(
  path: Path,
  route: ApiRoute<Query, Body>,
  handler: (call: Call<Path, OutQuery<Query>, Out<Body>>) => Maybe<ApiResult>,
) => void;
