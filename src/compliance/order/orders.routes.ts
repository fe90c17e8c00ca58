import { z } from 'zod';
import { may } from '../../access/index.ts';
import { redirect, type Slice } from '../../http/index.ts';
import { publicId } from '../../kernel/index.ts';
import type { Engine } from '../engine.ts';
import { mendOrder } from './mend.ts';
import { orderFor, ordersApi } from './orders.api.ts';

const mending = z.object({ how: z.enum(['retry', 'replan', 'reissue']) });

/** Orders: what applications call, and what an operator does for an order that is stuck. */
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
    api: (app) => ordersApi(engine, app),
  };
}
