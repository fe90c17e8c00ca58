import type { Text } from '../../kernel/index.ts';

/**
 * What a field says of a person. Given by the dictionary (a human verdict, else a proposal by name and type).
 * `technical` is a verdict: codes that can't describe anyone (a status, a currency), kept by an erasure.
 * `none` only says that nothing personal was recognised: a text of that category is still blanked by default.
 */
export const categories = [
  'identity',
  'contact',
  'location',
  'birth',
  'family',
  'bank',
  'health',
  'sensitive',
  'image',
  'online',
  'preference',
  'free_text',
  'employment',
  'technical',
  'none',
] as const;

export type Category = (typeof categories)[number];

export function isCategory(value: unknown): value is Category {
  return categories.some((category) => category === value);
}

/** Whether the category describes a person, whatever the type of the field. */
export function isPersonal(category: Category | undefined): boolean {
  return category !== undefined && category !== 'technical' && category !== 'none';
}

const words: Readonly<Record<Category, Text>> = {
  identity: { fr: 'identité', en: 'identity' },
  contact: { fr: 'coordonnées', en: 'contact details' },
  location: { fr: 'adresse et lieu', en: 'address and place' },
  birth: { fr: 'naissance', en: 'birth' },
  family: { fr: 'famille', en: 'family' },
  bank: { fr: 'banque et paiement', en: 'bank and payment' },
  health: { fr: 'santé', en: 'health' },
  sensitive: { fr: 'donnée sensible (art. 9)', en: 'sensitive data (art. 9)' },
  image: { fr: 'image et voix', en: 'image and voice' },
  online: { fr: 'identifiants en ligne', en: 'online identifiers' },
  preference: { fr: 'préférences', en: 'preferences' },
  free_text: { fr: 'texte libre', en: 'free text' },
  employment: { fr: 'vie professionnelle', en: 'employment' },
  technical: { fr: 'technique', en: 'technical' },
  none: { fr: 'aucune', en: 'none' },
};

export function categoryText(category: Category): Text {
  return words[category];
}
