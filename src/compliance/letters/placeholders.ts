import type { Text } from '../../kernel/index.ts';
import type { LetterKind } from './letter.ts';

/** What a template may name between braces: `{request_number}`. */
export const placeholders = {
  greeting: { fr: 'la formule d’appel', en: 'the salutation' },
  request_number: { fr: 'le numéro de la demande', en: 'the number of the request' },
  received_on: { fr: 'la date de réception', en: 'the day of receipt' },
  written_on: { fr: 'la date de la lettre', en: 'the date of the letter' },
  controller: { fr: 'la raison sociale du responsable de traitement', en: 'the legal name of the controller' },
  officer_contact: { fr: 'comment joindre le délégué', en: 'how to reach the data protection officer' },
  status_page: { fr: 'l’adresse de la page de suivi', en: 'the address of the status page' },
  deadline: { fr: 'la date limite de réponse', en: 'the last day to answer' },
  new_deadline: { fr: 'la date limite prolongée', en: 'the extended deadline' },
  extension_reasons: { fr: 'les motifs de la prolongation', en: 'the reasons for the extension' },
  doubt: { fr: 'la raison du doute sur l’identité', en: 'the reason for the doubt on identity' },
  identity_needed: { fr: 'les informations d’identité demandées', en: 'the identity information asked for' },
  done: { fr: 'ce qui a été effacé', en: 'what was erased' },
  refused: { fr: 'ce qui est conservé, et pourquoi', en: 'what is kept, and why' },
  pending: { fr: 'ce qui reste en cours', en: 'what is still pending' },
  retired: {
    fr: 'les applications retirées du service avant d’avoir exécuté la demande',
    en: 'the applications retired before they carried the request out',
  },
  told: { fr: 'les destinataires informés de l’effacement', en: 'the recipients told of the erasure' },
  backups_until: { fr: 'la fin des dernières sauvegardes', en: 'the end of the last backups' },
  file_kept: { fr: 'la durée de conservation du dossier', en: 'how long the file is kept' },
  identifiers: { fr: 'les sortes d’identifiants recherchés', en: 'the kinds of identifiers searched with' },
  searched: { fr: 'les applications consultées', en: 'the applications searched' },
  grounds: { fr: 'les motifs du refus', en: 'the grounds of the refusal' },
  remedies: { fr: 'les voies de recours', en: 'the remedies' },
} as const satisfies Readonly<Record<string, Text>>;

export type Placeholder = keyof typeof placeholders;

export function isPlaceholder(name: string): name is Placeholder {
  return Object.hasOwn(placeholders, name);
}

const always = [
  'greeting',
  'request_number',
  'received_on',
  'written_on',
  'controller',
  'officer_contact',
  'status_page',
] as const;

interface Use {
  /** A letter without it would not be lawful or would say nothing. */
  readonly required: readonly Placeholder[];
  readonly allowed: readonly Placeholder[];
  /** Why the required ones are. */
  readonly why: Text;
}

const uses: Readonly<Record<LetterKind, Use>> = {
  acknowledgement: {
    required: ['request_number', 'received_on', 'deadline'],
    allowed: [],
    why: {
      fr: 'un accusé de réception dit quelle demande, reçue quand, et jusqu’à quand la réponse est due',
      en: 'an acknowledgement says which request, received when, and when the answer is due',
    },
  },
  identity_request: {
    required: ['request_number', 'doubt', 'identity_needed'],
    allowed: [],
    why: {
      fr: 'le délai n’est suspendu que pour un doute raisonnable et des informations nommées (RGPD, art. 12, § 6)',
      en: 'the clock stops only for a reasonable doubt and named information (GDPR art. 12(6))',
    },
  },
  extension: {
    required: ['request_number', 'extension_reasons', 'new_deadline'],
    allowed: ['deadline', 'remedies'],
    why: {
      fr: 'une prolongation sans motifs ni date est sans effet (RGPD, art. 12, § 3)',
      en: 'an extension without reasons or date has no effect (GDPR art. 12(3))',
    },
  },
  complete_answer: {
    required: ['request_number', 'done'],
    allowed: ['told', 'backups_until', 'file_kept', 'remedies'],
    why: {
      fr: 'la réponse dit quelles mesures ont été prises (RGPD, art. 12, § 3)',
      en: 'the answer says what action was taken (GDPR art. 12(3))',
    },
  },
  partial_answer: {
    required: ['request_number', 'done', 'refused', 'pending', 'remedies'],
    allowed: ['retired', 'told', 'backups_until', 'file_kept'],
    why: {
      fr: 'une réponse partielle dit ce qui est fait, conservé et en cours, et les voies de recours (RGPD, art. 12, § 3 et 4)',
      en: 'a partial answer says what is done, kept and pending, and the remedies (GDPR art. 12(3) and (4))',
    },
  },
  not_found: {
    required: ['request_number', 'searched', 'remedies'],
    allowed: ['identifiers', 'retired'],
    why: {
      fr: 'la réponse dit où la personne a été cherchée, et les voies de recours (RGPD, art. 12, § 4)',
      en: 'the answer says where the person was looked for, and the remedies (GDPR art. 12(4))',
    },
  },
  refusal: {
    required: ['request_number', 'grounds', 'remedies'],
    allowed: [],
    why: {
      fr: 'un refus donne ses motifs et les voies de recours (RGPD, art. 12, § 4)',
      en: 'a refusal gives its grounds and the remedies (GDPR art. 12(4))',
    },
  },
};

/** What a template of this kind may name. */
export function allowedPlaceholders(kind: LetterKind): readonly Placeholder[] {
  return [...new Set<Placeholder>([...always, ...uses[kind].required, ...uses[kind].allowed])];
}

export function requiredPlaceholders(kind: LetterKind): { readonly names: readonly Placeholder[]; readonly why: Text } {
  return { names: uses[kind].required, why: uses[kind].why };
}
