import type { Category } from '../../channels/index.ts';
import type { Text } from '../../kernel/index.ts';
import type { taskOutcomes, taskReasons } from './answer.ts';

export const words = {
  title: (application: string): Text => ({
    fr: `Données à effacer dans ${application}`,
    en: `Data to erase in ${application}`,
  }),
  lead: {
    fr: 'Retrouvez chaque personne par les identifiants donnés, effacez ce qui la concerne, puis dites ce qui a été fait. Rien n’est répondu tant que vous n’avez pas envoyé cette page.',
    en: 'Find each person by the identifiers given, erase what concerns them, then say what was done. Nothing is answered until you send this page.',
  },
  due: { fr: 'À répondre avant le', en: 'To be answered by' },
  order: { fr: 'Ordre', en: 'Order' },
  contact: { fr: 'Vous répondez comme', en: 'You answer as' },
  what: { fr: 'Ce qui est à faire', en: 'What is to be done' },
  whatLead: {
    fr: 'Pour chaque sorte de données que votre application garde. Ce qu’une obligation légale impose de garder reste : dites-le comme motif.',
    en: 'For each sort of data that your application keeps. What a legal duty requires to keep stays: say so as the reason.',
  },
  category: { fr: 'Données', en: 'Data' },
  toDo: { fr: 'À faire', en: 'To do' },
  person: (number: number, of: number): Text => ({
    fr: of === 1 ? 'La personne' : `Personne ${number} sur ${of}`,
    en: of === 1 ? 'The person' : `Person ${number} of ${of}`,
  }),
  outcome: { fr: 'Ce qui a été fait', en: 'What was done' },
  reason: { fr: 'Motif, si tout n’est pas effacé', en: 'Reason, if not everything is erased' },
  noReason: { fr: 'Sans objet', en: 'Not applicable' },
  until: { fr: 'Gardé jusqu’au', en: 'Kept until' },
  comment: { fr: 'Commentaire', en: 'Comment' },
  commentHint: {
    fr: 'Sans nom, adresse ni numéro de la personne : il est gardé comme preuve. 200 caractères.',
    en: 'Without name, address or number of the person: it is kept as proof. 200 characters.',
  },
  proof: { fr: 'Pièces jointes', en: 'Attachments' },
  proofHint: {
    fr: 'PDF, PNG ou JPEG, 2 Mo chacune, quatre au plus. Elles sont détruites avec les données de la personne ; leur empreinte reste.',
    en: 'PDF, PNG or JPEG, 2 MB each, four at most. They are destroyed with the person’s data; their digest stays.',
  },
  by: { fr: 'Votre nom', en: 'Your name' },
  byHint: {
    fr: 'Gardé avec votre adresse comme preuve de qui a répondu.',
    en: 'Kept with your address as proof of who answered.',
  },
  send: { fr: 'Envoyer la réponse', en: 'Send the answer' },
  closed: { fr: 'Cette tâche est terminée', en: 'This task is over' },
  closedLead: {
    fr: 'Sa réponse a été enregistrée, ou elle n’attend plus rien. Cette page ne montre plus aucune donnée personnelle.',
    en: 'Its answer was recorded, or nothing more is awaited of it. This page no longer shows any personal data.',
  },
  already: {
    fr: 'Quelqu’un d’autre a déjà répondu : la première réponse est gardée, la vôtre ne l’est pas. Si elle est fausse, écrivez au délégué à la protection des données.',
    en: 'Someone else has already answered: the first answer is kept, yours is not. If it is wrong, write to the data protection officer.',
  },
  answered: { fr: 'Merci, votre réponse est enregistrée.', en: 'Thank you, your answer is recorded.' },
  held: { fr: 'N’effacez rien pour l’instant', en: 'Erase nothing for now' },
  heldLead: {
    fr: 'Un gel légal retient ces données. Vous recevrez un nouveau message quand il sera levé.',
    en: 'A legal hold keeps these data. You will get a new message when it is released.',
  },
  expired: { fr: 'Ce lien a expiré', en: 'This link has expired' },
  expiredLead: (address: string): Text => ({
    fr: `Demandez-en un nouveau : il sera envoyé à ${address}, et à personne d’autre.`,
    en: `Ask for a fresh one: it will be sent to ${address}, and to nobody else.`,
  }),
  fresh: { fr: 'Recevoir un nouveau lien', en: 'Get a fresh link' },
  freshSent: {
    fr: 'Un nouveau lien vient d’être envoyé à votre adresse.',
    en: 'A fresh link was just sent to your address.',
  },
  lost: { fr: 'Cette page n’existe pas', en: 'There is no such page' },
  lostLead: {
    fr: 'Le lien est incomplet, ou votre adresse n’est plus contact de cette application.',
    en: 'The link is incomplete, or your address is no longer a contact of this application.',
  },
} as const;

export const outcomeWords: Readonly<Record<(typeof taskOutcomes)[number], Text>> = {
  executed: { fr: 'Tout est effacé', en: 'Everything is erased' },
  partly: { fr: 'Effacé en partie', en: 'Partly erased' },
  refused: { fr: 'Rien n’est effacé, pour un motif', en: 'Nothing is erased, for a reason' },
  not_found: { fr: 'Personne introuvable', en: 'Person not found' },
};

export const reasonWords: Readonly<Record<(typeof taskReasons)[number], Text>> = {
  legal_duty: { fr: 'Obligation légale de conservation', en: 'Legal duty to keep' },
  claim: { fr: 'Contentieux ou réclamation en cours', en: 'Legal claim under way' },
  hold: { fr: 'Gel demandé par l’organisation', en: 'Hold asked by the organisation' },
  identity_ambiguous: { fr: 'Plusieurs personnes possibles', en: 'Several persons could be meant' },
  not_our_data: { fr: 'Ces données ne sont pas les nôtres', en: 'These data are not ours' },
  technical: { fr: 'Impossible techniquement', en: 'Technically impossible' },
  other: { fr: 'Autre, dit en commentaire', en: 'Other, told in the comment' },
};

/** What a person does, by sort of data: told once, for all the persons of the order. */
export const instructions: readonly (readonly [Category, Text])[] = [
  ['identity', { fr: 'Effacer la fiche, ou vider nom et prénom', en: 'Delete the record, or empty the names' }],
  ['contact', { fr: 'Effacer e-mail, téléphones, adresses', en: 'Erase e-mail, telephones, addresses' }],
  ['preference', { fr: 'Effacer abonnements et préférences', en: 'Erase subscriptions and preferences' }],
  ['bank', { fr: 'Effacer cartes et comptes ; garder les factures', en: 'Erase cards and accounts; keep invoices' }],
  ['free_text', { fr: 'Vider notes, commentaires, échanges', en: 'Empty notes, comments, exchanges' }],
  ['image', { fr: 'Effacer photos, documents, enregistrements', en: 'Erase photos, documents, recordings' }],
  [
    'none',
    { fr: 'Et les copies : exports, tableurs, impressions', en: 'And copies: exports, spreadsheets, printouts' },
  ],
];

export const otherData: Text = { fr: 'ailleurs', en: 'elsewhere' };
