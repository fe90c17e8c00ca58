import type { Text } from '../../kernel/index.ts';

/** What a customer of the organisation reads: plain words, no vocabulary of ours. */
export const words = {
  title: (organisation: string): Text => ({
    fr: `Effacer mes données : ${organisation}`,
    en: `Erase my data: ${organisation}`,
  }),
  lead: {
    fr: 'Vous avez le droit de demander l’effacement de vos données personnelles (RGPD, article 17). La réponse vous parvient dans un délai d’un mois.',
    en: 'You have the right to ask for the erasure of your personal data (GDPR, article 17). You are answered within one month.',
  },
  brand: { fr: 'Enseigne concernée', en: 'Brand concerned' },
  whichBrand: { fr: 'Choisissez l’enseigne à qui vous vous adressez.', en: 'Choose the brand you are writing to.' },
  email: { fr: 'Votre adresse e-mail', en: 'Your e-mail address' },
  emailHint: {
    fr: 'Celle de votre compte ou de vos commandes. La réponse y sera envoyée.',
    en: 'That of your account or orders. The answer will be sent there.',
  },
  firstName: { fr: 'Prénom', en: 'First name' },
  lastName: { fr: 'Nom', en: 'Last name' },
  loyalty: { fr: 'Numéro de carte de fidélité', en: 'Loyalty card number' },
  loyaltyHint: { fr: 'Si vous en avez une.', en: 'If you have one.' },
  message: { fr: 'Message', en: 'Message' },
  messageHint: {
    fr: 'N’envoyez pas de pièce d’identité : elle n’est demandée qu’en cas de doute.',
    en: 'Do not send an identity document: it is only asked for in case of doubt.',
  },
  send: { fr: 'Envoyer ma demande', en: 'Send my request' },
  received: {
    fr: 'Votre demande est enregistrée. Un message vient de partir à votre adresse.',
    en: 'Your request is recorded. A message was just sent to your address.',
  },
  rights: { fr: 'Vos recours', en: 'Your remedies' },
  rightsDetail: {
    fr: 'Sans réponse dans le mois, ou si elle ne vous satisfait pas, vous pouvez saisir la CNIL (cnil.fr) ou un tribunal.',
    en: 'Without an answer within the month, or if it does not satisfy you, you may complain to the CNIL (cnil.fr) or go to court.',
  },
  statusLead: (organisation: string): Text => ({
    fr: `Suivi par ${organisation}. Gardez ce lien : lui seul mène à cette page.`,
    en: `Handled by ${organisation}. Keep this link: it alone leads to this page.`,
  }),
  confirmTitle: { fr: 'Confirmer votre adresse', en: 'Confirm your address' },
  confirmLead: {
    fr: 'En confirmant, vous montrez que cette adresse est bien la vôtre, et votre demande peut avancer.',
    en: 'By confirming, you show that this address is yours, and your request can go on.',
  },
  confirm: { fr: 'C’est bien mon adresse', en: 'This is my address' },
  confirmed: { fr: 'Merci : votre adresse est confirmée.', en: 'Thank you: your address is confirmed.' },
  alreadyConfirmed: { fr: 'Votre adresse est déjà confirmée.', en: 'Your address is confirmed already.' },
  overToConfirm: { fr: 'Il n’y a plus rien à confirmer', en: 'There is nothing left to confirm' },
  overDetail: {
    fr: 'Cette demande est terminée. Sa page de suivi, dont l’adresse est dans nos messages, dit comment.',
    en: 'This request is over. Its status page, whose address is in our messages, says how.',
  },
  again: { fr: 'Présenter une nouvelle demande', en: 'Make a new request' },
  waitsConfirmation: {
    fr: 'Ouvrez le message que nous vous avons envoyé pour confirmer votre adresse.',
    en: 'Open the message we sent you to confirm your address.',
  },
  waitsIdentity: {
    fr: 'Nous vous avons demandé de quoi vous identifier ; le délai est suspendu.',
    en: 'We asked you for what identifies you; the time limit is suspended.',
  },
  waitsIdentityDetail: {
    fr: 'Répondez au message que nous vous avons envoyé : le délai reprendra aussitôt.',
    en: 'Reply to the message we sent you: the time limit then runs again.',
  },
  confirmationDetail: {
    fr: 'Votre demande est déjà reçue, et le délai court. Pas de message ? Regardez dans les indésirables, ou écrivez-nous.',
    en: 'Your request is already received, and the time limit runs. No message? Look in the unwanted mail, or write to us.',
  },
  notStarted: {
    fr: 'Nous préparons ce qui sera demandé à chacune de nos applications.',
    en: 'We are preparing what each of our applications will be asked.',
  },
  progress: (done: number, all: number): Text => ({
    fr: `${done} de nos applications ${done > 1 ? 'ont' : 'a'} répondu, sur ${all}.`,
    en: `${done} of our ${all} applications ${done === 1 ? 'has' : 'have'} answered.`,
  }),
  nothingPending: { fr: 'Rien d’autre n’est attendu de vous.', en: 'Nothing else is awaited of you.' },
  answeredPartly: {
    fr: 'Une réponse partielle vous a été envoyée ; une autre la complétera sans démarche de votre part.',
    en: 'A partial answer was sent to you; another will complete it without your having to ask.',
  },
  answeredOn: { fr: 'Répondue le', en: 'Answered on' },
  closedOn: { fr: 'Close le', en: 'Closed on' },
  whoToAsk: { fr: 'À qui écrire', en: 'Who to write to' },
  quoteNumber: {
    fr: 'Pour toute question, écrivez au délégué à la protection des données en rappelant le numéro de la demande.',
    en: 'For any question, write to the data protection officer and quote the number of the request.',
  },
  complain: { fr: 'Adresser une plainte à la CNIL', en: 'Complain to the CNIL' },
  trap: { fr: 'Ne remplissez pas ce champ', en: 'Leave this field empty' },
  inHand: { fr: 'Votre demande est en cours de traitement.', en: 'Your request is being handled.' },
  answered: { fr: 'Une réponse vous a été envoyée.', en: 'An answer was sent to you.' },
  refused: {
    fr: 'Votre demande a été refusée ; la lettre vous dit pourquoi, et vos recours.',
    en: 'Your request was refused; the letter tells you why, and your remedies.',
  },
  withdrawn: { fr: 'Vous avez retiré votre demande.', en: 'You withdrew your request.' },
  right: { fr: 'Droit exercé', en: 'Right exercised' },
  erasure: { fr: 'Effacement', en: 'Erasure' },
  receivedOn: { fr: 'Reçue le', en: 'Received on' },
  dueOn: { fr: 'Réponse au plus tard le', en: 'Answer by' },
  expired: { fr: 'Ce lien a expiré', en: 'This link has expired' },
  expiredDetail: {
    fr: 'Une réponse ne reste lisible qu’un temps, par prudence. Demandez un nouveau lien : il vous parviendra par e-mail.',
    en: 'An answer can only be read for a time, as a precaution. Ask for a fresh link: it will reach you by e-mail.',
  },
  lostAnswer: {
    fr: 'Ce lien ne mène à aucune réponse. Reprenez celui du message que vous avez reçu, ou demandez-en un nouveau.',
    en: 'This link leads to no answer. Use the one in the message you received, or ask for a fresh one.',
  },
  readAgain: { fr: 'Relire la réponse : recevoir un lien', en: 'Read the answer again: receive a link' },
  freshLink: { fr: 'Recevoir un nouveau lien', en: 'Receive a fresh link' },
  linkTitle: { fr: 'Recevoir un nouveau lien', en: 'Receive a fresh link' },
  linkLead: {
    fr: 'Pour suivre une demande déjà envoyée, ou en relire la réponse.',
    en: 'To follow a request you already sent, or to read its answer again.',
  },
  number: { fr: 'Numéro de la demande', en: 'Number of the request' },
  numberHint: {
    fr: 'Dans l’objet des messages que vous avez reçus, par exemple DR-2026-00012.',
    en: 'In the subject of the messages you received, such as DR-2026-00012.',
  },
  linkEmailHint: { fr: 'Celle où vous avez reçu nos messages.', en: 'The one where you received our messages.' },
  sendLink: { fr: 'Envoyer un nouveau lien', en: 'Send a fresh link' },
  linkSent: {
    fr: 'Si ce numéro et cette adresse vont ensemble, un message vient de partir à cette adresse.',
    en: 'If this number and this address go together, a message was just sent to that address.',
  },
  linkUntil: (until: Text): Text => ({
    fr: `Ce lien sert jusqu’au ${until.fr}.`,
    en: `This link serves until ${until.en}.`,
  }),
  linkUntilDetail: {
    fr: 'Imprimez cette page ou gardez le message : il contient la même réponse, en PDF.',
    en: 'Print this page or keep the message: it holds the same answer, as a PDF.',
  },
  already: { fr: 'Vous avez déjà envoyé une demande ?', en: 'Have you sent a request already?' },
  lost: { fr: 'Lien inconnu', en: 'Unknown link' },
  lostDetail: {
    fr: 'Ce lien ne mène à aucune demande. Reprenez celui du message que vous avez reçu.',
    en: 'This link leads to no request. Use the one in the message you received.',
  },
} as const;
