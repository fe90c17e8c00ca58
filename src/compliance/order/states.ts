import type { Text } from '../../kernel/index.ts';

/** The states of an order, and what each may become. `not_found` is an end of its own: it is never "done". */
export const orderTransitions = {
  planned: ['held', 'sent', 'refused'],
  held: ['planned', 'sent', 'refused'],
  sent: ['held', 'received', 'executed', 'partly', 'refused', 'not_found', 'failed'],
  received: ['executed', 'partly', 'refused', 'not_found', 'failed'],
  executed: ['verified', 'contradicted', 'partly'],
  partly: ['planned', 'executed', 'partly', 'refused', 'not_found', 'failed', 'contradicted'],
  refused: ['planned'],
  not_found: ['contradicted'],
  failed: ['planned', 'executed', 'partly', 'refused', 'not_found', 'failed'],
  verified: ['contradicted', 'partly'],
  contradicted: [],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type OrderState = keyof typeof orderTransitions;
export type OrderOutcome = 'executed' | 'partly' | 'refused' | 'not_found' | 'failed';

export const orderStates = Object.keys(orderTransitions).filter(isOrderState);

export function isOrderState(value: string): value is OrderState {
  return Object.hasOwn(orderTransitions, value);
}

export function mayBecome(from: OrderState, to: OrderState): boolean {
  const next: readonly OrderState[] = orderTransitions[from];
  return next.includes(to);
}

/** Nothing more is awaited from the application. A contradicted order has ended: its next generation goes on. */
export function hasEnded(state: OrderState): boolean {
  return ['executed', 'partly', 'refused', 'not_found', 'verified', 'contradicted'].includes(state);
}

/** Ended where the map may say more: in part, or refused because nothing said whose rows those were. */
export function mayGoOn({
  channel,
  state,
  reason,
}: {
  readonly channel: string;
  readonly state: OrderState;
  readonly reason: string | null;
}): boolean {
  return channel === 'sql' && (state === 'partly' || (state === 'refused' && reason === 'technical'));
}

const labels: Readonly<Record<OrderState, Text>> = {
  planned: { fr: 'À envoyer', en: 'To be sent' },
  held: { fr: 'Gelé', en: 'Held' },
  sent: { fr: 'Envoyé', en: 'Sent' },
  received: { fr: 'Acquitté', en: 'Received' },
  executed: { fr: 'Exécuté', en: 'Executed' },
  partly: { fr: 'Exécuté en partie', en: 'Partly executed' },
  refused: { fr: 'Refusé', en: 'Refused' },
  not_found: { fr: 'Personne introuvable', en: 'Not found' },
  failed: { fr: 'En échec', en: 'Failed' },
  verified: { fr: 'Vérifié', en: 'Verified' },
  contradicted: { fr: 'Démenti', en: 'Contradicted' },
};

export function orderStateLabel(state: OrderState, isSeen = true): Text {
  return state === 'executed' && !isSeen ? saidDone : labels[state];
}

const saidDone: Text = { fr: 'Exécuté, dit l’application', en: 'Executed, says the application' };

/** Socle looks again into what it executes itself; of the others it only has their word. */
export function isSeenBySocle(channel: string): boolean {
  return channel === 'sql' || channel === 'socle';
}

const explanations: Readonly<Record<OrderState, Text>> = {
  planned: { fr: 'L’ordre partira à son tour.', en: 'The order will be sent in its turn.' },
  held: {
    fr: 'Un gel interdit d’effacer pour l’instant ; l’ordre repartira à sa levée.',
    en: 'A hold forbids erasing for now; the order will go on its release.',
  },
  sent: { fr: 'L’application n’a pas encore acquitté.', en: 'The application has not acknowledged yet.' },
  received: { fr: 'L’application y travaille.', en: 'The application is working on it.' },
  executed: {
    fr: 'L’application dit l’avoir fait ; Socle ne l’a pas encore revérifié.',
    en: 'The application says that it is done; Socle has not looked again yet.',
  },
  partly: {
    fr: 'Une partie a été faite ; le reste et sa raison sont indiqués.',
    en: 'A part was done; the rest is told with its reason.',
  },
  refused: { fr: 'L’application a refusé, avec un motif.', en: 'The application refused, with a reason.' },
  not_found: {
    fr: 'Rien n’y désigne cette personne. Rien n’a été effacé.',
    en: 'Nothing there names this person. Nothing was erased.',
  },
  failed: {
    fr: 'L’exécution a échoué. Corrigez la cause, puis relancez l’ordre.',
    en: 'It failed. Mend the cause, then retry the order.',
  },
  verified: { fr: 'Socle a regardé de nouveau : plus rien.', en: 'Socle looked again and found nothing.' },
  contradicted: {
    fr: 'Fait, disait l’application ; Socle y voit encore la personne. L’ordre repart.',
    en: 'Done, said the application; Socle still sees the person there. The order is sent again.',
  },
};

/** `isSeen`: whether Socle can look into the application itself. Where it can't, "executed" stays the application's word. */
export function orderStateExplanation(state: OrderState, isSeen = true): Text {
  return state === 'executed' && !isSeen ? byItsWord : explanations[state];
}

const byItsWord: Text = {
  fr: 'L’application dit l’avoir fait. Socle ne peut pas y regarder : sa réponse est gardée comme preuve de ce qu’elle a dit.',
  en: 'The application says that it is done. Socle can’t look into it: its answer is kept as proof of what it said.',
};

/** `req_01J…/shop/erase/1`: what makes an order sent twice be done once. Batches after the first are named. */
export function orderKey(order: {
  readonly cause: string;
  readonly application: string;
  readonly action: string;
  readonly batch: number;
  readonly generation: number;
}): string {
  const cause = order.batch === 1 ? order.cause : `${order.cause}#${order.batch}`;
  return `${cause}/${slugOf(order.application)}/${order.action}/${order.generation}`;
}

/** `Boutique en ligne` → `boutique-en-ligne`. */
export function slugOf(name: string): string {
  const plain = name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return plain === '' ? 'application' : plain;
}
