import { z } from 'zod';
import { may } from '../../access/index.ts';
import { type ApiApp, type Call, created, type Who } from '../../http/index.ts';
import { actorText, type Id, parseId, publicId, Refusal } from '../../kernel/index.ts';
import { Together, type Writing, write, writeOnce } from '../../store/index.ts';
import { answerAsTest, receiveAsTest } from '../conformance/answer.ts';
import type { Engine } from '../engine.ts';
import { requestFor } from '../request/perimeter.ts';
import { type Answer, type OutcomeBody, outcomeBody, type Recorded, recordAnswers } from './answers.ts';
import { checkByHand, checkingRole } from './hand-check.ts';
import { bases, findings } from './hand-check-words.ts';
import { mendOrder } from './mend.ts';
import { noOrder, type OrderRow, readOrderRow } from './move.ts';
import { mostPulled, pullOrders } from './pull.ts';
import { recordReceipt } from './receipts.ts';
import { declareRestoration } from './restoration.ts';

/** The application whose key this is; null for a user, an API key, the operator. */
function applicationOf(who: Who): Id<'application'> | null {
  return who.actor.kind === 'application' ? who.actor.id : null;
}

/** Applications answer for themselves; a user may note what one told by other means. */
const mayAnswer = (who: Who): void => {
  if (applicationOf(who) === null) may('requests.handle')(who);
};

function answererOf({ who, cause }: Pick<Call<string, unknown, unknown>, 'who' | 'cause'>) {
  return { scope: who.scope, cause, application: applicationOf(who) };
}

const longestWaitSeconds = 25;
const pulling = z.object({
  wait: z.coerce.number().int().min(0).max(longestWaitSeconds).default(0),
  limit: z.coerce.number().int().min(1).max(mostPulled).default(10),
});
const checkBody = z.strictObject({
  where: z.string().min(1).max(300),
  finding: z.enum(findings),
  basis: z.enum(bases),
  /** Sealed with the person's secret: never in the evidence. */
  note: z.string().trim().min(1).max(4000).optional(),
});
const restoration = z.strictObject({
  application: z.string().max(60).optional(),
  restoredTo: z.iso.datetime({ offset: true }),
});

/** What an application may call (connect.md): its orders, its two answers, and that it was restored. Its own, and nothing else. */
export function ordersApi(engine: Engine, app: ApiApp): void {
  const answering = answersTogether(engine);
  app.get(
    '/orders',
    {
      summary:
        'An application comes for its orders; `wait` (25 seconds at most) keeps the call open until there is one',
      query: pulling,
      isForApplications: true,
    },
    async (call) => {
      const application = applicationOf(call.who);
      if (application === null) throw onlyApplications();
      const { wait, limit } = call.query;
      const asked = { application, waitMs: wait * 1000, limit, signal: call.signal };
      return { items: await pullOrders(engine, call.who.scope, asked, call.cause), next: null };
    },
  );
  app.post(
    '/orders/:id/receipt',
    { summary: 'An application has received its order', allow: mayAnswer, isForApplications: true },
    async (call) => {
      const test = await receiveAsTest(answererOf(call), call.params.id);
      if (test !== null) return test;
      const order = await orderFor(call.who, call.params.id);
      await write(call.who.scope, call.cause, (writing) => recordReceipt(engine, writing, order.id));
      engine.bell.ring(order.campaign_id);
      return { order: publicId('ord', order.id), state: 'received' };
    },
  );
  app.post(
    '/orders/:id/outcome',
    {
      summary: 'What an application did with its order',
      body: outcomeBody,
      allow: mayAnswer,
      isForApplications: true,
    },
    async (call) => {
      const { scope } = call.who;
      const application = applicationOf(call.who);
      const id = parseId('ord', call.params.id);
      if (application === null || id === null) {
        const test = await answerAsTest(answererOf(call), call.params.id, call.body);
        if (test !== null) return test;
        await orderFor(call.who, call.params.id);
      }
      const answer = { id: id ?? '', body: call.body, scope, cause: call.cause, application };
      const lane = `${scope.org} ${actorText(call.cause.actor)} ${call.cause.source}`;
      const recorded = await answering.do(lane, answer).catch((error) => unlessTest(call, error));
      if (!('isNew' in recorded)) return recorded;
      const { order, isNew } = recorded;
      engine.bell.ring(order.campaign_id);
      return { order: publicId('ord', order.id), state: call.body.outcome, isRepeat: !isNew };
    },
  );
  app.post(
    '/orders/:id/retry',
    {
      summary: 'Takes up an order that stopped: under the plan as it is now, where Socle erases by itself',
      allow: may('requests.handle'),
    },
    async (call) => {
      const order = await orderFor(call.who, call.params.id);
      await mendOrder(engine, call.who.scope, call.cause, order.id, 'retry');
      engine.bell.ring(order.campaign_id);
      return { order: publicId('ord', order.id), request: publicId('req', order.campaign_id) };
    },
  );
  app.post(
    '/orders/:id/checks',
    {
      summary:
        'Rows of one table were looked at by hand: not the person’s, or dealt with; with the last table the order ends',
      body: checkBody,
      allow: may('requests.decide'),
    },
    async (call) => {
      const order = await orderFor(call.who, call.params.id);
      const { note = null, ...said } = call.body;
      await checkByHand(call.who.scope, call.cause, order.id, { ...said, note, role: checkingRole(call.who) });
      engine.bell.ring(order.campaign_id);
      const { state } = await readOrderRow(call.who.scope.db, order.id);
      return { order: publicId('ord', order.id), request: publicId('req', order.campaign_id), state };
    },
  );
  app.post(
    '/restorations',
    {
      summary: 'An application was restored from a backup: its orders since are sent again',
      body: restoration,
      allow: (who) => {
        if (applicationOf(who) === null) may('requests.decide')(who);
      },
      isForApplications: true,
    },
    async (call) => {
      const application = restoredApplication(call.who, call.body.application);
      const { scope } = call.who;
      const since = new Date(call.body.restoredTo);
      const written = await writeOnce(scope, call.cause, call.requestHash, async (writing) => {
        const restored = await declareRestoration(writing, application, since);
        return { status: 201, resource: `${restored.orders}/${restored.unsendable}` };
      });
      const [orders, unsendable] = written.resource.split('/').map(Number);
      return created('/api/v1/restorations', { orders, unsendable });
    },
  );
}

