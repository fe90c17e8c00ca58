import type { Text } from '../../kernel/index.ts';

export const fileWords = {
  attachments: { fr: 'Pièces jointes', en: 'Attachments' },
  attachment: { fr: 'Pièce jointe', en: 'Attachment' },
  none: { fr: 'Aucune pièce jointe', en: 'No attachment' },
  noneHint: { fr: 'Ce qui sera joint paraîtra ici.', en: 'What is attached will show here.' },
  noneHintWriter: { fr: 'Joignez un devis, une photo, un contrat…', en: 'Attach a quotation, a photo, a contract…' },
  name: { fr: 'Fichier', en: 'File' },
  size: { fr: 'Taille', en: 'Size' },
  added: { fr: 'Ajouté', en: 'Added' },
  by: { fr: 'Par', en: 'By' },
  choose: { fr: 'Choisir des fichiers', en: 'Choose files' },
  attach: { fr: 'Joindre', en: 'Attach' },
  attached: { fr: 'Joint.', en: 'Attached.' },
  remove: { fr: 'Retirer', en: 'Remove' },
  action: { fr: 'Action', en: 'Action' },
  removed: { fr: 'Retiré.', en: 'Removed.' },
  dropHere: { fr: 'Déposez les fichiers ici', en: 'Drop the files here' },
  checking: { fr: 'En cours de vérification', en: 'Being checked' },
  quarantined: { fr: 'Refusé : logiciel malveillant', en: 'Refused: malware' },
  present: { fr: 'Fichier actuel :', en: 'Present file:' },
  removeFile: { fr: 'Retirer ce fichier', en: 'Remove this file' },
  nothingChosen: { fr: 'Choisissez au moins un fichier.', en: 'Choose at least one file.' },
} as const satisfies Record<string, Text>;

export const atMost = (limitBytes: number): Text => {
  const mega = Math.floor(limitBytes / 1_000_000);
  return { fr: `${mega} Mo au plus par fichier.`, en: `At most ${mega} MB a file.` };
};
