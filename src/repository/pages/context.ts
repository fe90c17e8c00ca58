import type { Model } from '../../model/index.ts';

/** What the slices of this room are given. */
export interface RepositoryOptions {
  /** The snapshot of the model in use. */
  readonly model: () => Model;
}
