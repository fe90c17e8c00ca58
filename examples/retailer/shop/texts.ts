/** What customers and the service write: texts that name people, as texts do. `{name}`, `{phone}`, `{city}` are filled in. */
export const giftMessages = [
  'Joyeux anniversaire ! Bises de toute la famille {name}',
  'Pour votre nouvelle maison à {city}, avec toute mon affection. {first}',
  'Bonne fête maman, {first}',
  'Félicitations aux jeunes mariés, {first} et les collègues',
];
export const instructions = [
  'Digicode 25A4, 2e étage gauche',
  'Laisser chez la gardienne, M{abbreviation} {name} prévenu(e)',
  'Sonner au nom de {name}',
  'Appeler au {phone} en arrivant',
  'Portail vert au fond de l’impasse',
];
export const reviews: readonly (readonly [rating: number, title: string, body: string])[] = [
  [5, 'Parfait', 'Reçu à {city} en deux jours, très bien emballé. Merci !'],
  [5, 'Très belle matière', 'Encore plus joli qu’en photo. {first} a adoré.'],
  [4, 'Conforme', 'Conforme à la description, la couleur tire un peu vers le gris.'],
  [3, 'Moyen', 'Correct pour le prix, sans plus.'],
  [2, 'Déçue', 'Arrivé ébréché, le service client a été réactif.'],
  [1, 'À éviter', 'Jamais reçu. J’ai laissé deux messages au {phone}.'],
];
export const tickets: readonly (readonly [subject: string, question: string, answer: string])[] = [
  [
    'Colis non reçu',
    'Bonjour, ma commande {order} n’est toujours pas arrivée. {full}, joignable au {phone}',
    'Bonjour {full}, nous ouvrons une enquête auprès du transporteur.',
  ],
  [
    'Article abîmé',
    'Bonjour, l’article est arrivé cassé, photos jointes. Cordialement, {full}',
    'Bonjour {full}, un remplacement part aujourd’hui à votre adresse de {city}.',
  ],
  [
    'Changement d’adresse',
    'J’ai déménagé à {city}, merci de corriger ma fiche. Mon adresse e-mail reste {email}.',
    'C’est fait, bonne installation !',
  ],
  [
    'Facture',
    'Pouvez-vous me renvoyer la facture de la commande {order} à {email} ?',
    'Elle vient de vous être envoyée.',
  ],
  ['Carte de fidélité', 'Mes achats en ligne ne sont pas comptés sur ma carte {card}.', 'Vos points ont été ajoutés.'],
];
export const advisorNotes = [
  'Cliente fidèle, préfère être rappelée le soir au {phone}',
  'Demande à parler à un responsable, geste commercial accordé',
  'Ne souhaite plus être appelé par son nom de naissance',
  'Livraison chez sa fille, même immeuble',
];
