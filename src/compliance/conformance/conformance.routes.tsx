import type { Slice } from '../../http/index.ts';
import type { Engine } from '../engine.ts';
import { conformanceApi } from './conformance.api.ts';

/** Whether an application treats its orders as it should: tried, kept and shown. */
export function conformanceSlice(engine: Engine): Slice {
  return {
    name: 'conformance',
    api: (app) => conformanceApi(engine, app),
  };
}
