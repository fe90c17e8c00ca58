import { counted, type Text } from '../kernel/index.ts';

/** The kit's own words. A component never holds a sentence: it takes one, or takes it from here. */
export const words = {
  skip: { fr: 'Aller au contenu', en: 'Skip to content' },
  menu: { fr: 'Menu', en: 'Menu' },
  mainMenu: { fr: 'Navigation principale', en: 'Main navigation' },
  breadcrumbs: { fr: 'Fil d’Ariane', en: 'Breadcrumb' },
  search: { fr: 'Rechercher', en: 'Search' },
  create: { fr: 'Créer', en: 'Create' },
  notifications: { fr: 'Notifications', en: 'Notifications' },
  language: { fr: 'Langue', en: 'Language' },
  theme: { fr: 'Apparence', en: 'Appearance' },
  themeAuto: { fr: 'Automatique', en: 'Automatic' },
  themeLight: { fr: 'Claire', en: 'Light' },
  themeDark: { fr: 'Sombre', en: 'Dark' },
  slashKey: { fr: 'Touche « / » pour rechercher', en: '“/” key to search' },
  signOut: { fr: 'Se déconnecter', en: 'Sign out' },
  account: { fr: 'Mon compte', en: 'My account' },
  palette: { fr: 'Aller à…', en: 'Go to…' },
  paletteHint: { fr: 'Tapez le nom d’une page ou d’une action', en: 'Type the name of a page or of an action' },
  paletteActions: { fr: 'Sur cette page', en: 'On this page' },
  paletteEmpty: { fr: 'Rien à ce nom.', en: 'Nothing by that name.' },
  close: { fr: 'Fermer', en: 'Close' },
  optional: { fr: 'facultatif', en: 'optional' },
  choose: { fr: 'Choisir…', en: 'Choose…' },
  filters: { fr: 'Filtres', en: 'Filters' },
  apply: { fr: 'Filtrer', en: 'Filter' },
  clear: { fr: 'Tout effacer', en: 'Clear all' },
  any: { fr: 'Tous', en: 'Any' },
  pages: { fr: 'Pages de la liste', en: 'Pages of the list' },
  previous: { fr: 'Précédents', en: 'Previous' },
  next: { fr: 'Suivants', en: 'Next' },
  firstPage: { fr: 'Début', en: 'Start' },
  why: { fr: 'Pourquoi ?', en: 'Why?' },
  rule: { fr: 'Règle', en: 'Rule' },
  source: { fr: 'Source', en: 'Source' },
  copy: { fr: 'Copier', en: 'Copy' },
  copied: { fr: 'Copié', en: 'Copied' },
  state: { fr: 'État', en: 'State' },
  notYet: { fr: 'Pas possible pour l’instant', en: 'Not possible yet' },
  reload: { fr: 'Actualiser la page', en: 'Refresh this page' },
  noScript: {
    fr: 'Cette page se met à jour seule quand JavaScript est actif.',
    en: 'This page updates by itself when JavaScript is on.',
  },
  failed: {
    fr: 'La mise à jour n’a pas abouti. Rien n’a été modifié ; réessayez.',
    en: 'The update did not go through. Nothing was changed; try again.',
  },
  updated: { fr: 'Page mise à jour', en: 'Page updated' },
  rate: { fr: 'Rythme', en: 'Rate' },
  timeLeft: { fr: 'Temps restant', en: 'Time left' },
  errors: { fr: 'Erreurs', en: 'Errors' },
  stepDone: { fr: 'fait', en: 'done' },
  stepNow: { fr: 'en cours', en: 'in progress' },
  stepLater: { fr: 'à venir', en: 'to come' },
  stepSkipped: { fr: 'sans objet', en: 'not needed' },
  emptyValue: { fr: 'Non renseigné', en: 'Not given' },
  changedTo: { fr: 'devient', en: 'became' },
  lastAnswer: { fr: 'Dernière réponse', en: 'Last answer' },
  clockMet: { fr: 'Délai tenu', en: 'Deadline met' },
  clockMissed: { fr: 'Délai dépassé à la clôture', en: 'Closed after the deadline' },
  dueToday: { fr: 'Échéance aujourd’hui', en: 'Due today' },
} as const satisfies Record<string, Text>;

export const errorsToCorrect = (count: number): Text =>
  counted(
    count,
    { fr: 'erreur à corriger avant de continuer', en: 'error to correct before going on' },
    { fr: 'erreurs à corriger avant de continuer', en: 'errors to correct before going on' },
  );

export const daysLeft = (days: number): Text =>
  counted(days, { fr: 'jour restant', en: 'day left' }, { fr: 'jours restants', en: 'days left' });

export const daysLate = (days: number): Text =>
  counted(days, { fr: 'jour de retard', en: 'day late' }, { fr: 'jours de retard', en: 'days late' });

export const unread = (count: number): Text =>
  counted(count, { fr: 'non lue', en: 'unread' }, { fr: 'non lues', en: 'unread' });
