import type { Text } from '../kernel/index.ts';

export const words = {
  views: { fr: 'Vues', en: 'Views' },
  unfilled: { fr: 'Non renseigné', en: 'Not filled' },
  hidden: { fr: 'Objets que vous ne pouvez pas voir', en: 'Objects you can’t see' },
  yes: { fr: 'Oui', en: 'Yes' },
  no: { fr: 'Non', en: 'No' },
  count: { fr: 'Nombre', en: 'Count' },
  unit: { fr: 'Unité', en: 'Unit' },
  list: { fr: 'Liste', en: 'List' },
  move: { fr: 'Déplacer…', en: 'Move…' },
  noCard: { fr: 'Rien ici.', en: 'Nothing here.' },
  all: { fr: 'Tout voir', en: 'See all' },
  others: { fr: 'Les autres', en: 'The others' },
  nothing: { fr: 'Rien à dessiner', en: 'Nothing to draw' },
  nothingHint: {
    fr: 'Aucun objet que vous puissiez voir n’est concerné. Créez-en un, ou regardez une autre vue.',
    en: 'No object that you may see is concerned. Create one, or look at another view.',
  },
  picture: { fr: 'Image (SVG)', en: 'Picture (SVG)' },
  csv: { fr: 'Exporter (CSV)', en: 'Export (CSV)' },
  saved: { fr: 'Vues enregistrées', en: 'Saved views' },
  save: { fr: 'Enregistrer cette vue…', en: 'Save this view…' },
  change: { fr: 'Modifier la vue', en: 'Change the view' },
  unfit: { fr: 'ne va plus avec le modèle', en: 'no longer fits the model' },
  shared: { fr: 'partagée', en: 'shared' },
  moved: { fr: 'Déplacé.', en: 'Moved.' },
} as const satisfies Record<string, Text>;
