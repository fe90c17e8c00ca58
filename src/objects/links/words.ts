import type { Text } from '../../kernel/index.ts';

/** Words of links between objects. */
export const linkWords = {
  link: { fr: 'Lien', en: 'Link' },
  linked: { fr: 'Lien enregistré.', en: 'Link saved.' },
  unlinked: { fr: 'Lien retiré.', en: 'Link removed.' },
  remove: { fr: 'Retirer le lien', en: 'Remove the link' },
  removeHint: {
    fr: 'Les deux objets restent ; leur historique dit que le lien y était.',
    en: 'Both objects stay; their histories tell that the link was there.',
  },
  none: { fr: 'Aucun lien', en: 'No link' },
  noneHint: { fr: 'Ce qui sera lié paraîtra ici.', en: 'What is linked will show here.' },
  firstOnes: {
    fr: 'Les 25 premiers liens. L’API les donne tous.',
    en: 'The first 25 links. The API gives them all.',
  },
} as const satisfies Record<string, Text>;
