import type { Slice } from '../http/index.ts';
import { applicationsSlice } from './pages/applications.routes.tsx';
import type { RepositoryOptions } from './pages/context.ts';

/** What this room mounts. */
export function repositorySlices(options: RepositoryOptions): readonly Slice[] {
  return [applicationsSlice(options)];
}
