import type { Text } from '../../kernel/index.ts';

/** What the parts of an address are called, in a sentence. */
export const addressWords: Readonly<Record<string, Text>> = {
  lines: { fr: 'voie', en: 'street' },
  postal_code: { fr: 'code postal', en: 'postal code' },
  city: { fr: 'ville', en: 'town' },
  country: { fr: 'pays', en: 'country' },
};
