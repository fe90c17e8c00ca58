import type { Slice } from '../http/index.ts';
import { objectsApi } from './api/objects.api.ts';
import type { ObjectPagesOptions } from './pages/context.ts';
import { objectsPages } from './pages/objects.pages.tsx';

/** What this room mounts: the generic API and pages of every type. */
export function objectsSlices(options: ObjectPagesOptions): readonly Slice[] {
  return [objectsApi(options.models, options.removals), objectsPages(options)];
}
