import type { Slice } from '../http/index.ts';
import type { Engine } from './engine.ts';
import { evidenceSlice } from './evidence/evidence.routes.ts';
import { ordersSlice } from './order/orders.routes.ts';
import { personApi } from './person/person.api.ts';
import { requestApi } from './request/request.api.ts';

/** What this room mounts. */
export function complianceSlices(engine: Engine): readonly Slice[] {
  return [
    { name: 'requests', api: (app) => requestApi(engine, app) },
    { name: 'persons', api: personApi },
    ordersSlice(engine),
    evidenceSlice(engine),
  ];
}
