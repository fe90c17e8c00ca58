import type { Slice } from '../../http/index.ts';
import type { Engine } from '../engine.ts';
import { channelApi } from './channel.api.ts';

/** How an application is connected to orders, and how it fares. */
export function channelSlice(engine: Engine): Slice {
  return {
    name: 'channel',
    api: (app) => channelApi(engine, app),
  };
}
