import type { Slice } from '../http/index.ts';
import type { Engine } from './engine.ts';
import { evidenceSlice } from './evidence/evidence.routes.ts';
import { requestApi } from './request/request.api.ts';

/** What this room mounts. */
export function complianceSlices(engine: Engine): readonly Slice[] {
  return [{ name: 'requests', api: (app) => requestApi(engine, app) }, evidenceSlice(engine)];
}
