import { OpenAPIHono } from '@hono/zod-openapi';
import { type ZodType, z } from 'zod';
import type { MountedRoute } from './options.ts';
import { listQuery } from './paging.ts';

/** What the generated reference says of a route. */
export interface DocumentedRoute {
  readonly slice: string;
  readonly method: MountedRoute['method'];
  readonly path: string;
  readonly isPublic: boolean;
  readonly summary: string;
  readonly query?: ZodType | undefined;
  readonly isList?: boolean | undefined;
  readonly body?: ZodType | undefined;
  readonly answer?: ZodType | undefined;
  /** Media types of a body that isn't JSON. */
  readonly takes?: readonly string[];
}

const problem = z
  .object({
    type: z.string().describe('urn:socle:problem:<code>: stable, for programs'),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe('What happened and what to do, in the caller’s language'),
    errors: z.array(z.object({ pointer: z.string(), code: z.string(), detail: z.string() })),
  })
  .describe('RFC 9457');

type Register = OpenAPIHono['openAPIRegistry'];
type RegisteredRoute = Parameters<Register['registerPath']>[0];

/** OpenAPI 3.1, from the routes themselves: what is mounted is what is described. */
export function openApiDocument(
  routes: readonly DocumentedRoute[],
  options: { publicUrl: string; version: string },
): object {
  const app = new OpenAPIHono();
  app.openAPIRegistry.registerComponent('securitySchemes', 'key', { type: 'http', scheme: 'bearer' });
  for (const route of routes) app.openAPIRegistry.registerPath(registered(route));
  return app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: { title: 'Socle', version: options.version },
    servers: [{ url: options.publicUrl }],
  });
}

const methods = { GET: 'get', POST: 'post', PUT: 'put', PATCH: 'patch', DELETE: 'delete' } as const;

function registered(route: DocumentedRoute): RegisteredRoute {
  const names = [...route.path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '');
  const content = bodyContent(route);
  return {
    method: methods[route.method],
    path: route.path.replaceAll(/:(\w+)/g, '{$1}'),
    summary: route.summary,
    tags: [route.slice],
    ...(route.isPublic ? {} : { security: [{ key: [] }] }),
    request: {
      ...(names.length === 0 ? {} : { params: z.object(Object.fromEntries(names.map((name) => [name, z.string()]))) }),
      ...queryOf(route),
      ...(content === null ? {} : { body: { content, required: true } }),
    },
    responses: {
      '2XX': {
        description: 'Done',
        ...(route.answer === undefined ? {} : { content: { 'application/json': { schema: route.answer } } }),
      },
      default: { description: 'Refused or failed', content: { 'application/problem+json': { schema: problem } } },
    },
  };
}

function queryOf(route: DocumentedRoute): { readonly query?: z.ZodObject } {
  const own = route.query instanceof z.ZodObject ? route.query : null;
  if (route.isList !== true) return own === null ? {} : { query: own };
  return { query: own === null ? listQuery : listQuery.extend(own.shape) };
}

function bodyContent(route: DocumentedRoute): Readonly<Record<string, { schema: ZodType }>> | null {
  if (route.body !== undefined) return { 'application/json': { schema: route.body } };
  if (route.takes === undefined || route.takes.length === 0) return null;
  return Object.fromEntries(route.takes.map((type) => [type, { schema: z.string() }]));
}
