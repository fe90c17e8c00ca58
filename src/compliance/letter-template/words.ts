import type { Text } from '../../kernel/index.ts';
import type { LetterKind } from '../letters/index.ts';

export const letterNames: Readonly<Record<LetterKind, Text>> = {
  acknowledgement: { fr: 'Accusé de réception', en: 'Acknowledgement' },
  identity_request: { fr: 'Demande d’informations d’identité', en: 'Request for identity information' },
  extension: { fr: 'Prolongation du délai', en: 'Extension' },
  complete_answer: { fr: 'Réponse complète', en: 'Complete answer' },
  partial_answer: { fr: 'Réponse partielle', en: 'Partial answer' },
  not_found: { fr: 'Aucune donnée trouvée', en: 'No data found' },
  refusal: { fr: 'Refus motivé', en: 'Refusal with reasons' },
};

/** The words of the pages where letters are edited. */
export const templateWords = {
  menu: { fr: 'Lettres', en: 'Letters' },
  title: { fr: 'Lettres aux personnes', en: 'Letters to persons' },
  lead: {
    fr: 'Les mots de chaque lettre, par langue et par responsable de traitement. Ceux de Socle servent tant que vous n’en écrivez pas d’autres.',
    en: 'The words of each letter, by language and controller. Socle’s own serve as long as you write no others.',
  },
  letter: { fr: 'Lettre', en: 'Letter' },
  words: { fr: 'Texte', en: 'Words' },
  yours: { fr: 'Le vôtre', en: 'Yours' },
  shipped: { fr: 'Celui de Socle', en: 'Socle’s' },
  languages: { fr: { fr: 'français', en: 'French' }, en: { fr: 'anglais', en: 'English' } },
  controller: { fr: 'Responsable de traitement', en: 'Controller' },
  allControllers: { fr: 'Tous', en: 'All' },
  editLead: {
    fr: 'Du texte, et des champs entre accolades que Socle remplit. Un paragraphe dont un champ est vide est omis en entier ; une ligne vide sépare les paragraphes.',
    en: 'Text, and placeholders between braces that Socle fills in. A paragraph with an empty placeholder is left out whole; an empty line separates paragraphs.',
  },
  subject: { fr: 'Objet', en: 'Subject' },
  body: { fr: 'Lettre', en: 'Letter' },
  save: { fr: 'Enregistrer', en: 'Save' },
  see: { fr: 'Aperçu', en: 'Preview' },
  revert: { fr: 'Revenir au texte fourni', en: 'Revert to the shipped words' },
  saved: {
    fr: 'Lettre enregistrée : les prochaines partiront ainsi.',
    en: 'Letter saved: the next ones leave like this.',
  },
  reverted: { fr: 'Retour au texte fourni.', en: 'Back to the shipped words.' },
  preview: { fr: 'Aperçu, avec une demande inventée', en: 'Preview, with an invented request' },
  placeholders: { fr: 'Champs possibles', en: 'Possible placeholders' },
  required: { fr: 'nécessaire', en: 'required' },
  history: { fr: 'Versions', en: 'Versions' },
  changed: { fr: 'Texte modifié', en: 'Words changed' },
  wentBack: { fr: 'Retour au texte fourni', en: 'Back to the shipped words' },
  retention: { fr: 'Conservation des dossiers', en: 'Retention of files' },
  retentionLead: {
    fr: 'Le dossier d’une demande terminée est gardé pour répondre à une réclamation, puis ses valeurs personnelles sont oubliées ; les preuves, qui n’en contiennent pas, restent.',
    en: 'The file of a request that is over is kept to answer a complaint, then its personal values are forgotten; the evidence, which holds none, stays.',
  },
  keptFor: { fr: 'Gardé', en: 'Kept for' },
  months: { fr: 'Durée, en mois', en: 'Period, in months' },
  source: { fr: 'Source', en: 'Source' },
  sourceHint: {
    fr: 'Un article, une délibération, une décision interne.',
    en: 'An article, a deliberation, an internal decision.',
  },
  changeRetention: { fr: 'Changer la durée', en: 'Change the period' },
  retentionNote: {
    fr: 'La nouvelle durée vaut aussi pour les dossiers déjà gardés.',
    en: 'The new period holds for the files already kept too.',
  },
  retentionSet: { fr: 'Durée enregistrée.', en: 'Period saved.' },
  cancel: { fr: 'Annuler', en: 'Cancel' },
} as const;
