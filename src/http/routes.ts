import { apiApp } from './api-app.ts';
import type { Endpoint, ServerContext } from './context.ts';
import { type DocumentedRoute, openApiDocument } from './openapi.ts';
import { pageApp } from './page-app.ts';
import { jsonReply, textReply } from './reply.ts';
import type { Slice } from './slice.ts';

/** Every route of every slice, the fixed ones first, then those with parameters, so that `/requests/new` is no id. */
export function routesOf(context: ServerContext): readonly Endpoint[] {
  const endpoints = new Map<string, Endpoint>();
  const documented: DocumentedRoute[] = [];
  const add = (endpoint: Endpoint): void => {
    const key = `${endpoint.method} ${endpoint.path.replaceAll(/:\w+/g, ':')}`;
    const other = endpoints.get(key);
    if (other !== undefined) throw new Error(`${key} is mounted by ${other.slice} and by ${endpoint.slice}`);
    endpoints.set(key, endpoint);
  };
  for (const slice of [operation(context, documented), ...context.options.slices]) {
    slice.pages?.(pageApp(slice, add));
    slice.api?.(apiApp(slice, add, (route) => documented.push(route)));
  }
  for (const endpoint of probes(context)) add(endpoint);
  return [...endpoints.values()].sort((a, b) => (rank(a.path) < rank(b.path) ? -1 : 1));
}

/** Sorts parameters after names: `~` comes last in ASCII. */
function rank(path: string): string {
  return path.replaceAll(':', '~');
}

function operation(context: ServerContext, documented: readonly DocumentedRoute[]): Slice {
  let reference: { readonly key: string | null; readonly document: object } = { key: null, document: {} };
  return {
    name: 'operation',
    api(app) {
      app.publicGet('/openapi.json', { summary: 'This reference' }, () => {
        const { publicUrl, version, slices } = context.options;
        const key = slices.map(({ described }) => described?.key() ?? '').join(' ');
        if (reference.key !== key) {
          const routes = [...documented, ...slices.flatMap(describedRoutes)];
          reference = { key, document: openApiDocument(routes, { publicUrl, version }) };
        }
        return reference.document;
      });
    },
  };
}

function describedRoutes({ name, described }: Slice): readonly DocumentedRoute[] {
  return (described?.routes() ?? []).map((route) => ({ ...route, slice: name }));
}

/** What machines ask: is it alive, does it take work, how does it go. */
function probes(context: ServerContext): readonly Endpoint[] {
  const { readiness = [], log } = context.options;
  const probe = (path: string, run: Endpoint['run']): Endpoint => ({
    slice: 'operation',
    method: 'GET',
    path,
    kind: 'api',
    isPublic: true,
    right: null,
    run,
  });
  return [
    probe('/health', async () => jsonReply(200, { status: 'alive' })),
    probe('/metrics', async () =>
      textReply(200, await context.metrics.text(), 'text/plain; version=0.0.4; charset=utf-8'),
    ),
    probe('/ready', async () => {
      const checks = await Promise.all(
        readiness.map(async ({ name, check }) => {
          try {
            await check();
            return { name, isReady: true };
          } catch (error) {
            log.warn({ check: name, error }, 'http.not_ready');
            return { name, isReady: false };
          }
        }),
      );
      const isReady = !context.stopping.aborted && checks.every((check) => check.isReady);
      return jsonReply(isReady ? 200 : 503, { status: isReady ? 'ready' : 'not ready', checks });
    }),
  ];
}
