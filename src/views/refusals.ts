import { Refusal } from '../kernel/index.ts';

export function noPicture(): Refusal {
  return new Refusal('view.no_picture', 404, {
    fr: 'Cette vue n’a rien à dessiner : demandez-la en CSV ou en JSON.',
    en: 'This view has nothing to draw: ask for it as CSV or JSON.',
  });
}

export function notABoard(): Refusal {
  return new Refusal('view.not_a_board', 404, {
    fr: 'Seules les cartes d’un tableau se déplacent.',
    en: 'Only the cards of a board are moved.',
  });
}
