import { z } from 'zod';
import { may } from '../../access/index.ts';
import { redirect, type Slice } from '../../http/index.ts';
import { publicId, type Text } from '../../kernel/index.ts';
import type { Engine } from '../engine.ts';
import { mendOrders } from './mend.ts';
import { orderFor, ordersApi } from './orders.api.ts';

const mending = z.object({
  how: z.enum(['retry', 'replan', 'reissue']),
  /** Others of the same request that are mended alike, apart by commas. */
  also: z.string().max(10_000).optional(),
});

/** Orders: what applications call, and what an operator does for an order that is stuck. */
export function ordersSlice(engine: Engine): Slice {
  return {
    name: 'orders',
    pages(app) {
      app.post('/orders/:id/mend', { form: mending, allow: may('requests.handle') }, async (visit) => {
        const { how, also = '' } = visit.body;
        const references = [visit.params.id, ...also.split(',').filter((reference) => reference !== '')];
        const orders = await Promise.all(references.map((reference) => orderFor(visit.who, reference)));
        const mended = await mendOrders(engine, visit.who.scope, visit.cause, orders, how);
        const campaign = orders[0]?.campaign_id ?? '';
        engine.bell.ring(campaign);
        return redirect(`/requests/${publicId('req', campaign)}`, { flash: told(mended) });
      });
    },
    api: (app) => ordersApi(engine, app),
  };
}

function told(mended: number): Text {
  return mended === 1
    ? { fr: 'L’ordre est relancé.', en: 'The order goes on.' }
    : { fr: `${mended} ordres sont relancés.`, en: `${mended} orders go on.` };
}
