import { type CallSocle, untilTaken } from './call.ts';
import type { Shop } from './shop.ts';
import { minute, type World } from './world.ts';

const day = 24 * 60 * minute;

/** Something done while nothing else happens, at a moment of its own. */
export interface Event {
  readonly at: number;
  readonly run: () => Promise<void> | void;
}

interface ConnectedShop {
  readonly id: string;
  readonly shop: Shop;
  readonly emails: readonly string[];
}

/** When who is backed up and restored. */
export function restorations(world: World, callSocle: CallSocle, connected: ConnectedShop | null): readonly Event[] {
  const { fate } = world;
  const events: Event[] = [];
  const plan = (name: string, backUp: Event['run'], restore: Event['run']): void => {
    if (!fate.isSo(`restored ${name}`, 0.35)) return;
    const backedUpAt = fate.between(`backed up ${name}`, 0, 20 * minute);
    events.push({ at: backedUpAt, run: backUp });
    // Now and then long after everything is over.
    const longest = fate.isSo(`restored late ${name}`, 0.2) ? 2 * day : 40 * minute;
    events.push({ at: fate.between(`restored at ${name}`, backedUpAt + 1, backedUpAt + longest), run: restore });
  };
  for (const [name, holder] of world.holders) {
    plan(
      name,
      () => holder.books.backUp(),
      () => holder.restore(),
    );
  }
  if (connected !== null) planShop(world, callSocle, connected, plan);
  return events;
}

function planShop(
  world: World,
  callSocle: CallSocle,
  { id, shop, emails }: ConnectedShop,
  plan: (name: string, backUp: Event['run'], restore: Event['run']) => void,
): void {
  let restoredTo = '';
  plan(
    'shop',
    async () => {
      restoredTo = new Date(world.trueTime()).toISOString();
      await shop.backUp();
    },
    async () => {
      world.befalls('restored from a backup: by SQL', 'shop');
      await shop.restore(emails);
      world.owing += 1;
      const body = { application: id, restoredTo };
      void untilTaken(world, callSocle, 'shop restoration', { path: '/restorations', body }).then(() => {
        world.owing -= 1;
      });
    },
  );
}
