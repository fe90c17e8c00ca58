import type { ZodType } from 'zod';
import { type Actor, Refusal, sha256 } from '../kernel/index.ts';
import { Answer, type ApiResult, type FileAnswer } from './answers.ts';
import { askedOf, parsedAs, queryOf } from './asked.ts';
import { bodyLimitBytes, expectType, limitedBody, parseJson, readBytes } from './body.ts';
import type { Endpoint } from './context.ts';
import { expectSameOrigin, expectToken } from './csrf.ts';
import { fileReply } from './file-reply.ts';
import type { Incoming } from './incoming.ts';
import { parseInput } from './issues.ts';
import type { DocumentedRoute } from './openapi.ts';
import type { MountedRoute } from './options.ts';
import { refuseReadOnly, rightOf } from './page-app.ts';
import { jsonReply, type Reply } from './reply.ts';
import type { Allow, ApiApp, ApiRoute, Call, RawRoute, Slice } from './slice.ts';
import { readIfMatch } from './version.ts';
import type { Who } from './who.ts';
import { words } from './words.ts';

export const apiBase = '/api/v1';

type Params = Readonly<Record<string, string>>;
type AnyCall = Call<string, unknown, unknown>;
type Run = (call: AnyCall) => ApiResult | Promise<ApiResult>;
type Method = MountedRoute['method'];

interface Rules {
  readonly isPublic: boolean;
  readonly query?: ZodType | undefined;
  readonly allow?: Allow | undefined;
  readonly isOwnAccount?: boolean | undefined;
  readonly isForApplications?: boolean | undefined;
}

/** What one slice mounts its API routes on; `document` keeps what the generated reference says of them. */
export function apiApp(
  slice: Slice,
  add: (endpoint: Endpoint) => void,
  document: (route: DocumentedRoute) => void,
): ApiApp {
  const mount = (
    method: Method,
    path: string,
    route: Partial<Omit<DocumentedRoute, 'method' | 'path' | 'slice'>> & {
      readonly summary: string;
      readonly isPublic: boolean;
      readonly allow?: Allow | undefined;
    },
    run: Endpoint['run'],
  ): void => {
    const full = `${apiBase}${path}`;
    add({
      slice: slice.name,
      method,
      path: full,
      kind: 'api',
      isPublic: route.isPublic,
      right: rightOf(route.allow),
      run,
    });
    document({ takes: [], ...route, slice: slice.name, method, path: full });
  };
  const write =
    (method: Method) => (path: string, route: ApiRoute<ZodType | undefined, ZodType | undefined>, run: Run) =>
      mount(method, path, { ...route, isPublic: false }, async (incoming, params) => {
        const rules = { ...route, isPublic: false };
        const { call, who } = await enter(incoming, params, rules, true);
        const { body, bytes } = await readJson(incoming, route.body);
        const requestHash = sha256(
          Buffer.concat([Buffer.from(`${method}\n${incoming.url.pathname}${incoming.url.search}\n`), bytes]),
        );
        return apiReply(await run({ ...call, body, requestHash, cause: causeOf(incoming, who) }));
      });
  const read =
    (rules: Rules, run: Run): Endpoint['run'] =>
    async (incoming, params) => {
      const { call } = await enter(incoming, params, rules, false);
      return apiReply(await run(call));
    };
  return {
    get: (path, route, handler) => {
      const rules = { ...route, isPublic: false };
      mount(
        'GET',
        path,
        rules,
        read(rules, (call) => handler(parsedAs(call))),
      );
    },
    publicGet: (path, route, handler) => {
      const rules = { ...route, isPublic: true };
      mount(
        'GET',
        path,
        rules,
        read(rules, (call) => handler(parsedAs(call))),
      );
    },
    post: (path, route, handler) => write('POST')(path, route, (call) => handler(parsedAs(call))),
    put: (path, route, handler) => write('PUT')(path, route, (call) => handler(parsedAs(call))),
    patch: (path, route, handler) => write('PATCH')(path, route, (call) => handler(parsedAs(call))),
    delete: (path, route, handler) => write('DELETE')(path, route, (call) => handler(parsedAs(call))),
    postRaw: (path, route, handler) =>
      mount('POST', path, { ...route, isPublic: false }, async (incoming, params) => {
        const { call, who } = await enter(incoming, params, { ...route, isPublic: false }, true);
        expectType(incoming.request, route.takes);
        const body = limitedBody(incoming.request, rawLimit(route));
        return apiReply(await handler(parsedAs({ ...call, body, cause: causeOf(incoming, who) })));
      }),
  };
}

