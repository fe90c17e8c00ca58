import type { Text } from '../../kernel/index.ts';
import type { ComplianceTypes } from '../pack.generated.ts';
import type { RequestTransition } from './register.ts';

export type RequestState = ComplianceTypes['request']['state'];

interface Step {
  readonly from: readonly RequestState[];
  readonly to: RequestState;
}

/** The life cycle of the pack, as this room walks it; a test holds the two together. */
export const requestTransitions: Readonly<Record<RequestTransition, Step>> = {
  qualify: { from: ['received'], to: 'qualified' },
  check_identity: { from: ['qualified'], to: 'identity_checked' },
  plan: { from: ['identity_checked'], to: 'planned' },
  start: { from: ['planned'], to: 'in_progress' },
  answer: { from: ['in_progress'], to: 'answered' },
  verify: { from: ['answered'], to: 'verified' },
  close: { from: ['verified'], to: 'closed' },
  refuse: { from: ['received', 'qualified', 'identity_checked', 'planned'], to: 'refused' },
  withdraw: { from: ['received', 'qualified', 'identity_checked', 'planned'], to: 'withdrawn' },
};

const labels: Readonly<Record<RequestState, Text>> = {
  received: { fr: 'Reçue', en: 'Received' },
  qualified: { fr: 'Qualifiée', en: 'Qualified' },
  identity_checked: { fr: 'Identité vérifiée', en: 'Identity checked' },
  planned: { fr: 'Plan arrêté', en: 'Planned' },
  in_progress: { fr: 'En cours d’exécution', en: 'In progress' },
  answered: { fr: 'Répondue', en: 'Answered' },
  verified: { fr: 'Vérifiée', en: 'Verified' },
  closed: { fr: 'Close', en: 'Closed' },
  refused: { fr: 'Refusée', en: 'Refused' },
  withdrawn: { fr: 'Retirée par la personne', en: 'Withdrawn' },
};

export function requestStateLabel(state: RequestState): Text {
  return labels[state];
}

export const requestStates = Object.keys(labels).filter((state): state is RequestState => Object.hasOwn(labels, state));

/** Nothing more will happen to it. */
export function isOver(state: RequestState): boolean {
  return state === 'closed' || state === 'refused' || state === 'withdrawn';
}

/** The way of a request that is carried out, in order: what a page shows as its steps. */
export const requestWay: readonly RequestState[] = [
  'received',
  'qualified',
  'identity_checked',
  'planned',
  'in_progress',
  'answered',
  'verified',
  'closed',
];

export function isRequestState(value: string): value is RequestState {
  return Object.hasOwn(labels, value);
}
