import type { Text } from '../kernel/index.ts';

/**
 * Categories of personal data an attribute or a field may hold. `special` are those of GDPR art. 9 and 10;
 * `high` are those whose disclosure does immediate harm (CNIL: bank data, national identification number).
 */
export const categories = {
  identity: { label: { fr: 'État civil, identité', en: 'Identity' }, sensitivity: 'ordinary' },
  contact: { label: { fr: 'Coordonnées', en: 'Contact details' }, sensitivity: 'ordinary' },
  location: { label: { fr: 'Adresse et localisation', en: 'Address and location' }, sensitivity: 'ordinary' },
  birth: { label: { fr: 'Naissance', en: 'Birth' }, sensitivity: 'ordinary' },
  family: { label: { fr: 'Vie de famille', en: 'Family life' }, sensitivity: 'ordinary' },
  professional: { label: { fr: 'Vie professionnelle', en: 'Professional life' }, sensitivity: 'ordinary' },
  economic: { label: { fr: 'Situation économique', en: 'Economic situation' }, sensitivity: 'ordinary' },
  behaviour: { label: { fr: 'Habitudes et préférences', en: 'Habits and preferences' }, sensitivity: 'ordinary' },
  connection: { label: { fr: 'Données de connexion', en: 'Connection data' }, sensitivity: 'ordinary' },
  account: { label: { fr: 'Compte et authentification', en: 'Account and credentials' }, sensitivity: 'high' },
  image: { label: { fr: 'Image et voix', en: 'Image and voice' }, sensitivity: 'ordinary' },
  free_text: { label: { fr: 'Texte libre', en: 'Free text' }, sensitivity: 'ordinary' },
  bank: { label: { fr: 'Données bancaires', en: 'Bank data' }, sensitivity: 'high' },
  national_number: { label: { fr: 'Numéro de sécurité sociale (NIR)', en: 'National number' }, sensitivity: 'high' },
  health: { label: { fr: 'Santé', en: 'Health' }, sensitivity: 'special' },
  biometric: { label: { fr: 'Biométrie', en: 'Biometrics' }, sensitivity: 'special' },
  genetic: { label: { fr: 'Génétique', en: 'Genetics' }, sensitivity: 'special' },
  opinion: { label: { fr: 'Opinions et appartenances', en: 'Opinions and memberships' }, sensitivity: 'special' },
  origin: { label: { fr: 'Origine', en: 'Origin' }, sensitivity: 'special' },
  sex_life: { label: { fr: 'Vie et orientation sexuelles', en: 'Sex life and orientation' }, sensitivity: 'special' },
  offence: { label: { fr: 'Infractions', en: 'Offences' }, sensitivity: 'special' },
} as const satisfies Readonly<
  Record<string, { readonly label: Text; readonly sensitivity: 'ordinary' | 'high' | 'special' }>
>;

export type CategoryName = keyof typeof categories;

export function isCategory(name: string): name is CategoryName {
  return Object.hasOwn(categories, name);
}

export const categoryNames: readonly CategoryName[] = Object.keys(categories).filter(isCategory);
