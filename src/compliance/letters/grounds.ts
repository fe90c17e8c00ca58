import type { Text } from '../../kernel/index.ts';

/** Why an erasure may be refused, in whole or in part. Codes are stable: they are stored and journalled. */
export const refusalGrounds = {
  no_ground_applies: {
    label: { fr: 'Aucun motif d’effacement', en: 'No ground for erasure' },
    sentence: {
      fr: 'Aucun des motifs qui ouvrent droit à l’effacement n’est réuni : ces données restent nécessaires aux finalités pour lesquelles elles ont été collectées, et leur traitement est licite.',
      en: 'None of the grounds that give a right to erasure applies: these data are still necessary for the purposes for which they were collected, and their processing is lawful.',
    },
    source: { fr: 'RGPD, art. 17, § 1', en: 'GDPR, art. 17(1)' },
    needsExplanation: true,
  },
  freedom_of_expression: {
    label: { fr: 'Liberté d’expression et d’information', en: 'Freedom of expression and information' },
    sentence: {
      fr: 'Le traitement de ces données est nécessaire à l’exercice du droit à la liberté d’expression et d’information.',
      en: 'Processing these data is necessary for exercising the right of freedom of expression and information.',
    },
    source: { fr: 'RGPD, art. 17, § 3, a', en: 'GDPR, art. 17(3)(a)' },
    needsExplanation: true,
  },
  legal_obligation: {
    label: { fr: 'Obligation légale de conservation', en: 'Legal obligation to keep' },
    sentence: {
      fr: 'La loi nous oblige à conserver ces données.',
      en: 'The law obliges us to keep these data.',
    },
    source: { fr: 'RGPD, art. 17, § 3, b', en: 'GDPR, art. 17(3)(b)' },
    needsExplanation: true,
  },
  public_health: {
    label: { fr: 'Intérêt public dans le domaine de la santé', en: 'Public interest in public health' },
    sentence: {
      fr: 'Le traitement de ces données est nécessaire pour des motifs d’intérêt public dans le domaine de la santé publique.',
      en: 'Processing these data is necessary for reasons of public interest in the area of public health.',
    },
    source: { fr: 'RGPD, art. 17, § 3, c', en: 'GDPR, art. 17(3)(c)' },
    needsExplanation: true,
  },
  archiving_research: {
    label: { fr: 'Archives, recherche ou statistiques', en: 'Archiving, research or statistics' },
    sentence: {
      fr: 'Ces données sont traitées à des fins archivistiques dans l’intérêt public, de recherche ou statistiques, que leur effacement rendrait impossibles ou compromettrait gravement.',
      en: 'These data are processed for archiving in the public interest, research or statistics, which their erasure would make impossible or seriously impair.',
    },
    source: { fr: 'RGPD, art. 17, § 3, d', en: 'GDPR, art. 17(3)(d)' },
    needsExplanation: true,
  },
  legal_claims: {
    label: { fr: 'Constatation, exercice ou défense de droits en justice', en: 'Legal claims' },
    sentence: {
      fr: 'Ces données sont nécessaires à la constatation, à l’exercice ou à la défense de droits en justice.',
      en: 'These data are necessary for the establishment, exercise or defence of legal claims.',
    },
    source: { fr: 'RGPD, art. 17, § 3, e', en: 'GDPR, art. 17(3)(e)' },
    needsExplanation: true,
  },
  manifestly_unfounded: {
    label: { fr: 'Demande manifestement infondée', en: 'Manifestly unfounded request' },
    sentence: {
      fr: 'Votre demande est manifestement infondée.',
      en: 'Your request is manifestly unfounded.',
    },
    source: { fr: 'RGPD, art. 12, § 5, b', en: 'GDPR, art. 12(5)(b)' },
    needsExplanation: true,
  },
  manifestly_excessive: {
    label: { fr: 'Demande manifestement excessive', en: 'Manifestly excessive request' },
    sentence: {
      fr: 'Votre demande est manifestement excessive, notamment par son caractère répétitif.',
      en: 'Your request is manifestly excessive, in particular because it is repetitive.',
    },
    source: { fr: 'RGPD, art. 12, § 5, b', en: 'GDPR, art. 12(5)(b)' },
    needsExplanation: true,
  },
  identity_not_established: {
    label: { fr: 'Identité non établie', en: 'Identity not established' },
    sentence: {
      fr: 'Les éléments en notre possession ne nous permettent pas de vous identifier, et les informations complémentaires que nous vous avons demandées ne nous sont pas parvenues ou ne suffisent pas.',
      en: 'What we hold does not allow us to identify you, and the further information that we asked of you has not reached us or is not sufficient.',
    },
    source: { fr: 'RGPD, art. 11, § 2, et art. 12, § 2 et 6', en: 'GDPR, art. 11(2), 12(2) and 12(6)' },
    needsExplanation: false,
  },
  not_the_controller: {
    label: { fr: 'Nous ne sommes pas le responsable du traitement', en: 'Not the controller' },
    sentence: {
      fr: 'Nous ne décidons ni des finalités ni des moyens du traitement de ces données : il appartient à leur responsable de vous répondre.',
      en: 'We decide neither the purposes nor the means of the processing of these data: it is for their controller to answer you.',
    },
    source: { fr: 'RGPD, art. 4, 7°, et art. 17, § 1', en: 'GDPR, art. 4(7) and 17(1)' },
    needsExplanation: true,
  },
  rights_of_others: {
    label: { fr: 'Droits et libertés d’autrui', en: 'Rights and freedoms of others' },
    sentence: {
      fr: 'Ces données concernent aussi d’autres personnes, aux droits et libertés desquelles leur effacement porterait atteinte.',
      en: 'These data also concern other persons, whose rights and freedoms their erasure would adversely affect.',
    },
    source: { fr: 'RGPD, considérant 4', en: 'GDPR, recital 4' },
    needsExplanation: true,
  },
} as const satisfies Readonly<Record<string, RefusalGround>>;

export interface RefusalGround {
  /** As it is chosen in a list. */
  readonly label: Text;
  /** As it is told to the person, a whole sentence. */
  readonly sentence: Text;
  readonly source: Text;
  /** The controller must demonstrate the ground: someone writes why it holds here. */
  readonly needsExplanation: boolean;
}

export type RefusalGroundCode = keyof typeof refusalGrounds;

export const refusalGroundCodes = Object.keys(refusalGrounds).filter(isRefusalGround);

export function isRefusalGround(code: string): code is RefusalGroundCode {
  return Object.hasOwn(refusalGrounds, code);
}

export function refusalGround(code: RefusalGroundCode): RefusalGround {
  return refusalGrounds[code];
}
