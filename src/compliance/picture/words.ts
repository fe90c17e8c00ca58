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
  times: { fr: 'Détail et dates', en: 'Details and dates' },
} as const;
