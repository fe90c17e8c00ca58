import type { Model } from '../model/index.ts';

/** Where a request finds the snapshot it pins: it asks once, and goes by that to its end. */
export interface ModelSource {
  current(): Model;
}
