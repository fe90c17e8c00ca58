import type { Slice } from '../http/index.ts';
import { type AboveLists, Addresses, type Home, type ModelSource } from '../objects/index.ts';
import type { ViewsOptions } from './options.ts';
import { saveLink } from './saved/saved.pages.tsx';
import { viewsApi } from './views.api.ts';
import { viewsPages, viewTabs } from './views.pages.tsx';

export interface ViewsRoom {
  readonly slices: readonly Slice[];
  /** What the lists of objects show of this room: the other ways of looking at their type. */
  readonly aboveLists: AboveLists;
}

/** What this room mounts, and what it adds to the lists of `objects`: `main.ts` ties them. */
export function viewsRoom(models: ModelSource, homes: readonly Home[] = []): ViewsRoom {
  const options: ViewsOptions = { models, addresses: new Addresses(homes) };
  return {
    slices: [viewsPages(options), viewsApi(options)],
    aboveLists: async (visit, shown) => ({
      tabs: await viewTabs(visit, options, shown.type, null),
      actions: visit.who.isReadOnly || visit.url.searchParams.has('q') ? null : saveLink(shown),
    }),
  };
}
