import type { Text } from '../../kernel/index.ts';
import {
  checkBatch,
  checkGenerations,
  checkGood,
  checkLarge,
  checkNotBelieved,
  checkRepeated,
  checkRestarted,
  checkSentAgain,
  checkUnknown,
} from './checks.ts';
import type { Finding, Kind, Restart, SeenOrder, Signing } from './seen.ts';

/** One order of a case. */
export interface TestOrder {
  readonly persons: readonly Kind[];
  /** It is the order before it, sent anew on purpose: same persons, next key. */
  readonly isNextGeneration?: boolean;
  /** How many outcomes Socle refuses, feigning to be down; `restart`: until the application has restarted. */
  readonly holds?: number | 'restart';
}

/** What is done, one after the other. `order` is a place in the case's list. */
export type Step =
  | { readonly do: 'send'; readonly order: number; readonly signing: Signing }
  /** As Socle does with what was not acknowledged; nothing when it was. */
  | { readonly do: 'send_again'; readonly order: number }
  /** Until an outcome is taken, or at least tried (Socle feigns to be down), or the time is up. */
  | { readonly do: 'answer'; readonly order: number; readonly until: 'taken' | 'tried'; readonly seconds: number }
  /** Leaves time for an outcome that should not come. */
  | { readonly do: 'quiet'; readonly seconds: number }
  /** Until the application was seen to stop and to answer again, or somebody says so, or the time is up. */
  | { readonly do: 'restart'; readonly order: number; readonly seconds: number };

export interface Case {
  readonly id: string;
  /** Tries signatures: an application that comes for its orders has none to verify. */
  readonly isOfSignatures?: boolean;
  readonly title: Text;
  readonly orders: readonly TestOrder[];
  readonly steps: readonly Step[];
  check(orders: readonly SeenOrder[], restart: Restart): readonly Finding[];
}

/** Time that an application has to answer an order of the test. */
const patience = 60;

/** The persons of the large order: as many as an order has at most, unless the application asks for fewer. */
const large = 100;

const only = (check: (order: SeenOrder) => readonly Finding[]) => (orders: readonly SeenOrder[]) =>
  orders.flatMap(check);

/** In the order in which they are tried. When the first one fails, the others are not tried. */
const cases: readonly Case[] = [
  {
    id: 'good',
    title: { fr: 'Un ordre bien signé', en: 'A well-signed order' },
    orders: [{ persons: ['present'] }],
    steps: [
      { do: 'send', order: 0, signing: 'well' },
      { do: 'answer', order: 0, until: 'taken', seconds: patience },
    ],
    check: only(checkGood),
  },
  {
    id: 'repeated',
    title: { fr: 'Le même ordre, répété', en: 'The same order, repeated' },
    orders: [{ persons: ['present'] }],
    steps: [
      { do: 'send', order: 0, signing: 'well' },
      { do: 'answer', order: 0, until: 'taken', seconds: patience },
      { do: 'send', order: 0, signing: 'well' },
      { do: 'quiet', seconds: 3 },
    ],
    check: only(checkRepeated),
  },
  {
    id: 'expired',
    isOfSignatures: true,
    title: { fr: 'Une signature périmée', en: 'An expired signature' },
    orders: [{ persons: ['absent'] }],
    steps: [
      { do: 'send', order: 0, signing: 'expired' },
      { do: 'quiet', seconds: 2 },
    ],
    check: only(checkNotBelieved),
  },
  {
    id: 'badly_signed',
    isOfSignatures: true,
    title: { fr: 'Une fausse signature', en: 'A bad signature' },
    orders: [{ persons: ['absent'] }, { persons: ['absent'] }, { persons: ['absent'] }],
    steps: [
      { do: 'send', order: 0, signing: 'wrongly' },
      { do: 'send', order: 1, signing: 'altered' },
      { do: 'send', order: 2, signing: 'unsigned' },
      { do: 'quiet', seconds: 2 },
    ],
    check: only(checkNotBelieved),
  },
  {
    id: 'unknown',
    title: { fr: 'Une personne inconnue', en: 'An unknown person' },
    orders: [{ persons: ['absent'] }],
    steps: [
      { do: 'send', order: 0, signing: 'well' },
      { do: 'answer', order: 0, until: 'taken', seconds: patience },
    ],
    check: only(checkUnknown),
  },
  {
    id: 'batch',
    title: { fr: 'Un lot avec des exceptions', en: 'A batch with exceptions' },
    orders: [{ persons: ['present', 'absent', 'present'] }],
    steps: [
      { do: 'send', order: 0, signing: 'well' },
      { do: 'answer', order: 0, until: 'taken', seconds: patience },
    ],
    check: only(checkBatch),
  },
  {
    id: 'slow',
    title: { fr: 'Un grand lot, qui prend du temps', en: 'A large batch, which takes time' },
    orders: [{ persons: Array.from({ length: large }, (_, index) => (index % 10 === 0 ? 'present' : 'absent')) }],
    steps: [
      { do: 'send', order: 0, signing: 'well' },
      { do: 'answer', order: 0, until: 'taken', seconds: 2 * patience },
    ],
    check: only(checkLarge),
  },
  {
    id: 'socle_down',
    title: { fr: 'Socle ne répond pas au compte rendu', en: 'Socle is down when the outcome comes' },
    orders: [{ persons: ['absent'], holds: 1 }],
    steps: [
      { do: 'send', order: 0, signing: 'well' },
      { do: 'answer', order: 0, until: 'tried', seconds: patience },
      { do: 'send_again', order: 0 },
      { do: 'answer', order: 0, until: 'taken', seconds: patience },
    ],
    check: only(checkSentAgain),
  },
  {
    id: 'next_generation',
    title: { fr: 'L’ordre renvoyé à dessein', en: 'The order sent anew on purpose' },
    orders: [{ persons: ['present'] }, { persons: ['present'], isNextGeneration: true }],
    steps: [
      { do: 'send', order: 0, signing: 'well' },
      { do: 'answer', order: 0, until: 'taken', seconds: patience },
      { do: 'send', order: 1, signing: 'well' },
      { do: 'answer', order: 1, until: 'taken', seconds: patience },
    ],
    check: ([first, next]) => (first === undefined || next === undefined ? [] : checkGenerations(first, next)),
  },
  {
    id: 'restart',
    title: { fr: 'Un redémarrage au milieu', en: 'A restart midway' },
    orders: [{ persons: ['present', 'absent'], holds: 'restart' }],
    steps: [
      { do: 'send', order: 0, signing: 'well' },
      { do: 'answer', order: 0, until: 'tried', seconds: patience },
      { do: 'restart', order: 0, seconds: 300 },
      { do: 'send', order: 0, signing: 'well' },
      { do: 'answer', order: 0, until: 'taken', seconds: patience },
    ],
    check: ([order], restart) => (order === undefined ? [] : checkRestarted(order, restart)),
  },
];

export type TestChannel = 'webhook' | 'pull';

/** Those that an application of this channel is tried in. */
export function casesOf(channel: TestChannel): readonly Case[] {
  return channel === 'pull' ? cases.filter((each) => each.isOfSignatures !== true) : cases;
}
