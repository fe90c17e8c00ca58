import type { Slice } from '../http/index.ts';
import { objectsApi } from './api/objects.api.ts';
import { bulkApi } from './bulk/bulk.api.ts';
import { bulkPages } from './bulk/bulk.pages.tsx';
import { Addresses, type ObjectPagesOptions } from './pages/context.ts';
import { objectsPages } from './pages/objects.pages.tsx';

/** What this room mounts: the generic API and pages of every type. */
export function objectsSlices(options: ObjectPagesOptions): readonly Slice[] {
  const addresses = new Addresses(options.homes);
  return [objectsApi(options), objectsPages(options), bulkApi(options.models), bulkPages(options.models, addresses)];
}
