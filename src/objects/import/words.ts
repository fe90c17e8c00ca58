import { counted, type Text } from '../../kernel/index.ts';

/** Words of the pages of imports. */
export const words = {
  imports: { fr: 'Imports', en: 'Imports' },
  import: { fr: 'Importer', en: 'Import' },
  file: { fr: 'Fichier', en: 'File' },
  fileHint: {
    fr: 'CSV (avec une ligne de titres), JSON ou NDJSON ; jusqu’à 500 Mo. Rien ne sera écrit avant votre accord.',
    en: 'CSV (with a line of titles), JSON or NDJSON; up to 500 MB. Nothing will be written before you agree.',
  },
  noFile: { fr: 'Choisissez un fichier.', en: 'Choose a file.' },
  send: { fr: 'Envoyer le fichier', en: 'Send the file' },
  lead: {
    fr: 'Envoyez un fichier : vous verrez ses colonnes, puis tout ce qu’il changerait et tout ce qui ne va pas, ligne par ligne, avant que rien ne soit écrit.',
    en: 'Send a file: you will see its columns, then all it would change and all that is wrong, line by line, before anything is written.',
  },
  columns: { fr: 'Ce que remplit chaque colonne', en: 'What each column fills' },
  columnsLead: {
    fr: 'Une proposition d’après les titres et le contenu : corrigez-la au besoin.',
    en: 'A proposal from the titles and the content: change it where needed.',
  },
  leftOut: { fr: 'Ne pas importer', en: 'Leave out' },
  how: { fr: 'Ce qui est fait de chaque ligne', en: 'What is done with each line' },
  key: { fr: 'Reconnaître un objet qui existe déjà à', en: 'Recognise an object that exists already by' },
  keyHint: {
    fr: 'Ensemble, s’il y en a plusieurs. Aucun : chaque ligne est un nouvel objet.',
    en: 'Together, when there are several. None: each line is a new object.',
  },
  existing: { fr: 'S’il existe déjà', en: 'When it exists already' },
  missing: { fr: 'S’il n’existe pas encore', en: 'When it doesn’t exist yet' },
  empty: { fr: 'Une cellule vide', en: 'An empty cell' },
  update: { fr: 'Le modifier', en: 'Change it' },
  create: { fr: 'Le créer', en: 'Create it' },
  skip: { fr: 'Passer la ligne', en: 'Skip the line' },
  refuse: { fr: 'Refuser la ligne', en: 'Refuse the line' },
  keep: { fr: 'Laisse la valeur présente', en: 'Leaves the present value' },
  clear: { fr: 'Efface la valeur présente', en: 'Empties the present value' },
  reading: { fr: 'Comment lire les valeurs', en: 'How values are read' },
  dates: { fr: 'Dates comme 03/04/2026', en: 'Dates such as 03/04/2026' },
  dmy: { fr: 'Le jour d’abord : 3 avril', en: 'Day first: 3 April' },
  mdy: { fr: 'Le mois d’abord : 4 mars', en: 'Month first: March 4' },
  separator: { fr: 'Entre plusieurs choix d’une cellule', en: 'Between several choices in a cell' },
  currency: { fr: 'Devise, où elle n’est pas dite', en: 'Currency, where it isn’t said' },
  check: { fr: 'Vérifier le fichier', en: 'Check the file' },
  checkAgain: { fr: 'Changer et vérifier encore', en: 'Change and check again' },
  cancel: { fr: 'Abandonner', en: 'Cancel' },
  pause: { fr: 'Mettre en pause', en: 'Pause' },
  resume: { fr: 'Reprendre', en: 'Resume' },
  paused: { fr: 'En pause', en: 'Paused' },
  wouldBe: { fr: 'Ce que ferait l’import', en: 'What the import would do' },
  wasDone: { fr: 'Ce que l’import a fait', en: 'What the import did' },
  created: { fr: 'Créés', en: 'Created' },
  updated: { fr: 'Modifiés', en: 'Changed' },
  toCreate: { fr: 'À créer', en: 'To create' },
  toUpdate: { fr: 'À modifier', en: 'To change' },
  seeResult: { fr: 'Voir le résultat', en: 'See the result' },
  same: { fr: 'Déjà ainsi', en: 'Already so' },
  skipped: { fr: 'Passées', en: 'Skipped' },
  refused: { fr: 'Lignes refusées', en: 'Lines refused' },
  kept: { fr: 'Restés : changés depuis', en: 'Stayed: changed since' },
  keptHint: {
    fr: 'Ces objets ont changé depuis l’import, d’autres y renvoient, ou vos droits ne les couvrent pas : ils sont restés comme ils étaient.',
    en: 'These objects changed since the import, others refer to them, or your rights don’t cover them: they stayed as they were.',
  },
  applyAll: { fr: 'Tout écrire', en: 'Write everything' },
  applyAllHint: {
    fr: 'Tout ou rien : si une seule ligne ne peut plus l’être, rien n’est écrit. Pendant ce temps, qui crée un objet de ce type attend.',
    en: 'All or nothing: if a single line can’t be any more, nothing is written. Meanwhile, whoever creates an object of this type waits.',
  },
  applyGood: { fr: 'Écrire les bonnes lignes seulement', en: 'Write the good lines only' },
  applyGoodHint: {
    fr: 'Par lots de 2 000 lignes, sans faire attendre personne ; ce qui est refusé reste listé ici.',
    en: 'In lots of 2,000 lines, with nobody waiting; what is refused stays listed here.',
  },
  problems: { fr: 'Ce qui ne va pas', en: 'What is wrong' },
  download: { fr: 'Tout télécharger (CSV)', en: 'Download all (CSV)' },
  line: { fr: 'Ligne', en: 'Line' },
  column: { fr: 'Colonne', en: 'Column' },
  problem: { fr: 'Problème', en: 'Problem' },
  noProblem: { fr: 'Rien à corriger', en: 'Nothing to mend' },
  noProblemHint: { fr: 'Chaque ligne peut être écrite.', en: 'Each line can be written.' },
  undo: { fr: 'Annuler cet import', en: 'Undo this import' },
  undoTitle: { fr: 'Revenir en arrière', en: 'Take it back' },
  undoHint: {
    fr: 'Ce que l’import a créé est supprimé, ce qu’il a modifié redevient comme avant. Ce qui a changé depuis reste, et vous est dit.',
    en: 'What the import created is deleted, what it changed is as before. What changed since stays, and you are told.',
  },
  type: { fr: 'Type', en: 'Type' },
  state: { fr: 'Avancement', en: 'Progress' },
  sent: { fr: 'Envoyé', en: 'Sent' },
  none: { fr: 'Aucun import', en: 'No import' },
  noneHint: {
    fr: 'Un import commence par la liste d’un type d’objets : « Importer ».',
    en: 'An import begins on the list of a type of objects: “Import”.',
  },
  seeList: { fr: 'Voir la liste', en: 'See the list' },
  failed: {
    fr: 'Le fichier n’a pas pu être lu jusqu’au bout ; rien n’a été écrit.',
    en: 'The file could not be read to its end; nothing was written.',
  },
} as const satisfies Record<string, Text>;

export const importTitle = (label: Text): Text => ({ fr: `Importer : ${label.fr}`, en: `Import: ${label.en}` });

export const examples = (values: readonly string[]): Text => ({
  fr: `Par exemple : ${values.join(' · ')}`,
  en: `For example: ${values.join(' · ')}`,
});

export const firstProblems = (shown: number, refused: number): Text => {
  const lines = counted(
    refused,
    { fr: 'ligne refusée', en: 'line refused' },
    { fr: 'lignes refusées', en: 'lines refused' },
  );
  return {
    fr: `${lines.fr} ; voici les ${shown} premiers problèmes.`,
    en: `${lines.en}; here are the first ${shown} problems.`,
  };
};
