import type { Text } from '../../kernel/index.ts';
import type { Vessel } from '../../ui/index.ts';
import { isSeenBySocle, type OrderState, orderStateLabel } from '../order/states.ts';
import type { Standing } from './history.ts';

/** How each state is drawn: a vessel fills as the order goes its way, and a shape of its own says how it ended. */
const drawings: Readonly<Record<OrderState, Pick<Vessel, 'tone' | 'mark' | 'level'>>> = {
  planned: { tone: 'neutral', mark: 'waiting', level: 0 },
  held: { tone: 'warning', mark: 'paused', level: 0 },
  sent: { tone: 'accent', mark: 'leaving', level: 1 },
  received: { tone: 'accent', mark: 'working', level: 2 },
  executed: { tone: 'accent', mark: 'done', level: 3 },
  verified: { tone: 'good', mark: 'proven', level: 4 },
  partly: { tone: 'warning', mark: 'half', level: 2 },
  refused: { tone: 'warning', mark: 'refused', level: 1 },
  not_found: { tone: 'neutral', mark: 'nobody', level: 4 },
  failed: { tone: 'bad', mark: 'failed', level: 1 },
  contradicted: { tone: 'bad', mark: 'denied', level: 1 },
};

export function vesselOf({ order, state }: Standing): Vessel {
  const label = orderStateLabel(state, isSeenBySocle(order.channel));
  return {
    id: `vessel-${order.applicationId?.slice(-12) ?? 'socle'}-${order.batch}`,
    name: order.application,
    text: order.generation === 1 ? label : again(label, order.generation),
    ...drawings[state],
  };
}

function again(label: Text, generation: number): Text {
  return { fr: `${label.fr} (ordre nᵒ ${generation})`, en: `${label.en} (order no. ${generation})` };
}
