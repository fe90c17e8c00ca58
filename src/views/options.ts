import type { Addresses, ModelSource } from '../objects/index.ts';

export interface ViewsOptions {
  readonly models: ModelSource;
  readonly addresses: Addresses;
}
