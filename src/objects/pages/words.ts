import { counted, type Text } from '../../kernel/index.ts';
import type { Attribute } from '../../model/index.ts';

/** Words of the generic pages. */
export const words = {
  /** Instead of the title of an object that the reader may not see, or that is no more. */
  hidden: { fr: 'objet que vous ne pouvez pas voir', en: 'object you can’t see' },
  number: { fr: 'Numéro', en: 'Number' },
  state: { fr: 'État', en: 'State' },
  title: { fr: 'Nom', en: 'Name' },
  created_at: { fr: 'Créé', en: 'Created' },
  updated_at: { fr: 'Modifié', en: 'Changed' },
  search: { fr: 'Rechercher', en: 'Search' },
  condition: { fr: 'Condition', en: 'Condition' },
  add: { fr: 'Ajouter', en: 'Add' },
  all: { fr: 'Tout voir', en: 'See all' },
  quality: { fr: 'À vérifier : cela devrait être vrai', en: 'To check: this should be so' },
  choose: { fr: 'Choisir plusieurs…', en: 'Choose several…' },
  create: { fr: 'Créer', en: 'Create' },
  import: { fr: 'Importer', en: 'Import' },
  export: { fr: 'Exporter (CSV)', en: 'Export (CSV)' },
  whyNotEdit: { fr: 'Pourquoi ne puis-je pas le modifier ?', en: 'Why can’t I change it?' },
  edit: { fr: 'Modifier', en: 'Change' },
  save: { fr: 'Enregistrer', en: 'Save' },
  delete: { fr: 'Supprimer', en: 'Delete' },
  checklist: { fr: 'Liste de contrôle', en: 'Checklist' },
  fillIn: { fr: 'Remplir', en: 'Fill in' },
  saveTicks: { fr: 'Enregistrer les coches', en: 'Save the ticks' },
  ticked: { fr: 'Coches enregistrées.', en: 'Ticks saved.' },
  history: { fr: 'Historique', en: 'History' },
  wholeHistory: { fr: 'Tout l’historique', en: 'The whole history' },
  attributes: { fr: 'Attributs', en: 'Attributes' },
  referredBy: { fr: 'Ce qui y renvoie', en: 'What refers to it' },
  aboutType: { fr: 'Ce que c’est', en: 'What it is' },
  saved: { fr: 'Enregistré.', en: 'Saved.' },
  deleted: { fr: 'Supprimé.', en: 'Deleted.' },
  currency: { fr: 'Devise', en: 'Currency' },
  unit: { fr: 'Unité', en: 'Unit' },
  street: { fr: 'Voie, bâtiment', en: 'Street, building' },
  postalCode: { fr: 'Code postal', en: 'Postal code' },
  city: { fr: 'Ville', en: 'Town' },
  country: { fr: 'Pays', en: 'Country' },
  english: { fr: 'en anglais', en: 'in English' },
  forgotten: { fr: '(oublié)', en: '(forgotten)' },
  yes: { fr: 'Oui', en: 'Yes' },
  no: { fr: 'Non', en: 'No' },
  noMatch: { fr: 'Rien ne correspond à ces filtres', en: 'Nothing matches these filters' },
  noMatchHint: { fr: 'Effacez un filtre, ou cherchez autrement.', en: 'Clear a filter, or search otherwise.' },
  model: { fr: 'Modèle', en: 'Model' },
} as const satisfies Record<string, Text>;

export const noneYet = (label: Text): Text => ({ fr: `${label.fr} : rien encore`, en: `${label.en}: nothing yet` });

export const noneHint = (canCreate: boolean): Text =>
  canCreate
    ? { fr: 'Créez le premier : il paraîtra ici.', en: 'Create the first one: it will show here.' }
    : { fr: 'Ce qui sera créé paraîtra ici.', en: 'What is created will show here.' };

export const newTitle = (label: Text): Text => ({ fr: `${label.fr} : créer`, en: `${label.en}: create` });

export const objectCount = (count: number, isExact: boolean): Text => {
  const said = counted(count, { fr: 'objet', en: 'object' }, { fr: 'objets', en: 'objects' });
  return isExact ? said : { fr: `environ ${said.fr}`, en: `about ${said.en}` };
};

export const kindWords: Readonly<Record<Attribute['type']['kind'], Text>> = {
  text: { fr: 'texte', en: 'text' },
  integer: { fr: 'nombre entier', en: 'whole number' },
  decimal: { fr: 'nombre décimal', en: 'decimal number' },
  money: { fr: 'montant', en: 'amount' },
  quantity: { fr: 'quantité', en: 'quantity' },
  boolean: { fr: 'oui ou non', en: 'yes or no' },
  date: { fr: 'date', en: 'date' },
  datetime: { fr: 'date et heure', en: 'date and time' },
  duration: { fr: 'durée', en: 'duration' },
  choice: { fr: 'choix', en: 'choice' },
  choices: { fr: 'plusieurs choix', en: 'several choices' },
  email: { fr: 'adresse électronique', en: 'e-mail address' },
  phone: { fr: 'téléphone', en: 'phone' },
  url: { fr: 'adresse web', en: 'web address' },
  country: { fr: 'pays', en: 'country' },
  identifier: { fr: 'identifiant', en: 'identifier' },
  address: { fr: 'adresse postale', en: 'postal address' },
  json: { fr: 'JSON', en: 'JSON' },
  file: { fr: 'fichier', en: 'file' },
  reference: { fr: 'référence', en: 'reference' },
  sequence: { fr: 'numéro à l’émission', en: 'number when issued' },
};

export const confidentialityWords: Readonly<Record<Attribute['confidentiality'], Text>> = {
  public: { fr: 'publique', en: 'public' },
  internal: { fr: 'interne', en: 'internal' },
  restricted: { fr: 'restreinte', en: 'restricted' },
  secret: { fr: 'secrète', en: 'secret' },
};
