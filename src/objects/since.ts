import type { Value } from '../model/index.ts';
import type { Acting } from './acting.ts';
import { objectHistory } from './history.ts';
import type { Source } from './rows.ts';

/** What became of an object's attributes after a version that somebody read. */
export interface Since {
  /** What each attribute that changed was at that version. Undefined: forgotten meanwhile. */
  readonly before: ReadonlyMap<string, Value | undefined>;
  /** Who changed it, the latest first, as `actorText` says them. */
  readonly actors: readonly string[];
}

const eventsAtOnce = 100;

/** Read back from the history, event by event, the newest first. Asks for the right to read the object. */
export async function changesSince(
  source: Source,
  acting: Acting,
  typeName: string,
  reference: string,
  version: number,
): Promise<Since> {
  const before = new Map<string, Value | undefined>();
  const actors = new Set<string>();
  for (let last: string | null = null; ; ) {
    const events = await objectHistory(source, acting, typeName, reference, { limit: eventsAtOnce, before: last });
    for (const event of events) {
      if (event.version <= version) return { before, actors: [...actors] };
      if (event.action !== 'update' && event.action !== 'transition') continue;
      actors.add(event.actor);
      for (const change of event.changes) before.set(change.attribute, change.isForgotten ? undefined : change.from);
    }
    if (events.length < eventsAtOnce) return { before, actors: [...actors] };
    last = events.at(-1)?.id ?? null;
  }
}
