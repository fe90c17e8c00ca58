import { z } from 'zod';
import { may } from '../../access/index.ts';
import { created, redirect, type Slice, type Who } from '../../http/index.ts';
import { type Id, parseId, publicId, Refusal } from '../../kernel/index.ts';
import { write, writeOnce } from '../../store/index.ts';
import type { Engine } from '../engine.ts';
import { requestFor } from '../request/perimeter.ts';
import { outcomeBody, recordAnswer, recordReceipt } from './answers.ts';
import { mendOrder } from './mend.ts';
import { readOrderRow } from './move.ts';
import { declareRestoration } from './restoration.ts';

const mending = z.object({ how: z.enum(['retry', 'replan', 'reissue']) });
const restoration = z.strictObject({ application: z.string().max(60), restoredTo: z.iso.datetime({ offset: true }) });

/** Orders: the two answers of applications, restorations, and what an operator does for an order that is stuck. */
export function ordersSlice(engine: Engine): Slice {
  return {
    name: 'orders',
    pages(app) {
      app.post('/orders/:id/mend', { form: mending, allow: may('requests.handle') }, async (visit) => {
        const order = await orderFor(visit.who, visit.params.id);
        await mendOrder(engine, visit.who.scope, visit.cause, order.id, visit.body.how);
        engine.bell.ring(order.campaign_id);
        return redirect(`/requests/${publicId('req', order.campaign_id)}`, {
          flash: { fr: 'L’ordre est relancé.', en: 'The order goes on.' },
        });
      });
    },
    api(app) {
      app.post(
        '/orders/:id/receipt',
        { summary: 'An application has received its order', allow: may('requests.handle') },
        async (call) => {
          const order = await orderFor(call.who, call.params.id);
          await write(call.who.scope, call.cause, (writing) => recordReceipt(engine, writing, order.id));
          engine.bell.ring(order.campaign_id);
          return { order: publicId('ord', order.id), state: 'received' };
        },
      );
      app.post(
        '/orders/:id/outcome',
        { summary: 'What an application did with its order', body: outcomeBody, allow: may('requests.handle') },
        async (call) => {
          const order = await orderFor(call.who, call.params.id);
          const isNew = await write(call.who.scope, call.cause, (writing) =>
            recordAnswer(engine, writing, order.id, call.body),
          );
          engine.bell.ring(order.campaign_id);
          return { order: publicId('ord', order.id), state: call.body.outcome, isRepeat: !isNew };
        },
      );
      app.post(
        '/restorations',
        {
          summary: 'An application was restored from a backup: its orders since are sent again',
          body: restoration,
          allow: may('requests.decide'),
        },
        async (call) => {
          const application = parseId('app', call.body.application) ?? parseId('obj', call.body.application);
          if (application === null) throw noApplication();
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
    },
  };
}

/** The order named, in the caller's perimeter. */
async function orderFor(who: Who, reference: string) {
  const id: Id<'application_order'> | null = parseId('ord', reference);
  const order = id === null ? null : await readOrderRow(who.scope.db, id).catch(() => null);
  if (order === null) throw noOrder();
  if (order.campaign_kind === 'request') await requestFor(who, order.campaign_id);
  return order;
}

function noOrder(): Refusal {
  return new Refusal('order.not_found', 404, {
    fr: 'Cet ordre n’existe pas, ou n’est pas dans votre périmètre.',
    en: 'This order does not exist, or is not in your perimeter.',
  });
}

function noApplication(): Refusal {
  return new Refusal('restoration.no_application', 422, {
    fr: 'Donnez l’identifiant de l’application restaurée.',
    en: 'Give the id of the application that was restored.',
  });
}
