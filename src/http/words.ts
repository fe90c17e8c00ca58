import type { Text } from '../kernel/index.ts';

/** The short name of each status: the `title` of a problem, the heading of an error page. */
export const statusTitles: Readonly<Record<number, Text>> = {
  400: { fr: 'Demande mal formée', en: 'Malformed request' },
  401: { fr: 'Connexion nécessaire', en: 'Sign-in needed' },
  403: { fr: 'Accès refusé', en: 'Access refused' },
  404: { fr: 'Introuvable', en: 'Not found' },
  405: { fr: 'Méthode non prévue', en: 'Method not allowed' },
  409: { fr: 'Conflit', en: 'Conflict' },
  412: { fr: 'Version dépassée', en: 'Version out of date' },
  413: { fr: 'Envoi trop volumineux', en: 'Too large' },
  415: { fr: 'Format non pris en charge', en: 'Unsupported format' },
  422: { fr: 'Données refusées', en: 'Data refused' },
  429: { fr: 'Trop de tentatives', en: 'Too many attempts' },
  500: { fr: 'Incident', en: 'Something failed' },
  502: { fr: 'Service voisin en échec', en: 'Neighbouring service failed' },
  503: { fr: 'Momentanément indisponible', en: 'Unavailable for the moment' },
};

export const unknownStatus: Text = { fr: 'Demande refusée', en: 'Request refused' };

export const words = {
  notForApplications: {
    fr: 'La clé d’une application n’ouvre que ses propres ordres. Pour autre chose, demandez une clé d’API à un administrateur.',
    en: 'The key of an application only opens its own orders. For anything else ask an administrator for an API key.',
  },
  home: { fr: 'Retour à l’accueil', en: 'Back to the home page' },
  notFound: {
    fr: 'Cette adresse ne mène à rien, ou à quelque chose que vous ne pouvez pas voir. Vérifiez-la, ou partez de l’accueil.',
    en: 'This address leads nowhere, or to something you may not see. Check it, or start from the home page.',
  },
  signInNeeded: {
    fr: 'Connectez-vous, ou donnez une clé d’API valide dans l’en-tête Authorization.',
    en: 'Sign in, or give a valid API key in the Authorization header.',
  },
  readOnly: {
    fr: 'Le rôle d’auditeur lit tout et ne modifie rien.',
    en: 'The auditor’s role reads everything and changes nothing.',
  },
  csrf: {
    fr: 'Ce formulaire a expiré ou ne vient pas de ce site ; rien n’a été enregistré. Rechargez la page, puis recommencez.',
    en: 'This form has expired or does not come from this site; nothing was saved. Reload the page, then try again.',
  },
  malformedJson: {
    fr: 'Le corps de la requête n’est pas du JSON lisible.',
    en: 'The body of the request is not readable JSON.',
  },
  missingBody: {
    fr: 'Cette requête attend un corps JSON ; elle n’en avait pas.',
    en: 'This request takes a JSON body; it had none.',
  },
  malformedForm: {
    fr: 'Le formulaire reçu est illisible. Rechargez la page, puis recommencez.',
    en: 'The form could not be read. Reload the page, then try again.',
  },
  invalid: {
    fr: 'Certaines valeurs sont à corriger ; rien n’a été enregistré.',
    en: 'Some values need correcting; nothing was saved.',
  },
  invalidQuery: {
    fr: 'Certains paramètres de l’adresse sont à corriger.',
    en: 'Some parameters of the address need correcting.',
  },
  unavailable: {
    fr: 'La base de données ne répond pas. Rien n’a été perdu ; réessayez dans un instant.',
    en: 'The database does not answer. Nothing was lost; try again in a moment.',
  },
  stopping: {
    fr: 'Socle s’arrête ou a trop de pages ouvertes en direct ; réessayez dans un instant.',
    en: 'Socle is stopping, or has too many live pages open; try again in a moment.',
  },
} as const satisfies Record<string, Text>;

export const tooLarge = (limitBytes: number): Text => {
  const megabytes = (language: string) =>
    new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(limitBytes / 1_000_000);
  return {
    fr: `L’envoi doit faire moins de ${megabytes('fr')} Mo ; rien n’a été enregistré. Envoyez-le en plusieurs fois.`,
    en: `The body must be under ${megabytes('en')} MB; nothing was saved. Send it in several parts.`,
  };
};

export const unsupportedType = (taken: readonly string[]): Text => ({
  fr: `Cette adresse attend : ${taken.join(', ')} (en-tête Content-Type).`,
  en: `This address takes: ${taken.join(', ')} (Content-Type header).`,
});

export const methodNotAllowed = (allowed: readonly string[]): Text => ({
  fr: `Cette adresse accepte : ${allowed.join(', ')}.`,
  en: `This address accepts: ${allowed.join(', ')}.`,
});

export const incident = (id: string): Text => ({
  fr: `Une erreur que nous n’avions pas prévue s’est produite ; ce que vous envoyiez n’a pas été enregistré. Réessayez ; si elle revient, signalez l’incident ${id} à la personne qui exploite Socle.`,
  en: `An error we had not foreseen happened; what you were sending was not saved. Try again; if it comes back, report incident ${id} to whoever runs Socle.`,
});
