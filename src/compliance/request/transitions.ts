import { can } from '../../access/index.ts';
import type { Who } from '../../http/index.ts';
import type { Text } from '../../kernel/index.ts';
import type { Transition } from '../../ui/index.ts';
import { requestHref } from './request-page.tsx';
import type { RequestView } from './view.ts';

/** Where a request can go from where it is, for this reader; and why not elsewhere. */
export function transitionsOf(view: RequestView, who: Pick<Who, 'roles' | 'user'>): readonly Transition[] {
  if (!can(who, 'requests.handle')) return [];
  const { request } = view;
  const href = requestHref(request.id);
  const post = (text: Text, action: string, look?: 'main'): Transition => ({
    kind: 'post',
    text,
    action: `${href}/${action}`,
    ...(look === undefined ? {} : { look }),
  });
  const page = (text: Text, path: string, look?: 'main' | 'danger'): Transition => ({
    kind: 'page',
    text,
    href: `${href}/${path}`,
    ...(look === undefined ? {} : { look }),
  });
  const assign = [
    ...(request.assignee_id === who.user.id ? [] : [post(words.take, 'take')]),
    page(words.assign, 'assign'),
  ];
  const mayEnd = [
    ...(can(who, 'requests.decide')
      ? [page(words.refuse, 'refuse', 'danger')]
      : [impossible(words.refuse, words.dpoOnly)]),
    page(words.withdraw, 'withdraw'),
  ];
  const extend = extension(view, page);
  switch (request.state) {
    case 'received':
      return [post(words.qualify, 'qualify', 'main'), ...assign, page(words.ask, 'ask-identity'), ...extend, ...mayEnd];
    case 'qualified':
      return [
        page(words.identity, 'identity', 'main'),
        page(words.ask, 'ask-identity'),
        ...assign,
        ...extend,
        ...mayEnd,
      ];
    case 'identity_checked': {
      const plan = view.openReviews > 0 ? impossible(words.plan, words.shared) : post(words.plan, 'plan', 'main');
      return [plan, ...assign, ...extend, ...mayEnd];
    }
    case 'planned':
      return [post(words.start, 'start', 'main'), ...assign, ...extend, ...mayEnd];
    case 'in_progress':
      return [...assign, ...extend, impossible(words.refuse, words.tooLateToRefuse)];
    case 'answered':
      return [
        ...(request.letter_posted_at === null && view.person !== null
          ? [post(words.posted, 'posted', 'main'), page(words.letter, 'letter.pdf')]
          : []),
        ...assign,
        impossible(words.close, words.closesItself),
      ];
    case 'verified':
    case 'closed':
    case 'refused':
    case 'withdrawn':
      return [];
  }
}

function extension(view: RequestView, page: (text: Text, path: string) => Transition): readonly Transition[] {
  const { request, clock } = view;
  if (request.extension_on !== null) return [impossible(words.extend, words.extended)];
  return clock.state === 'overdue' ? [impossible(words.extend, words.tooLate)] : [page(words.extend, 'extend')];
}

function impossible(text: Text, reason: Text): Transition {
  return { kind: 'impossible', text, reason };
}

const words = {
  qualify: { fr: 'Qualifier', en: 'Qualify' },
  identity: { fr: 'Établir l’identité', en: 'Establish the identity' },
  ask: { fr: 'Demander des informations d’identité', en: 'Ask for identity information' },
  plan: { fr: 'Arrêter le plan', en: 'Freeze the plan' },
  start: { fr: 'Lancer l’exécution', en: 'Start' },
  take: { fr: 'M’en charger', en: 'Take it on' },
  assign: { fr: 'Confier…', en: 'Assign…' },
  refuse: { fr: 'Refuser…', en: 'Refuse…' },
  withdraw: { fr: 'Enregistrer le retrait…', en: 'Record the withdrawal…' },
  extend: { fr: 'Prolonger le délai…', en: 'Extend the period…' },
  close: { fr: 'Clore', en: 'Close' },
  posted: { fr: 'La lettre est postée', en: 'The letter is posted' },
  letter: { fr: 'Télécharger la lettre', en: 'Download the letter' },
  dpoOnly: { fr: 'Un refus est décidé par le DPO.', en: 'A refusal is decided by the DPO.' },
  shared: {
    fr: 'Un identifiant est partagé avec quelqu’un d’autre : tranchez sur la page de la personne.',
    en: 'An identifier is shared with someone else: settle it on the person’s page.',
  },
  tooLateToRefuse: {
    fr: 'L’exécution a commencé : ce qui ne peut être effacé est dit application par application dans la réponse.',
    en: 'The execution has begun: what can’t be erased is told application by application in the answer.',
  },
  closesItself: {
    fr: 'La demande se clôt d’elle-même quand l’absence est constatée partout, Socle compris.',
    en: 'The request closes by itself once absence is verified everywhere, Socle included.',
  },
  extended: { fr: 'Le délai a déjà été prolongé.', en: 'The period was already extended.' },
  tooLate: {
    fr: 'Le premier mois est passé : une prolongation ne peut plus être notifiée.',
    en: 'The first month is over: an extension can no longer be notified.',
  },
} as const satisfies Readonly<Record<string, Text>>;
