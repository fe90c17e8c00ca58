import type { ZodType } from 'zod';
import { canonicalJson, type Language, Refusal, type RefusalStatus, sha256 } from '../kernel/index.ts';
import type { PageResult } from './answers.ts';
import { askedOf, parsedAs, queryOf } from './asked.ts';
import { type FileTaking, type Form, readForm } from './body.ts';
import type { Endpoint } from './context.ts';
import { expectSameOrigin, expectToken } from './csrf.ts';
import { eventsReply } from './event-stream.ts';
import type { Incoming } from './incoming.ts';
import { parseInput } from './issues.ts';
import type { MountedRoute } from './options.ts';
import { pageReply } from './page-reply.tsx';
import type { Reply } from './reply.ts';
import type { Allow, FilesOfForm, PageApp, Slice, Visit } from './slice.ts';
import type { Who } from './who.ts';
import { words } from './words.ts';

type Add = (endpoint: Endpoint) => void;
type Params = Readonly<Record<string, string>>;
type AnyVisit = Visit<string, unknown, unknown>;

/** A route of pages once its types are behind it. */
interface FormRules {
  readonly form?: ZodType;
  readonly allow?: Allow;
  readonly isOwnAccount?: boolean;
  readonly files?: FilesOfForm;
  readonly again?: (visit: AnyVisit, refusal: Refusal, typed: Params) => PageResult | Promise<PageResult>;
}

/** What one slice mounts its pages on. */
export function pageApp(slice: Slice, add: Add): PageApp {
  const mount = (
    method: MountedRoute['method'],
    path: string,
    door: { readonly isPublic: boolean; readonly allow?: Allow | undefined },
    run: Endpoint['run'],
    kind: MountedRoute['kind'] = 'page',
  ): void => add({ slice: slice.name, method, path, kind, isPublic: door.isPublic, right: rightOf(door.allow), run });
  return {
    get: (path, route, handler) =>
      mount('GET', path, { isPublic: false, allow: route.allow }, (incoming, params) =>
        showPage(incoming, params, { ...route, isPublic: false }, (visit) => handler(parsedAs(visit))),
      ),
    publicGet: (path, route, handler) =>
      mount('GET', path, { isPublic: true }, (incoming, params) =>
        showPage(incoming, params, { ...route, isPublic: true }, (visit) => handler(parsedAs(visit))),
      ),
    post: (path, route, handler) =>
      mount('POST', path, { isPublic: false, allow: route.allow }, (incoming, params) =>
        takeForm(incoming, params, { rules: parsedAs(route), isPublic: false }, (visit) => handler(parsedAs(visit))),
      ),
    publicPost: (path, route, handler) =>
      mount('POST', path, { isPublic: true }, (incoming, params) =>
        takeForm(incoming, params, { rules: parsedAs(route), isPublic: true }, (visit) => handler(parsedAs(visit))),
      ),
    events: (path, route, handler) =>
      mount(
        'GET',
        path,
        { isPublic: false, allow: route.allow },
        async (incoming, params) => {
          const visit = await visitOf(incoming, params, { isPublic: false, keepsAlive: false });
          route.allow?.(visit.who);
          const lastEventId =
            incoming.request.headers.get('last-event-id') ?? incoming.url.searchParams.get('lastEventId');
          return eventsReply(
            incoming,
            handler({ ...parsedAs<AnyVisit>(visit), lastEventId } as Parameters<typeof handler>[0]),
          );
        },
        'events',
      ),
  };
}

/** What a route's door asks for, as `MountedRoute.right` says it. */
export function rightOf(allow: Allow | undefined): string | null {
  return allow === undefined ? null : (allow.right ?? 'other');
}

type Run = (visit: AnyVisit) => PageResult | Promise<PageResult>;

async function showPage(
  incoming: Incoming,
  params: Params,
  route: { readonly query?: ZodType | undefined; readonly allow?: Allow; readonly isPublic: boolean },
  run: Run,
): Promise<Reply> {
  const visit = await visitOf(incoming, params, { isPublic: route.isPublic, keepsAlive: true });
  if (!route.isPublic) route.allow?.(visit.who);
  const result = await run({ ...visit, query: queryOf(incoming, route.query) });
  return pageReply(incoming, visit.who, visit.language, result);
}

