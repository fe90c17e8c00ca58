import type { Text } from '../../kernel/index.ts';

/** The words of the live page of a request. */
export const words = {
  title: (number: string): Text => ({ fr: `Demande ${number} en direct`, en: `Request ${number}, live` }),
  lead: {
    fr: 'Un bac par application : il se remplit à mesure qu’elle efface. Le mot dessous dit où elle en est.',
    en: 'A vessel for each application: it fills as it erases. The word below says where it stands.',
  },
  vessels: { fr: 'Où en est chaque application', en: 'Where each application stands' },
  picture: { fr: 'Applications', en: 'Applications' },
  live: { fr: 'En direct, et revoir', en: 'Live, and replay' },
  replay: { fr: 'Revoir dans le temps', en: 'Go back in time' },
  moment: (at: number, last: number): Text => ({ fr: `Moment ${at} sur ${last}`, en: `Moment ${at} of ${last}` }),
  see: { fr: 'Voir ce moment', en: 'See this moment' },
  play: { fr: 'Rejouer', en: 'Play' },
  earlier: { fr: 'Moment précédent', en: 'Earlier moment' },
  later: { fr: 'Moment suivant', en: 'Next moment' },
  now: { fr: 'Revenir à maintenant', en: 'Back to now' },
  anOrder: { fr: 'ordre', en: 'order' },
  orders: { fr: 'ordres', en: 'orders' },
  times: { fr: 'Quand chaque ordre a avancé', en: 'When each order moved on' },
  timesCaption: { fr: 'Ordres et leurs dates', en: 'Orders and their dates' },
  timesLead: {
    fr: 'Tous les ordres, y compris ceux qu’un démenti ou une restauration a fait repartir.',
    en: 'All orders, those that a contradiction or a restoration sent anew as well.',
  },
  application: { fr: 'Application', en: 'Application' },
  state: { fr: 'État', en: 'State' },
  sent: { fr: 'Envoyé', en: 'Sent' },
  received: { fr: 'Acquitté', en: 'Received' },
  ended: { fr: 'Compte rendu', en: 'Outcome' },
  checked: { fr: 'Revérifié', en: 'Checked' },
  noOrders: { fr: 'Aucun ordre n’est parti', en: 'No order was sent' },
  noOrdersHint: {
    fr: 'Ils naissent quand le plan de la demande est arrêté et lancé.',
    en: 'They are made when the plan of the request is frozen and started.',
  },
} as const;
