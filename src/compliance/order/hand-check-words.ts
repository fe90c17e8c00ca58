import { counted, dayOf, dayText, type Text } from '../../kernel/index.ts';

/** What was found in the rows that were looked at. */
export const findings = ['other_person', 'no_person', 'treated'] as const;
export type Finding = (typeof findings)[number];

/** How it is known: the reason that whoever checks must give. A code, so that no evidence names anybody. */
export const bases = ['details_differ', 'team_confirmed', 'person_confirmed', 'done_by_team'] as const;
export type Basis = (typeof bases)[number];

export const findingWords: Readonly<Record<Finding, Text>> = {
  other_person: {
    fr: 'Ces lignes concernent quelqu’un d’autre (homonyme)',
    en: 'These rows are somebody else’s (a namesake)',
  },
  no_person: { fr: 'Ces lignes ne concernent aucune personne', en: 'These rows are nobody’s' },
  treated: {
    fr: 'Celles de la personne ont été traitées à la main',
    en: 'Those of the person were dealt with by hand',
  },
};

export const basisWords: Readonly<Record<Basis, Text>> = {
  details_differ: {
    fr: 'D’autres informations des lignes le montrent (date de naissance, adresse, numéro…)',
    en: 'Other details of the rows show it (birth date, address, number…)',
  },
  team_confirmed: { fr: 'L’équipe de l’application l’a confirmé', en: 'The application’s team confirmed it' },
  person_confirmed: { fr: 'La personne l’a confirmé', en: 'The person confirmed it' },
  done_by_team: {
    fr: 'L’équipe de l’application les a effacées ou rendues anonymes, et je l’ai constaté',
    en: 'The application’s team erased them or made them anonymous, and I saw it',
  },
};

/** What of a finding is told to the person, after “rows bear your name”. */
export const findingTold: Readonly<Record<Finding, Text>> = {
  other_person: { fr: 'elles ne vous concernent pas', en: 'they are not yours' },
  no_person: { fr: 'elles ne concernent aucune personne', en: 'they are about nobody' },
  treated: { fr: 'ce qui vous concernait y a été effacé', en: 'what was yours there was erased' },
};

/** Whoever checked, as what: a letter and a proof name a role, never a person. */
export function roleTold(role: string): Text {
  return role === 'dpo' ? officer : { fr: `une personne habilitée (${role})`, en: `somebody entitled (${role})` };
}

const officer: Text = { fr: 'le délégué à la protection des données', en: 'the data protection officer' };

/** `vérifié à la main par le DPO le 12 mars 2026 : 1 ligne de actor, quelqu’un d’autre`. */
export function checkText(check: {
  readonly where: string;
  readonly rows: number;
  readonly finding: Finding;
  readonly role: string;
  readonly at: Date;
}): Text {
  const [by, on, found] = [roleTold(check.role), dayText(dayOf(check.at)), findingShort[check.finding]];
  const rows = counted(check.rows, { fr: 'ligne', en: 'row' }, { fr: 'lignes', en: 'rows' });
  const where = check.where.replace(/^(public|main)\./, '');
  return {
    fr: `${rows.fr} de ${where} : ${found.fr}, vérifié à la main par ${by.fr}, le ${on.fr}`,
    en: `${rows.en} of ${where}: ${found.en}, checked by hand by ${by.en}, on ${on.en}`,
  };
}

const findingShort: Readonly<Record<Finding, Text>> = {
  other_person: { fr: 'quelqu’un d’autre', en: 'somebody else' },
  no_person: { fr: 'personne', en: 'nobody' },
  treated: { fr: 'traité à la main', en: 'dealt with by hand' },
};