function rawLimit(route: RawRoute<ZodType | undefined>): number {
  return route.limitBytes ?? bodyLimitBytes;
}

/** Who is calling, whether they may, and what the address says; the body comes later. */
async function enter(
  incoming: Incoming,
  params: Params,
  rules: Rules,
  isWrite: boolean,
): Promise<{ readonly call: AnyCall; readonly who: Who | null }> {
  const isForApplications = rules.isForApplications === true;
  const who = rules.isPublic ? await incoming.who() : await incoming.somebody({ isForApplications });
  if (who !== null && !rules.isPublic) {
    if (isWrite) guardWrite(incoming, who, rules.isOwnAccount === true);
    rules.allow?.(who);
  }
  const language = await incoming.language();
  const asked = askedOf<string, unknown, unknown>(incoming, {
    params,
    query: queryOf(incoming, rules.query),
    body: undefined,
    language,
  });
  const call = {
    ...asked,
    who: parsedAs<Who>(who),
    cause: parsedAs<AnyCall['cause']>(who?.cause(null)),
    requestHash: sha256(incoming.url.href),
    ifMatch: readIfMatch(incoming.request.headers.get('if-match')),
  };
  return { call, who };
}

/** A browser sends its cookie by itself, so a call that relies on it must prove that our page made it. */
function guardWrite(incoming: Incoming, who: Who, isOwnAccount: boolean): void {
  if (who.csrf !== null) {
    expectSameOrigin(incoming.request, incoming.context.options.publicUrl);
    expectToken(incoming.request.headers.get('x-csrf-token'), who.csrf);
  }
  if (!isOwnAccount) refuseReadOnly(who);
}

async function readJson(
  incoming: Incoming,
  schema: ZodType | undefined,
): Promise<{ readonly body: unknown; readonly bytes: Buffer }> {
  if (schema === undefined) return { body: undefined, bytes: Buffer.alloc(0) };
  expectType(incoming.request, ['application/json']);
  const bytes = await readBytes(incoming.request, bodyLimitBytes);
  return { body: parseInput(schema, parseJson(bytes), 422, words.invalid), bytes };
}

/** The key that makes a repeat harmless, as the caller chose it (draft-ietf-httpapi-idempotency-key-header). */
function causeOf(incoming: Incoming, who: Who | null): AnyCall['cause'] {
  const key =
    incoming.request.headers
      .get('idempotency-key')
      ?.trim()
      .replace(/^"(.*)"$/, '$1') ?? null;
  if (key !== null && !/^[\x21-\x7e]{1,200}$/.test(key)) {
    throw new Refusal('idempotency.malformed_key', 400, {
      fr: 'L’en-tête Idempotency-Key attend de 1 à 200 caractères ASCII visibles.',
      en: 'The Idempotency-Key header takes 1 to 200 visible ASCII characters.',
    });
  }
  const nobody: Actor = { kind: 'person' };
  return who === null ? { actor: nobody, source: 'api', key } : { ...who.cause(key), source: sourceOf(incoming) };
}

/** The command line says so; it changes nothing but what history tells. */
function sourceOf(incoming: Incoming): 'cli' | 'api' {
  return incoming.request.headers.get('user-agent')?.startsWith('socle-cli') === true ? 'cli' : 'api';
}

function apiReply(result: ApiResult): Reply {
  if (result instanceof Answer) {
    const reply = jsonReply(result.status, result.body, result.headers);
    return result.status === 204
      ? { ...reply, headers: { 'cache-control': 'no-store', ...result.headers }, body: null }
      : reply;
  }
  return isFile(result) ? fileReply(result) : jsonReply(200, result);
}

function isFile(result: ApiResult): result is FileAnswer {
  return (
    typeof result === 'object' &&
    result !== null &&
    'kind' in result &&
    result.kind === 'file' &&
    'contentType' in result
  );
}
