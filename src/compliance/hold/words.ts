import type { Text } from '../../kernel/index.ts';

/** The words of holds, on a person's page and their own. */
export const holdWords = {
  title: { fr: 'Gels', en: 'Holds' },
  lead: {
    fr: 'Un gel garde les données d’une personne le temps d’un contentieux, d’une obligation ou d’une limitation. Les ordres d’effacement attendent ; la réponse à la personne, non.',
    en: 'A hold keeps a person’s data for the time of a dispute, a duty or a restriction. Erasure orders wait; the answer to the person does not.',
  },
  place: { fr: 'Poser un gel', en: 'Place a hold' },
  placeLead: {
    fr: 'Les ordres d’effacement qui n’ont pas commencé attendront ; ceux déjà remis à une application vont à leur terme. Tout est inscrit au journal, à votre nom.',
    en: 'Erasure orders that have not begun will wait; those already handed to an application go to their end. All of it goes into the journal, under your name.',
  },
  ground: { fr: 'Motif', en: 'Ground' },
  groundNeeded: { fr: 'Choisissez un motif.', en: 'Choose a ground.' },
  categories: { fr: 'Données gelées', en: 'Data on hold' },
  categoriesHint: {
    fr: 'Rien de coché : toutes. Une application qui efface l’une des catégories cochées attend tout entière.',
    en: 'Nothing ticked: all. An application that erases one of the categories ticked waits as a whole.',
  },
  all: { fr: 'toutes', en: 'all' },
  words: { fr: 'Ce que ce gel protège', en: 'What this hold protects' },
  wordsHint: {
    fr: 'Pour vos collègues : le dossier, la contestation. Chiffré sous le secret de la personne ; ni la lettre ni le dossier de preuve ne le disent.',
    en: 'For your colleagues: the case, the dispute. Encrypted under the person’s secret; neither the letter nor the evidence file says it.',
  },
  endsOn: { fr: 'Dernier jour', en: 'Last day' },
  endsOnHint: {
    fr: 'Sans date, le gel dure jusqu’à sa levée.',
    en: 'Without a date, the hold lasts until it is released.',
  },
  cancel: { fr: 'Annuler', en: 'Cancel' },
  placed: { fr: 'Gel posé.', en: 'Hold placed.' },
  released: { fr: 'Gel levé : les ordres repartent.', en: 'Hold released: the orders go on.' },
  release: { fr: 'Lever le gel', en: 'Release the hold' },
  releaseLead: {
    fr: 'Les ordres d’effacement qui attendaient repartent d’eux-mêmes, sous une nouvelle génération s’ils avaient déjà été envoyés.',
    en: 'The erasure orders that waited go on by themselves, under a new generation if they had been sent before.',
  },
  told: {
    fr: 'La personne est informée que la limitation va être levée',
    en: 'The person was told that the restriction will be lifted',
  },
  since: { fr: 'Depuis le', en: 'Since' },
  until: { fr: 'Jusqu’au', en: 'Until' },
  untilReleased: { fr: 'sa levée', en: 'its release' },
  state: { fr: 'État', en: 'State' },
  inForce: { fr: 'En vigueur', en: 'In force' },
  endedReleased: { fr: 'Levé', en: 'Released' },
  endedAtDate: { fr: 'Arrivé à terme', en: 'Ended at its date' },
  none: { fr: 'Aucun gel', en: 'No hold' },
  noneHint: {
    fr: 'Rien n’interdit d’effacer cette personne si elle le demande.',
    en: 'Nothing forbids erasing this person if they ask for it.',
  },
  act: { fr: 'Action', en: 'Action' },
} as const satisfies Readonly<Record<string, Text>>;
