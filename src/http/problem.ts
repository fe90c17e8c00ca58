import { type Language, newId, type Problem, Refusal, type Text } from '../kernel/index.ts';
import type { Incoming } from './incoming.ts';
import type { Reply } from './reply.ts';
import { incident, statusTitles, unknownStatus, words } from './words.ts';

/** What an error says to the outside, whatever it was inside. */
export interface Failure {
  readonly code: string;
  readonly status: number;
  readonly text: Text;
  readonly problems: readonly Problem[];
  readonly headers: Readonly<Record<string, string>>;
}

/** The network and PostgreSQL saying that the database is away, starting or stopping: nothing was done, try again. */
const awayCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOENT',
  '57P01',
  '57P02',
  '57P03',
  '08000',
  '08001',
  '08003',
  '08006',
  '53300',
]);

/** Turns anything thrown into what may be said of it. What we did not foresee is logged, without its values. */
export function failureOf(error: unknown, incoming: Incoming, route: string): Failure {
  if (error instanceof Refusal) return { ...refusalParts(error), headers: refusalHeaders(error) };
  const { log } = incoming.context.options;
  if (isDatabaseAway(error)) {
    log.warn({ route, error }, 'http.database_away');
    return {
      code: 'store.unavailable',
      status: 503,
      text: words.unavailable,
      problems: [],
      headers: { 'retry-after': '2' },
    };
  }
  const id = newId(incoming.context.options.clock.now().getTime());
  log.error({ incident: id, route, error }, 'http.failed');
  return { code: 'internal', status: 500, text: incident(id), problems: [], headers: {} };
}

function refusalParts(refusal: Refusal): Omit<Failure, 'headers'> {
  return { code: refusal.code, status: refusal.status, text: refusal.text, problems: refusal.problems };
}

function refusalHeaders(refusal: Refusal): Readonly<Record<string, string>> {
  if (refusal.status === 401) return { 'www-authenticate': 'Bearer realm="socle"' };
  if (refusal.status === 503) return { 'retry-after': '5' };
  return {};
}

function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('code' in error && typeof error.code === 'string' && awayCodes.has(error.code)) return true;
  return /^Connection terminated|^timeout exceeded when trying to connect/.test(error.message);
}

/** RFC 9457: one shape for every error of the API. `type` is stable; texts are in the caller's language. */
export function problemReply(failure: Failure, language: Language): Reply {
  const title = statusTitles[failure.status] ?? unknownStatus;
  return {
    status: failure.status,
    headers: {
      'content-type': 'application/problem+json; charset=utf-8',
      'content-language': language,
      'cache-control': 'no-store',
      ...failure.headers,
    },
    cookies: [],
    body: JSON.stringify({
      type: `urn:socle:problem:${failure.code}`,
      title: title[language],
      status: failure.status,
      detail: failure.text[language],
      errors: failure.problems.map((problem) => ({
        pointer: problem.pointer,
        code: problem.code,
        detail: problem.text[language],
      })),
    }),
  };
}
