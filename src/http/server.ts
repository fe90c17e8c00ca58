import type { AddressInfo } from 'node:net';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { Refusal } from '../kernel/index.ts';
import { assetResponse } from './assets.ts';
import type { Endpoint, ServerContext } from './context.ts';
import { securityHeaders } from './headers.ts';
import { Incoming } from './incoming.ts';
import { Metrics } from './metrics.ts';
import type { RunningServer, ServerOptions, SocleServer } from './options.ts';
import { errorPageReply } from './page-reply.tsx';
import { type Failure, failureOf, problemReply } from './problem.ts';
import type { Reply } from './reply.ts';
import { routesOf } from './routes.ts';
import { stopServer } from './stop.ts';
import { methodNotAllowed, words } from './words.ts';
import { writeReply } from './write-reply.ts';

type Environment = { Bindings: Partial<HttpBindings> };

/** Ties slices to a server: `createServer({ slices, authenticate, … }).listen(3000, '127.0.0.1')`. */
export function createServer(options: ServerOptions): SocleServer {
  const stopping = new AbortController();
  const metrics = options.metrics ?? new Metrics();
  const liveStreams = { count: 0 };
  metrics.gauge('socle_http_live_streams', 'Server-sent event streams open now.', () => liveStreams.count);
  const context: ServerContext = {
    options,
    metrics,
    isSecure: options.publicUrl.startsWith('https:'),
    menu: () => options.slices.flatMap((slice) => slice.menu ?? []),
    create: () => options.slices.flatMap((slice) => slice.create ?? []),
    notifications: options.slices.find((slice) => slice.notifications !== undefined)?.notifications,
    stopping: stopping.signal,
    liveStreams,
  };
  const endpoints = routesOf(context);
  const app = mounted(context, endpoints);
  return {
    fetch: async (request) => app.fetch(request),
    routes: endpoints.map(({ run: _run, ...route }) => route),
    metrics,
    listen: (port, host) => listen(app, stopping, port, host),
  };
}

function mounted(context: ServerContext, endpoints: readonly Endpoint[]): Hono<Environment> {
  const app = new Hono<Environment>();
  const answer = answerer(context);
  const isSecure = context.isSecure;
  app.get('/assets/*', (c) => {
    const response = assetResponse(c.req.raw);
    if (response === null) return answer(c, '/assets/*', notFound);
    for (const [name, value] of Object.entries(securityHeaders(isSecure))) response.headers.set(name, value);
    return response;
  });
  for (const endpoint of endpoints) {
    app.on(endpoint.method, endpoint.path, (c) =>
      answer(c, endpoint.path, (incoming) => endpoint.run(incoming, c.req.param())),
    );
  }
  for (const [path, methods] of methodsByPath(endpoints)) {
    app.all(path, (c) => answer(c, path, (incoming) => wrongMethod(incoming, methods)));
  }
  app.notFound((c) => answer(c, 'none', notFound));
  return app;
}

function methodsByPath(endpoints: readonly Endpoint[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { path, method } of endpoints) found.set(path, [...(found.get(path) ?? []), method]);
  return found;
}

async function notFound(): Promise<Reply> {
  throw new Refusal('http.not_found', 404, words.notFound);
}

function wrongMethod(incoming: Incoming, methods: readonly string[]): Promise<Reply> {
  return failed(incoming, {
    code: 'http.method_not_allowed',
    status: 405,
    text: methodNotAllowed(methods),
    problems: [],
    headers: { allow: methods.join(', ') },
  });
}

type Work = (incoming: Incoming) => Promise<Reply>;

/** Around every route: counts and times it, turns what it throws into an answer, writes the response. */
function answerer(context: ServerContext): (c: Context<Environment>, route: string, work: Work) => Promise<Response> {
  const requests = context.metrics.counter('socle_http_requests_total', 'Requests answered.');
  const seconds = context.metrics.histogram(
    'socle_http_request_seconds',
    'Time to answer, in seconds.',
    [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  );
  return async (c, route, work) => {
    const begun = performance.now();
    const incoming = new Incoming(context, c.req.raw, clientAddress(c), c.req.raw.signal);
    const reply = await guarded(incoming, route, work);
    const labels = { method: c.req.method, route };
    requests.add({ ...labels, status: String(reply.status) });
    const ms = performance.now() - begun;
    seconds.observe(labels, ms / 1000);
    context.options.log.debug({ ...labels, status: reply.status, ms: Math.round(ms) }, 'http.answered');
    return writeReply(reply, c.req.raw, context.isSecure);
  };
}

async function guarded(incoming: Incoming, route: string, work: Work): Promise<Reply> {
  try {
    return await work(incoming);
  } catch (error) {
    const failure = failureOf(error, incoming, route);
    try {
      return await failed(incoming, failure);
    } catch (second) {
      // The error page itself failed (the database is away while it looks for the session): say it plainly.
      failureOf(second, incoming, route);
      return problemReply(failure, 'fr');
    }
  }
}

async function failed(incoming: Incoming, failure: Failure): Promise<Reply> {
  return incoming.isApi ? problemReply(failure, await incoming.language()) : errorPageReply(incoming, failure);
}

/**
 * The network address of the caller. A proxy on this machine says whose request it forwards; it appends what it saw
 * last, so only the last entry can be trusted.
 */
function clientAddress(c: Context<Environment>): string {
  const direct = c.env?.incoming?.socket.remoteAddress ?? 'in-process';
  const isLocal = /^(::ffff:)?127\.|^::1$/.test(direct);
  const forwarded = isLocal ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined;
  return forwarded === undefined || forwarded === '' ? direct : forwarded;
}

function listen(app: Hono<Environment>, stopping: AbortController, port: number, host: string): Promise<RunningServer> {
  const server = createAdaptorServer({
    fetch: (request, env) => app.fetch(request, { incoming: env.incoming, outgoing: env.outgoing } as HttpBindings),
    serverOptions: { requestTimeout: 120_000, headersTimeout: 20_000, keepAliveTimeout: 10_000 },
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const { port: actual } = server.address() as AddressInfo;
      resolve({ port: actual, stop: () => stopServer(server, stopping) });
    });
  });
}
