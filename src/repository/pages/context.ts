import type { Sighting } from '../../channels/index.ts';
import type { Content, Who } from '../../http/index.ts';
import type { Model } from '../../model/index.ts';
import type { ApplicationLine } from '../application/applications.ts';

/** What a higher room knows of an application and shows on its page; null: nothing of this one. */
export type ApplicationPanel = (who: Who, line: ApplicationLine) => Promise<Content | null>;

/** Where orders of an application stopped, and what can be done for them. */
export interface StoppedOrders {
  /** What nothing linked, for each order that is not finished because of it. */
  readonly met: readonly Sighting[];
  /** The orders, and how they go on. */
  readonly panel: Content;
}

/** What the slices of this room are given. */
export interface RepositoryOptions {
  /** The snapshot of the model in use. */
  readonly model: () => Model;
  /** Registered by the rooms above, in their order on the page. */
  readonly panels?: readonly ApplicationPanel[];
  /** What the room of orders knows of those that stopped; null when none did. */
  readonly stopped?: (who: Who, line: ApplicationLine) => Promise<StoppedOrders | null>;
}
