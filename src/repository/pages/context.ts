import type { Content, Who } from '../../http/index.ts';
import type { Model } from '../../model/index.ts';
import type { ApplicationLine } from '../application/applications.ts';

/** What a higher room knows of an application and shows on its page; null: nothing of this one. */
export type ApplicationPanel = (who: Who, line: ApplicationLine) => Promise<Content | null>;

/** What the slices of this room are given. */
export interface RepositoryOptions {
  /** The snapshot of the model in use. */
  readonly model: () => Model;
  /** Registered by the rooms above, in their order on the page. */
  readonly panels?: readonly ApplicationPanel[];
}
