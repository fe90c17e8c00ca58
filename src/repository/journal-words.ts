import { categories } from '../channels/index.ts';
import type { FactWords } from '../journal/index.ts';
import type { Text } from '../kernel/index.ts';
import { categoryLabel, channelText } from './pages/words.ts';

/** What this room's journal entries say, by kind. */
export const repositoryJournalWords: Readonly<Record<string, Text>> = {
  'application.connected': { fr: 'Application raccordée', en: 'Application connected' },
  'application.declared': { fr: 'Déclaration ajoutée sur les tables', en: 'Declaration added about the tables' },
  'application.harvested': { fr: 'Schéma moissonné', en: 'Schema harvested' },
  'application.limits_changed': { fr: 'Limites d’envoi modifiées', en: 'Sending limits changed' },
  'application.reconnected': { fr: 'Raccordement modifié', en: 'Connection changed' },
  'application.removed': { fr: 'Application retirée', en: 'Application removed' },
  'field.judged': { fr: 'Catégorie d’un champ décidée', en: 'Category of a field decided' },
  'field.verdict_withdrawn': { fr: 'Décision sur un champ retirée', en: 'Decision on a field withdrawn' },
};

const declaredTexts: Readonly<Record<string, Text>> = {
  join: { fr: 'Jointure', en: 'Join' },
  identity: { fr: 'Colonne d’identité', en: 'Identity column' },
  ignore: { fr: 'Table à ignorer', en: 'Table to ignore' },
};

/** How their facts are read. */
export const repositoryFactWords: FactWords = {
  names: {
    channel: { fr: 'Canal', en: 'Channel' },
    identities: { fr: 'Identifiants déclarés', en: 'Identifiers declared' },
    declared: { fr: 'Déclaré', en: 'Declared' },
    from: { fr: 'De', en: 'From' },
    to: { fr: 'Vers', en: 'To' },
    table: { fr: 'Table', en: 'Table' },
    column: { fr: 'Colonne', en: 'Column' },
    kind: { fr: 'Genre', en: 'Kind' },
    hasMap: { fr: 'Avec des déclarations', en: 'With a map' },
    created: { fr: 'Champs nouveaux', en: 'New fields' },
    changed: { fr: 'Champs changés', en: 'Changed fields' },
    unchanged: { fr: 'Champs inchangés', en: 'Unchanged fields' },
    tables: { fr: 'Tables', en: 'Tables' },
    fields: { fr: 'Champs', en: 'Fields' },
    verdicts: { fr: 'Verdicts', en: 'Verdicts' },
    withdrawn: { fr: 'Champs disparus', en: 'Fields gone' },
    schemaDigest: { fr: 'Empreinte du schéma', en: 'Digest of the schema' },
    field: { fr: 'Champ', en: 'Field' },
    before: { fr: 'Avant', en: 'Before' },
    category: { fr: 'Catégorie', en: 'Category' },
    categories: { fr: 'Catégories', en: 'Categories' },
    batchSize: { fr: 'Personnes par ordre', en: 'Persons an order' },
    ordersPerMinute: { fr: 'Ordres par minute', en: 'Orders a minute' },
    hasHours: { fr: 'Heures d’envoi', en: 'Sending hours' },
    ...Object.fromEntries(categories.map((category) => [category, categoryLabel(category)])),
  },
  value: (name, code) => {
    if (name === 'channel') return channelText(code);
    if (name === 'declared') return declaredTexts[code] ?? null;
    const category = categories.find((known) => known === code);
    const isCategory = name === 'category' || name === 'categories' || name === 'before';
    return category !== undefined && isCategory ? categoryLabel(category) : null;
  },
};
