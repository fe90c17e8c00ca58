import { type Json, publicId } from '../../kernel/index.ts';
import type { OrderView } from '../order/latest.ts';
import { isOrderState, type OrderState } from '../order/states.ts';
import type { Step, StepKind } from '../request/steps.ts';

/** An order took a state. */
export interface Change {
  readonly at: Date;
  readonly order: OrderView;
  readonly state: OrderState;
}

/** What became known at one instant: the steps of a replay. */
export interface Moment {
  readonly at: Date;
  readonly changes: readonly Change[];
}

/** Where an application stood at a moment. */
export interface Standing {
  /** Its order of that moment: the last generation there was. */
  readonly order: OrderView;
  readonly state: OrderState;
  /** An earlier order was said to be done, and was not. */
  readonly wasContradicted: boolean;
}

/** Of two changes in the same transaction, the later one in the life of an order stands. */
const ranks: Readonly<Record<OrderState, number>> = {
  planned: 0,
  held: 1,
  sent: 2,
  received: 3,
  failed: 4,
  partly: 5,
  refused: 5,
  not_found: 5,
  executed: 5,
  verified: 6,
  contradicted: 7,
};

/** What a line of the request's history says of its order, where the order's own row keeps only the last time. */
const told: Partial<Readonly<Record<StepKind, OrderState>>> = {
  order_sent: 'sent',
  order_executed: 'executed',
  order_partly: 'partly',
  order_refused: 'refused',
  order_not_found: 'not_found',
  order_failed: 'failed',
  order_retried: 'planned',
  order_verified: 'verified',
  order_contradicted: 'contradicted',
  order_held: 'held',
  order_released: 'planned',
};

/** All that happened to these orders, from stored facts alone, instant by instant. */
export function momentsOf(orders: readonly OrderView[], steps: readonly Step[]): readonly Moment[] {
  const byOrder = new Map<string, Step[]>();
  for (const step of steps) {
    const order = orderOf(step.data);
    if (order !== null) byOrder.set(order, [...(byOrder.get(order) ?? []), step]);
  }
  const moments = new Map<number, Change[]>();
  for (const order of orders) {
    for (const change of changesOf(order, byOrder.get(publicId('ord', order.id)) ?? [])) {
      const at = change.at.getTime();
      moments.set(at, [...(moments.get(at) ?? []), change]);
    }
  }
  return [...moments].sort(([one], [other]) => one - other).map(([at, changes]) => ({ at: new Date(at), changes }));
}

function changesOf(order: OrderView, steps: readonly Step[]): readonly Change[] {
  const known = [
    ...ofRow(order),
    ...steps.flatMap(({ kind, at }): readonly Known[] => {
      const state = told[kind];
      return state === undefined ? [] : [{ at, state }];
    }),
  ];
  const at = new Map<number, OrderState>();
  for (const one of known) {
    const present = at.get(one.at.getTime());
    if (present === undefined || ranks[present] < ranks[one.state]) at.set(one.at.getTime(), one.state);
  }
  const inTime = [...at].sort(([one], [other]) => one - other);
  const changes = inTime
    .filter(([, state], place) => inTime[place - 1]?.[1] !== state)
    .map(([time, state]): Change => ({ at: new Date(time), order, state }));
  const last = changes.at(-1);
  // The row has the last word: a picture of now can't differ from the page that tells it.
  if (last === undefined || last.state === order.state) return changes;
  return [...changes.slice(0, -1), { ...last, state: order.state }];
}

interface Known {
  readonly at: Date;
  readonly state: OrderState;
}

function ofRow(order: OrderView): readonly Known[] {
  const outcome = order.outcome !== null && isOrderState(order.outcome) ? order.outcome : null;
  const isChecked = order.state === 'verified' || order.state === 'contradicted';
  const known: readonly (readonly [Date | null, OrderState | null])[] = [
    [order.plannedAt, 'planned'],
    [order.sentAt, 'sent'],
    [order.receivedAt, 'received'],
    [order.endedAt, outcome],
    [order.verifiedAt, isChecked ? order.state : null],
  ];
  return known.flatMap(([at, state]) => (at === null || state === null ? [] : [{ at, state }]));
}

/** Where each application stood at that moment (its place in the list, from 1); null: now. */
export function standingsAt(moments: readonly Moment[], place: number | null): readonly Standing[] {
  const seen = place === null ? moments : moments.slice(0, place);
  const lanes = new Map<string, Standing>();
  for (const { order, state } of seen.flatMap(({ changes }) => changes)) {
    const lane = `${order.applicationId ?? 'socle'} ${order.batch}`;
    const before = lanes.get(lane);
    if (before !== undefined && before.order.generation > order.generation) {
      // News of an order that another has taken over from.
      lanes.set(lane, { ...before, wasContradicted: before.wasContradicted || state === 'contradicted' });
      continue;
    }
    const isNext = before !== undefined && before.order.generation < order.generation;
    const wasContradicted =
      before !== undefined && (before.wasContradicted || (isNext && before.state === 'contradicted'));
    lanes.set(lane, { order, state, wasContradicted });
  }
  const standings = [...lanes.values()];
  const isSocle = ({ order }: Standing): boolean => order.channel === 'socle';
  return [...standings.filter((one) => !isSocle(one)).sort(byName), ...standings.filter(isSocle)];
}

const inWords = new Intl.Collator('fr', { numeric: true });

function byName(one: Standing, other: Standing): number {
  return inWords.compare(one.order.application, other.order.application);
}

function orderOf(data: Json): string | null {
  if (typeof data !== 'object' || data === null || Array.isArray(data) || !('order' in data)) return null;
  return typeof data.order === 'string' ? data.order : null;
}
