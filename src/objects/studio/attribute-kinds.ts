import type { Text } from '../../kernel/index.ts';

/** What an attribute may be, as the studio offers it: in the order one looks for it, each with what it is for. */
export const attributeKinds = {
  text: { fr: 'Texte : un nom, une référence, une note', en: 'Text: a name, a code, a note' },
  choice: { fr: 'Choix dans une liste', en: 'One choice from a list' },
  choices: { fr: 'Plusieurs choix dans une liste', en: 'Several choices from a list' },
  boolean: { fr: 'Oui ou non', en: 'Yes or no' },
  integer: { fr: 'Nombre entier', en: 'Whole number' },
  decimal: { fr: 'Nombre décimal, exact', en: 'Decimal number, exact' },
  money: { fr: 'Montant, avec sa devise', en: 'Amount, with its currency' },
  quantity: { fr: 'Quantité, avec son unité (kg, m, h…)', en: 'Quantity, with its unit (kg, m, h…)' },
  date: { fr: 'Date', en: 'Date' },
  datetime: { fr: 'Date et heure', en: 'Date and time' },
  duration: { fr: 'Durée', en: 'Duration' },
  reference: { fr: 'Lien vers un autre objet', en: 'Link to another object' },
  children: { fr: 'Lignes : des objets qui en font partie', en: 'Lines: objects that are part of it' },
  email: { fr: 'Adresse électronique', en: 'E-mail address' },
  phone: { fr: 'Téléphone', en: 'Phone' },
  url: { fr: 'Adresse web', en: 'Web address' },
  address: { fr: 'Adresse postale', en: 'Postal address' },
  country: { fr: 'Pays', en: 'Country' },
  file: { fr: 'Fichier : un document, une photo', en: 'File: a document, a photo' },
  sequence: { fr: 'Numéro sans trou, donné à une transition', en: 'Number without a gap, given at a transition' },
  identifier: {
    fr: 'Identifiant contrôlé (SIREN, SIRET, IBAN, GTIN)',
    en: 'Checked identifier (SIREN, SIRET, IBAN, GTIN)',
  },
} as const satisfies Readonly<Record<string, Text>>;

export type AttributeKind = keyof typeof attributeKinds;

export function isAttributeKind(name: string): name is AttributeKind {
  return Object.hasOwn(attributeKinds, name);
}

/** What a kind asks besides what every attribute does: the names of its options in a pack. */
export const kindOptions: Readonly<Partial<Record<AttributeKind, readonly OptionName[]>>> = {
  text: ['multiline', 'max_length', 'pattern'],
  integer: ['min', 'max'],
  decimal: ['scale', 'min', 'max'],
  quantity: ['units', 'scale', 'min', 'max'],
  choice: ['values'],
  choices: ['values'],
  reference: ['to'],
  children: ['of'],
  identifier: ['scheme'],
  sequence: ['pattern', 'at'],
};

/** Of an attribute that is there: a link to any of several types is written as text, and stays as it is. */
export function optionsOf(kind: AttributeKind | null, source: unknown): readonly OptionName[] {
  const options = kind === null ? [] : (kindOptions[kind] ?? []);
  const to: unknown = typeof source === 'object' && source !== null ? Reflect.get(source, 'to') : undefined;
  return Array.isArray(to) ? options.filter((option) => option !== 'to') : options;
}

export type OptionName =
  | 'multiline'
  | 'max_length'
  | 'pattern'
  | 'min'
  | 'max'
  | 'scale'
  | 'units'
  | 'values'
  | 'to'
  | 'of'
  | 'scheme'
  | 'at';