async function takeForm(
  incoming: Incoming,
  params: Params,
  route: { readonly rules: FormRules; readonly isPublic: boolean },
  run: Run,
): Promise<Reply> {
  const { rules } = route;
  const visit = await visitOf(incoming, params, { isPublic: route.isPublic, keepsAlive: true });
  expectSameOrigin(incoming.request, incoming.context.options.publicUrl);
  const guard = (token: string | null): void => {
    expectToken(token ?? incoming.request.headers.get('x-csrf-token'), incoming.csrfToken(visit.who).token);
    if (route.isPublic) return;
    rules.allow?.(visit.who);
    if (rules.isOwnAccount !== true) refuseReadOnly(visit.who);
  };
  const form = await readForm(incoming.request, takingOf(rules.files, visit, guard));
  guard(form.csrf);
  const sent = { ...visit, ...(await formParts(visit, incoming, form)) };
  const result = await handled(sent, form, rules, run);
  return pageReply(incoming, visit.who, visit.language, result);
}

function takingOf(files: FilesOfForm | undefined, visit: AnyVisit, begin: FileTaking['begin']): FileTaking | null {
  if (files === undefined) return null;
  return { limitBytes: files.limitBytes, begin, take: (file) => files.take(visit.who, file) };
}

/** Runs the handler; what it refuses is shown by the form itself when the route says how. */
async function handled(visit: AnyVisit, form: Form, rules: FormRules, run: Run): Promise<PageResult> {
  try {
    if (form.problems.length > 0) throw new Refusal('form.invalid', 422, words.invalid, form.problems);
    const body = rules.form === undefined ? undefined : parseInput(rules.form, form.values, 422, words.invalid);
    return await run({ ...visit, body });
  } catch (error) {
    if (!(error instanceof Refusal) || rules.again === undefined || !isCorrectable(error.status)) throw error;
    const result = await rules.again(visit, error, form.typed);
    return result.kind === 'page' && result.status === 200 ? { ...result, status: error.status } : result;
  }
}

/** Refusals that the same person can mend by changing what they typed, or by trying again. */
function isCorrectable(status: RefusalStatus): boolean {
  return status === 400 || status === 409 || status === 412 || status === 422 || status === 429 || status === 502;
}

/** The cause and the hash of what this form asks; the same form sent twice has the same of both. */
async function formParts(visit: AnyVisit, incoming: Incoming, form: Form): Promise<Partial<AnyVisit>> {
  const fields: (readonly [string, string])[] = [];
  for (const [name, value] of Object.entries(form.values)) {
    for (const one of typeof value === 'string' || value instanceof File ? [value] : value) {
      const text =
        typeof one === 'string'
          ? (form.digests.get(one) ?? one)
          : sha256(new Uint8Array(await one.arrayBuffer())).toString('hex');
      fields.push([name, text]);
    }
  }
  const requestHash = sha256(canonicalJson(['POST', incoming.url.pathname, fields]));
  // A public form has nobody to be the cause; its handler makes one of its own.
  const who = parsedAs<Who | null>(visit.who);
  return who === null ? { requestHash } : { requestHash, cause: who.cause(form.key) };
}

export function refuseReadOnly(who: Who): void {
  if (who.isReadOnly) throw new Refusal('access.read_only', 403, words.readOnly);
}

async function visitOf(
  incoming: Incoming,
  params: Params,
  options: { readonly isPublic: boolean; readonly keepsAlive: boolean },
): Promise<AnyVisit> {
  const who = options.isPublic ? await incoming.who() : await incoming.somebody({ keepsAlive: options.keepsAlive });
  const language: Language = await incoming.language();
  return {
    ...askedOf(incoming, { params, query: undefined, body: undefined, language }),
    // Public handlers are typed to expect nobody.
    who: parsedAs<Who>(who),
    isPartial: incoming.isPartial,
    target: incoming.request.headers.get('hx-target'),
    csrf: incoming.shownCsrf(who),
    cause: parsedAs(who?.cause(null)),
    requestHash: sha256(incoming.url.href),
  };
}