/** Outcomes recorded in one transaction, at most. */
const mostTogether = 64;

type Answering = Answer & Pick<Writing, 'scope' | 'cause'>;

/** An application that answers many orders at once has them recorded together; what is refused of one is refused of it alone. */
function answersTogether(engine: Engine) {
  return new Together<Answering, Recorded>({
    most: mostTogether,
    nameOf: ({ id }) => id,
    run: async (group) => {
      const [first] = group;
      if (first === undefined) return [];
      return write(first.scope, first.cause, (writing) => recordAnswers(engine, writing, group));
    },
  });
}

/** What is no order of an application may be one of its conformance test: looked for only then. */
async function unlessTest(call: Call<'/orders/:id/outcome', unknown, OutcomeBody>, error: unknown): Promise<object> {
  const isUnknown = error instanceof Refusal && error.code === 'order.not_found';
  const test = isUnknown ? await answerAsTest(answererOf(call), call.params.id, call.body) : null;
  if (test === null) throw error;
  return test;
}

/** The order named: an application's own, or one in the user's perimeter. Any other is not there. */
export async function orderFor(who: Who, reference: string): Promise<OrderRow> {
  const id: Id<'application_order'> | null = parseId('ord', reference);
  const order = id === null ? null : await readOrderRow(who.scope.db, id).catch(() => null);
  if (order === null) throw noOrder();
  const application = applicationOf(who);
  if (application !== null) {
    if (order.application_id !== application) throw noOrder();
    return order;
  }
  if (order.campaign_kind === 'request') await requestFor(who, order.campaign_id);
  return order;
}

/** An application speaks of itself, whether it says its name or not. */
function restoredApplication(who: Who, named: string | undefined): Id<'application'> {
  const own = applicationOf(who);
  const application = named === undefined ? own : (parseId('app', named) ?? parseId('obj', named));
  if (application === null) throw noApplication();
  if (own !== null && application !== own) throw notItsOwn();
  return application;
}

function onlyApplications(): Refusal {
  return new Refusal('order.only_applications', 403, {
    fr: 'Un ordre nomme des personnes : seule l’application à qui il s’adresse le reçoit, par sa propre clé.',
    en: 'An order names persons: only the application it is for gets it, by its own key.',
  });
}

function notItsOwn(): Refusal {
  return new Refusal('restoration.not_its_own', 403, {
    fr: 'Une application ne déclare que sa propre restauration.',
    en: 'An application declares its own restoration only.',
  });
}

function noApplication(): Refusal {
  return new Refusal('restoration.no_application', 422, {
    fr: 'Donnez l’identifiant de l’application restaurée.',
    en: 'Give the id of the application that was restored.',
  });
}
