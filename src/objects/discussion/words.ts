import { counted, type Text } from '../../kernel/index.ts';

export const discussionWords = {
  discussion: { fr: 'Discussion', en: 'Discussion' },
  comment: { fr: 'Commentaire', en: 'Comment' },
  decision: { fr: 'Décision', en: 'Decision' },
  yours: { fr: 'Votre commentaire', en: 'Your comment' },
  hint: {
    fr: '@ et le nom d’un collègue l’en avise : @Ada Lovelace.',
    en: '@ and a colleague’s name lets them know: @Ada Lovelace.',
  },
  isDecision: { fr: 'C’est une décision', en: 'This is a decision' },
  decidedOn: { fr: 'Décidé le', en: 'Decided on' },
  decidedHint: { fr: 'Aujourd’hui si vous ne dites rien.', en: 'Today when you say nothing.' },
  send: { fr: 'Commenter', en: 'Comment' },
  sent: { fr: 'Commentaire ajouté.', en: 'Comment added.' },
  changed: { fr: 'Commentaire changé.', en: 'Comment changed.' },
  removed: { fr: 'Commentaire retiré.', en: 'Comment removed.' },
  change: { fr: 'Changer', en: 'Change' },
  remove: { fr: 'Retirer', en: 'Remove' },
  edited: { fr: 'changé depuis', en: 'changed since' },
  wasRemoved: { fr: 'Retiré par son auteur', en: 'Removed by its author' },
  wasForgotten: { fr: '(oublié)', en: '(forgotten)' },
  older: { fr: 'Toute la discussion', en: 'The whole discussion' },
  follow: { fr: 'Suivre', en: 'Follow' },
  unfollow: { fr: 'Ne plus suivre', en: 'Stop following' },
  following: { fr: 'Vous suivez cet objet.', en: 'You follow this object.' },
  notFollowing: { fr: 'Vous ne suivez plus cet objet.', en: 'You follow this object no more.' },
  followedBy: { fr: 'Suivi par :', en: 'Followed by:' },
  former: { fr: 'ancien utilisateur', en: 'former user' },
  none: { fr: 'Personne n’a encore rien dit.', en: 'Nobody has said anything yet.' },
} as const satisfies Record<string, Text>;

export const unawareText = (names: readonly string[]): Text => {
  const said = names.join(', ');
  const who = counted(
    names.length,
    { fr: 'personne nommée ne peut', en: 'person named can’t' },
    {
      fr: 'personnes nommées ne peuvent',
      en: 'people named can’t',
    },
  );
  return {
    fr: `Commentaire ajouté. ${who.fr} voir cet objet et n’en saura rien : ${said}.`,
    en: `Comment added. ${who.en} see this object and won’t know: ${said}.`,
  };
};
