import { type Day, dayText, type Text } from '../../kernel/index.ts';

/** Why data may not be erased for a time: the exceptions of art. 17(3) that a hold serves, and the restriction of art. 18. */
export const holdGrounds = [
  'legal_claims',
  'legal_obligation',
  'accuracy_contested',
  'restriction_asked',
  'needed_by_person',
  'objection_examined',
] as const;

export type HoldGround = (typeof holdGrounds)[number];

const labels: Readonly<Record<HoldGround, Text>> = {
  legal_claims: {
    fr: 'constatation, exercice ou défense de droits en justice (RGPD, art. 17, § 3, e)',
    en: 'establishment, exercise or defence of legal claims (GDPR art. 17(3)(e))',
  },
  legal_obligation: {
    fr: 'obligation légale de conservation (RGPD, art. 17, § 3, b)',
    en: 'legal obligation to keep them (GDPR art. 17(3)(b))',
  },
  accuracy_contested: {
    fr: 'limitation, l’exactitude des données étant contestée (RGPD, art. 18, § 1, a)',
    en: 'restriction, their accuracy being contested (GDPR art. 18(1)(a))',
  },
  restriction_asked: {
    fr: 'limitation demandée par la personne plutôt que l’effacement (RGPD, art. 18, § 1, b)',
    en: 'restriction asked by the person instead of erasure (GDPR art. 18(1)(b))',
  },
  needed_by_person: {
    fr: 'limitation, la personne ayant besoin de ces données pour ses droits en justice (RGPD, art. 18, § 1, c)',
    en: 'restriction, the person needing them for legal claims (GDPR art. 18(1)(c))',
  },
  objection_examined: {
    fr: 'limitation, le temps d’examiner une opposition (RGPD, art. 18, § 1, d)',
    en: 'restriction, while an objection is examined (GDPR art. 18(1)(d))',
  },
};

export function holdGroundText(ground: HoldGround): Text {
  return labels[ground];
}

/** A restriction: the person is told before it is lifted (GDPR art. 18(3)). */
export function isRestriction(ground: HoldGround): boolean {
  return ground !== 'legal_claims' && ground !== 'legal_obligation';
}

/** Why an order waits, for its page, its API and the person's letter. No word that somebody typed is in it. */
export function heldText(ground: HoldGround, endsOn: Day | null): Text {
  const until = endsOn === null ? null : dayText(endsOn);
  return {
    fr: `L’effacement est gelé : ${labels[ground].fr}${until === null ? '' : `, jusqu’au ${until.fr}`}.`,
    en: `The erasure is on hold: ${labels[ground].en}${until === null ? '' : `, until ${until.en}`}.`,
  };
}
