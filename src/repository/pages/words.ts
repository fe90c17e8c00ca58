import { type Category, categoryText } from '../../channels/index.ts';
import { counted, type Text } from '../../kernel/index.ts';
import type { MenuSection, Tone } from '../../ui/index.ts';

/** The heading of the repository in the left menu. */
export const repositorySection: MenuSection = {
  id: 'repository',
  text: { fr: 'Référentiel', en: 'Repository' },
  order: 30,
};

export const words = {
  applications: { fr: 'Applications', en: 'Applications' },
  application: { fr: 'Application', en: 'Application' },
  name: { fr: 'Nom', en: 'Name' },
  channel: { fr: 'Canal', en: 'Channel' },
  personalData: { fr: 'Données personnelles', en: 'Personal data' },
  freshness: { fr: 'Fraîcheur', en: 'Freshness' },
  lastHarvest: { fr: 'Dernière moisson', en: 'Last harvest' },
  undecided: { fr: 'À décider', en: 'To decide' },
  overview: { fr: 'Connexion', en: 'Connection' },
  dictionary: { fr: 'Dictionnaire', en: 'Dictionary' },
  views: { fr: 'Vues', en: 'Views' },
  conformance: { fr: 'Conformité', en: 'Conformance' },
  plan: { fr: 'Plan d’effacement', en: 'Erasure plan' },
  orders: { fr: 'Ordres', en: 'Orders' },
  field: { fr: 'Champ', en: 'Field' },
  table: { fr: 'Table', en: 'Table' },
  type: { fr: 'Type', en: 'Type' },
  category: { fr: 'Catégorie', en: 'Category' },
  confidence: { fr: 'Confiance', en: 'Confidence' },
  comment: { fr: 'Commentaire', en: 'Comment' },
  harvest: { fr: 'Moissonner le schéma', en: 'Harvest the schema' },
  changes: { fr: 'Champs', en: 'Fields' },
  never: { fr: 'Jamais', en: 'Never' },
  rows: { fr: 'Lignes', en: 'Rows' },
  noApplication: { fr: 'Aucune application', en: 'No application' },
  noMatch: { fr: 'Aucune application ne porte ce nom', en: 'No application has this name' },
} as const satisfies Readonly<Record<string, Text>>;

const channelTexts: Readonly<Record<string, Text>> = {
  sql: { fr: 'SQL', en: 'SQL' },
  webhook: { fr: 'Webhook', en: 'Webhook' },
  pull: { fr: 'Relève par l’application', en: 'Pulled by the application' },
  file: { fr: 'Dépôt de fichiers', en: 'File drop' },
  email: { fr: 'Courriel', en: 'E-mail' },
};

export function channelText(channel: string | null): Text {
  return channelTexts[channel ?? ''] ?? { fr: 'Non reliée', en: 'Not connected' };
}

export function fieldsText(count: number): Text {
  return counted(count, { fr: 'champ', en: 'field' }, { fr: 'champs', en: 'fields' });
}

/** `12 champs sur 40`. */
export function shareText(some: number, all: number): Text {
  return { fr: `${some} sur ${all}`, en: `${some} of ${all}` };
}

/** With its initial in upper case, as a label. */
export function categoryLabel(category: Category): Text {
  const { fr, en } = categoryText(category);
  return { fr: fr.charAt(0).toUpperCase() + fr.slice(1), en: en.charAt(0).toUpperCase() + en.slice(1) };
}

/** Special categories and bank data stand out; what isn't personal stays quiet. */
export function categoryTone(category: Category): Tone {
  switch (category) {
    case 'health':
    case 'sensitive':
      return 'bad';
    case 'bank':
      return 'warning';
    case 'technical':
    case 'none':
      return 'neutral';
    default:
      return 'accent';
  }
}

const dayMs = 86_400_000;

/** A schema read less than a month ago is fresh: applications are delivered about monthly. */
export function freshnessOf(harvestedAt: Date | null, now: Date): { readonly tone: Tone; readonly text: Text } {
  if (harvestedAt === null) return { tone: 'warning', text: { fr: 'Jamais lue', en: 'Never read' } };
  const days = Math.floor((now.getTime() - harvestedAt.getTime()) / dayMs);
  if (days <= 30) return { tone: 'good', text: { fr: 'À jour', en: 'Fresh' } };
  return { tone: 'warning', text: { fr: 'À actualiser', en: 'Stale' } };
}

/** `identifiant`: what a kind of identifier is called; an unknown kind keeps its own name. */
export function kindText(kind: string): Text {
  const known: Readonly<Record<string, Text>> = {
    email: { fr: 'E-mail', en: 'E-mail' },
    phone: { fr: 'Téléphone', en: 'Telephone' },
    customer_id: { fr: 'Numéro de client', en: 'Customer number' },
    loyalty_number: { fr: 'Numéro de fidélité', en: 'Loyalty number' },
    national_id: { fr: 'Numéro national', en: 'National number' },
    username: { fr: 'Nom de connexion', en: 'Sign-in name' },
    employee_id: { fr: 'Matricule', en: 'Staff number' },
    iban: { fr: 'IBAN', en: 'IBAN' },
  };
  return known[kind] ?? { fr: kind, en: kind };
}

/** What a harvest did, in a sentence. */
export function harvestedText(summary: {
  readonly fields: number;
  readonly created: number;
  readonly changed: number;
  readonly withdrawn: number;
  readonly undecided: number;
}): Text {
  const { fr, en } = changesText(summary);
  const { created, changed, withdrawn, undecided } = summary;
  if (created + changed + withdrawn === 0) return { fr: `Schéma lu : ${fr}.`, en: `Schema read: ${en}.` };
  return {
    fr: `Schéma lu : ${fr} ; ${undecided} à décider.`,
    en: `Schema read: ${en}; ${undecided} to decide.`,
  };
}

/** `112 créés, 3 retirés`: the fields that a harvest changed, or that it changed none. */
export function changesText(harvest: {
  readonly created: number;
  readonly changed: number;
  readonly withdrawn: number;
}): Text {
  const { created, changed, withdrawn } = harvest;
  const parts = [
    { count: created, fr: 'créés', en: 'created' },
    { count: changed, fr: 'changés', en: 'changed' },
    { count: withdrawn, fr: 'retirés', en: 'withdrawn' },
  ].filter(({ count }) => count > 0);
  if (parts.length === 0) return { fr: 'rien n’a changé', en: 'nothing changed' };
  return {
    fr: parts.map(({ count, fr }) => `${count} ${count === 1 ? fr.slice(0, -1) : fr}`).join(', '),
    en: parts.map(({ count, en }) => `${count} ${en}`).join(', '),
  };
}
