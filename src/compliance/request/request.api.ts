import { z } from 'zod';
import { may } from '../../access/index.ts';
import { type ApiApp, created, pageOf } from '../../http/index.ts';
import { type Day, isDay, parseId, publicId } from '../../kernel/index.ts';
import { writeOnce } from '../../store/index.ts';
import type { Engine } from '../engine.ts';
import { ordersOf } from '../order/latest.ts';
import { mendOrders } from '../order/mend.ts';
import { mayGoOn } from '../order/states.ts';
import { assignRequest } from './assign.ts';
import { type Intake, type IntakeChannel, openRequest } from './intake.ts';
import { assigneeFilters, listRequests, requestLineJson } from './list.ts';
import { expectPerimeter, requestFor } from './perimeter.ts';
import { requestStates } from './states.ts';
import { requestJson, viewRequest, withRenewed } from './view.ts';

const dayField = z
  .string()
  .refine(isDay, 'a date such as 2026-11-22')
  .transform((text) => text as Day);

const identity = z.strictObject({ kind: z.string().min(1).max(40), value: z.string().min(1).max(320) });

const body = z.strictObject({
  right: z.string().min(1).max(40),
  identities: z.array(identity).min(1).max(20),
  controller: z.string().max(60).optional(),
  /** `operator`: someone of the organisation attests the person's identity and says so. */
  intake: z.enum(['operator', 'form', 'email', 'post', 'phone', 'store', 'api', 'cli']).default('api'),
  identityProof: z.enum(['operator', 'contact_channel', 'signed_in', 'document']).optional(),
  language: z.enum(['fr', 'en']).default('fr'),
  receivedOn: dayField.optional(),
  note: z.string().max(4000).optional(),
  answer: z.enum(['manual', 'automatic']).default('manual'),
  contact: z
    .strictObject({
      name: z.string().max(200).optional(),
      email: z.email().max(320).optional(),
      postalAddress: z.string().max(1000).optional(),
    })
    .optional(),
});

const assignment = z.strictObject({ assignee: z.string().max(60).nullable() });

const query = z.object({
  state: z.enum(['open', 'late', 'all', ...requestStates]).default('all'),
  assignee: z.enum(assigneeFilters).default('anyone'),
});

/** Requests, for programs: open one, read it, list them. */
export function requestApi(engine: Engine, app: ApiApp): void {
  app.post('/requests', { summary: 'Opens a person’s request', body, allow: may('requests.handle') }, async (call) => {
    const intake = intakeOf(call.body);
    expectPerimeter(call.who, call.who.perimeters === null ? null : intake.controllerId);
    const written = await writeOnce(call.who.scope, call.cause, call.requestHash, async (writing) => {
      const opened = await openRequest(engine, writing, intake);
      return { status: 201, resource: publicId('req', opened.id) };
    });
    const id = parseId('req', written.resource) ?? written.resource;
    const view = await viewRequest(call.who.scope, id);
    return created(`/api/v1/requests/${written.resource}`, requestJson(view, call.language));
  });
  app.post(
    '/requests/:id/assign',
    { summary: 'Gives a request to a user, or to nobody (null)', body: assignment, allow: may('requests.handle') },
    async (call) => {
      const request = await requestFor(call.who, call.params.id);
      const { assignee } = call.body;
      const user = assignee === null ? null : (parseId('usr', assignee) ?? assignee);
      await assignRequest(engine, call.who.scope, call.cause, request.id, user);
      return requestJson(await viewRequest(call.who.scope, request.id), call.language);
    },
  );
  app.post(
    '/requests/:id/retry',
    {
      summary:
        'Takes up every order of a request that stopped: in part, refused for want of knowing whose rows, or failed',
      allow: may('requests.handle'),
    },
    async (call) => {
      const { scope } = call.who;
      const request = await requestFor(call.who, call.params.id);
      const stopped = (await ordersOf(scope.db, request.id)).filter(
        (order) => order.isLatest && (order.state === 'failed' || order.state === 'partly' || mayGoOn(order)),
      );
      if (stopped.length > 0) await mendOrders(engine, scope, call.cause, stopped, 'retry');
      engine.bell.ring(request.id);
      return requestJson(await viewRequest(scope, request.id), call.language);
    },
  );
  app.get(
    '/requests/:id',
    { summary: 'A request: steps, clock, orders and their answers', allow: may('requests.read') },
    async (call) => {
      const request = await requestFor(call.who, call.params.id);
      const view = await withRenewed(engine, call.who.scope, await viewRequest(call.who.scope, request.id));
      return requestJson(view, call.language);
    },
  );
  app.get(
    '/requests',
    { summary: 'Requests, the most urgent first', query, allow: may('requests.read') },
    async (call) => {
      const list = call.list();
      const asked = { state: call.query.state, assignee: call.query.assignee, limit: list.limit, after: list.after };
      const rows = await listRequests(call.who, asked);
      return pageOf(
        list,
        rows,
        (row) => [row.due_on, row.id],
        (row) => requestLineJson(row),
      );
    },
  );
}

/** What the API's body asks for. */
export function intakeOf(asked: z.output<typeof body>): Intake {
  const isAttested = asked.intake === 'operator';
  const intake: IntakeChannel = asked.intake === 'operator' ? 'cli' : asked.intake;
  const { contact } = asked;
  return {
    right: asked.right,
    identities: asked.identities,
    controllerId: asked.controller === undefined ? null : (parseId('obj', asked.controller) ?? asked.controller),
    intake,
    language: asked.language,
    receivedOn: asked.receivedOn ?? null,
    note: asked.note ?? null,
    answer: asked.answer,
    identityProof: asked.identityProof ?? (isAttested ? 'operator' : null),
    contact: {
      name: contact?.name ?? null,
      email: contact?.email ?? null,
      postalAddress: contact?.postalAddress ?? null,
    },
  };
}
