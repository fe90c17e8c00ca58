/** The words of the forms that act on a request. */
export const acts = {
  qualified: { fr: 'Demande qualifiée.', en: 'Request qualified.' },
  planned: { fr: 'Plan arrêté.', en: 'Plan frozen.' },
  started: { fr: 'Les ordres de purge partent.', en: 'The purge orders are leaving.' },
  taken: { fr: 'Vous suivez cette demande.', en: 'You follow this request.' },
  assigned: { fr: 'Demande confiée ; votre collègue est prévenu.', en: 'Request assigned; your colleague is told.' },
  unassigned: { fr: 'Plus personne ne suit cette demande.', en: 'Nobody follows this request any more.' },
  noted: { fr: 'Note ajoutée.', en: 'Note added.' },
  identified: { fr: 'Identité établie.', en: 'Identity established.' },
  asked: {
    fr: 'Le délai est suspendu jusqu’à l’arrivée des informations.',
    en: 'The clock stands still until the information arrives.',
  },
  refused: { fr: 'Demande refusée, lettre envoyée.', en: 'Request refused, letter sent.' },
  withdrawn: { fr: 'Retrait enregistré.', en: 'Withdrawal recorded.' },
  extended: { fr: 'Délai prolongé, lettre envoyée.', en: 'Period extended, letter sent.' },
  drafted: { fr: 'Projet gardé.', en: 'Draft kept.' },
  sent: { fr: 'Réponse envoyée.', en: 'Answer sent.' },
  toPost: {
    fr: 'Réponse enregistrée. Remettez le PDF à la personne : elle n’a pas d’adresse e-mail.',
    en: 'Answer recorded. Hand the PDF to the person: they have no e-mail address.',
  },
  posted: { fr: 'C’est noté : Socle oublie maintenant la personne.', en: 'Noted: Socle now forgets the person.' },
  cancel: { fr: 'Annuler', en: 'Cancel' },

  note: { fr: 'Note', en: 'Note' },
  noteLead: {
    fr: 'Pour vos collègues. Chiffrée sous le secret de la personne, et détruite avec lui.',
    en: 'For your colleagues. Encrypted under the person’s secret, and destroyed with it.',
  },
  addNote: { fr: 'Ajouter la note', en: 'Add the note' },

  assign: { fr: 'Confier la demande', en: 'Assign the request' },
  assignLead: {
    fr: 'À quelqu’un qui peut traiter les demandes de ce responsable de traitement. Un message le prévient : il ne dit que le numéro.',
    en: 'To someone who may handle this controller’s requests. A message tells them: it says the number alone.',
  },
  assignee: { fr: 'Suivie par', en: 'Assigned to' },
  nobody: { fr: 'Personne', en: 'Nobody' },
  assignEnd: { fr: 'Confier', en: 'Assign' },

  identity: { fr: 'Établir l’identité', en: 'Establish the identity' },
  identityLead: {
    fr: 'Tout moyen raisonnable convient (RGPD, art. 12). Ce que vous cochez est inscrit au journal, à votre nom.',
    en: 'Any reasonable means will do (GDPR art. 12). What you tick goes into the journal, under your name.',
  },
  how: { fr: 'Comment le savez-vous ?', en: 'How do you know?' },
  proofNeeded: { fr: 'Dites comment vous le savez.', en: 'Say how you know.' },
  proofHints: {
    contact_channel: {
      fr: 'Elle a répondu depuis une adresse ou un numéro que vous connaissiez déjà.',
      en: 'They answered from an address or number you already knew.',
    },
    signed_in: { fr: 'Elle a fait la demande depuis son compte.', en: 'They asked from their account.' },
    operator: { fr: 'Vous la connaissez ou l’avez devant vous.', en: 'You know them or they stand before you.' },
    document: {
      fr: 'Seulement en cas de doute raisonnable. La pièce est détruite après vérification et n’entre pas dans Socle.',
      en: 'On reasonable doubt only. The document is destroyed after the check and never enters Socle.',
    },
  },
  checked: { fr: 'Ce qui a été vérifié', en: 'What was checked' },
  checkedHint: { fr: 'En quelques mots, sans recopier de pièce.', en: 'In a few words, without copying any document.' },
  identityEnd: { fr: 'Constater l’identité', en: 'Establish the identity' },

  ask: { fr: 'Demander des informations d’identité', en: 'Ask for identity information' },
  askLead: {
    fr: 'Seulement en cas de doute raisonnable (RGPD, art. 12, § 6), et sans tarder : le délai est suspendu jusqu’à leur arrivée.',
    en: 'On reasonable doubt only (GDPR art. 12(6)), and without delay: the clock stands still until it arrives.',
  },
  doubt: { fr: 'Pourquoi doutez-vous ?', en: 'Why do you doubt?' },
  doubts: [
    {
      value: 'no_known_channel',
      text: { fr: 'La demande vient d’un canal inconnu', en: 'The request comes from an unknown channel' },
    },
    {
      value: 'conflicting_details',
      text: { fr: 'Des renseignements se contredisent', en: 'Details contradict each other' },
    },
    {
      value: 'shared_identifier',
      text: {
        fr: 'L’identifiant est partagé avec quelqu’un d’autre',
        en: 'The identifier is shared with someone else',
      },
    },
  ],
  askEnd: { fr: 'Suspendre le délai', en: 'Suspend the clock' },

  refuse: { fr: 'Refuser la demande', en: 'Refuse the request' },
  refuseLead: {
    fr: 'La lettre dit le motif, vos raisons, le droit de saisir la CNIL et le recours devant un tribunal (RGPD, art. 12, § 4).',
    en: 'The letter tells the ground, your reasons, the right to complain to the CNIL and the judicial remedy (GDPR art. 12(4)).',
  },
  ground: { fr: 'Motif', en: 'Ground' },
  reasons: { fr: 'Raisons, telles que la personne les lira', en: 'Reasons, as the person will read them' },
  reasonsHint: {
    fr: 'Nécessaires pour presque tous les motifs : c’est à vous de démontrer qu’il tient.',
    en: 'Needed for nearly every ground: it is for you to demonstrate that it holds.',
  },
  refuseEnd: { fr: 'Refuser et envoyer la lettre', en: 'Refuse and send the letter' },

  withdraw: { fr: 'Enregistrer le retrait', en: 'Record the withdrawal' },
  withdrawLead: {
    fr: 'La personne renonce à sa demande. Rien ne sera effacé, et la demande s’arrête là.',
    en: 'The person gives their request up. Nothing will be erased, and the request ends here.',
  },
  withdrawEnd: { fr: 'La personne retire sa demande', en: 'The person withdraws the request' },

  extend: { fr: 'Prolonger le délai de deux mois', en: 'Extend the period by two months' },
  extendLead: {
    fr: 'Possible une fois, si la personne en est prévenue, avec les raisons, pendant le premier mois (RGPD, art. 12, § 3). La lettre part tout de suite.',
    en: 'Possible once, if the person is told, with the reasons, within the first month (GDPR art. 12(3)). The letter leaves at once.',
  },
  extendWhy: { fr: 'Ce qui le justifie', en: 'What justifies it' },
  extensions: [
    { value: 'complexity', text: { fr: 'La complexité de la demande', en: 'The complexity of the request' } },
    { value: 'number_of_requests', text: { fr: 'Le nombre de demandes', en: 'The number of requests' } },
  ],
  extendHint: {
    fr: 'Des faits : quelles applications, quel obstacle, jusqu’à quand.',
    en: 'Facts: which applications, what obstacle, until when.',
  },
  extendEnd: { fr: 'Prolonger et prévenir la personne', en: 'Extend and tell the person' },
} as const;
