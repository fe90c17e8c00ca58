import type { FactWords } from '../../journal/index.ts';
import type { Text } from '../../kernel/index.ts';
import { kindWords } from '../application/channel-words.ts';
import { credentialKinds } from '../application/credentials.ts';
import { holdGrounds, holdGroundText } from '../hold/grounds.ts';
import { isRefusalGround, refusalGround } from '../letters/grounds.ts';
import { bases, basisWords, findings, findingWords, roleTold } from '../order/hand-check-words.ts';
import { orderStateLabel, orderStates } from '../order/states.ts';
import { intakeWords } from '../request/intake-words.ts';
import { identityProofs } from '../request/qualify.ts';
import { identityDoubts, orderReasons } from '../request/words.ts';

const rights: Readonly<Record<string, Text>> = { erasure: { fr: 'effacement', en: 'erasure' } };

/** Why something was done or done again. */
const causes: Readonly<Record<string, Text>> = {
  unconfirmed: { fr: 'adresse non confirmée', en: 'address not confirmed' },
  contradiction: { fr: 'démenti', en: 'contradiction' },
  restoration: { fr: 'restauration d’une sauvegarde', en: 'restoration of a backup' },
  release: { fr: 'fin d’un gel', en: 'release of a hold' },
  operator: { fr: 'à la demande d’un utilisateur', en: 'asked for by a user' },
  silent: { fr: 'sans réponse', en: 'no answer' },
  failed: { fr: 'en échec', en: 'failed' },
  complexity: { fr: 'complexité de la demande', en: 'complexity of the request' },
  number_of_requests: { fr: 'nombre de demandes', en: 'number of requests' },
};

const recipients: Readonly<Record<string, Text>> = {
  owner: { fr: 'son responsable', en: 'its owner' },
  dpo: { fr: 'le DPO', en: 'the DPO' },
};

const credentialNames = new Map<string, Text>(credentialKinds.map((kind) => [kind, kindWords(kind).name]));

/** What the codes of a fact mean, by the name of the fact. */
const codes: Readonly<Record<string, (code: string) => Text | undefined>> = {
  right: (code) => rights[code],
  intake: (code) => new Map(Object.entries(intakeWords)).get(code),
  why: (code) => causes[code],
  reason: (code) => identityDoubts[code] ?? orderReasons[code] ?? causes[code],
  trouble: (code) => causes[code],
  to: (code) => recipients[code],
  of: (code) => credentialNames.get(code),
  finding: (code) => findings.flatMap((known) => (known === code ? [findingWords[known]] : []))[0],
  basis: (code) => bases.flatMap((known) => (known === code ? [basisWords[known]] : []))[0],
  role: (code) => roleTold(code),
  after: (code) => (code === 'hand_check' ? { fr: 'vérification à la main', en: 'a check by hand' } : undefined),
  by: (code) => new Map(Object.entries(identityProofs)).get(code),
  ground: (code) => {
    const hold = holdGrounds.find((known) => known === code);
    if (hold !== undefined) return holdGroundText(hold);
    return isRefusalGround(code) ? refusalGround(code).label : undefined;
  },
};

/** How the facts of this room's journal entries are read. */
export const complianceFactWords: FactWords = {
  names: {
    right: { fr: 'Droit', en: 'Right' },
    intake: { fr: 'Reçue par', en: 'Received by' },
    receivedOn: { fr: 'Reçue le', en: 'Received on' },
    dueOn: { fr: 'À répondre avant le', en: 'To be answered by' },
    by: { fr: 'Établie par', en: 'Established by' },
    reason: { fr: 'Motif', en: 'Reason' },
    why: { fr: 'Pourquoi', en: 'Why' },
    ground: { fr: 'Fondement', en: 'Ground' },
    until: { fr: 'Jusqu’au', en: 'Until' },
    controller: { fr: 'Responsable de traitement', en: 'Controller' },
    applications: { fr: 'Applications', en: 'Applications' },
    application: { fr: 'Application', en: 'Application' },
    order: { fr: 'Ordre de purge', en: 'Order' },
    orders: { fr: 'Ordres de purge', en: 'Orders' },
    after: { fr: 'À la suite de l’ordre', en: 'After order' },
    generation: { fr: 'Envoi n°', en: 'Sending no.' },
    key: { fr: 'Clé', en: 'Key' },
    persons: { fr: 'Personnes', en: 'Persons' },
    counts: { fr: 'Données effacées', en: 'Data erased' },
    tries: { fr: 'Essais', en: 'Tries' },
    entries: { fr: 'Écritures', en: 'Entries' },
    files: { fr: 'Fichiers', en: 'Files' },
    decision: { fr: 'Décision', en: 'Decision' },
    contradiction: { fr: 'Contradiction', en: 'Contradiction' },
    other: { fr: 'Autre fiche', en: 'Other person' },
    profiles: { fr: 'Profils', en: 'Profiles' },
    foundBy: { fr: 'Sur la foi de', en: 'On the strength of' },
    kinds: { fr: 'Identifiants communs', en: 'Common identifiers' },
    credential: { fr: 'Secret', en: 'Credential' },
    of: { fr: 'Nature', en: 'Nature' },
    hold: { fr: 'Gel', en: 'Hold' },
    restoredTo: { fr: 'Restaurée à', en: 'Restored to' },
    unsendable: { fr: 'Impossibles à renvoyer', en: 'Could not be sent again' },
    asked: { fr: 'Identifiants soumis', en: 'Identifiers asked about' },
    recognised: { fr: 'Reconnus', en: 'Recognised' },
    reopened: { fr: 'Ordres rouverts', en: 'Orders reopened' },
    user: { fr: 'Utilisateur', en: 'User' },
    to: { fr: 'Prévenu', en: 'Told' },
    trouble: { fr: 'Difficulté', en: 'Trouble' },
    months: { fr: 'Mois', en: 'Months' },
    source: { fr: 'Source', en: 'Source' },
    requests: { fr: 'Demandes', en: 'Requests' },
    categories: { fr: 'Catégories', en: 'Categories' },
    where: { fr: 'Table', en: 'Table' },
    rows: { fr: 'Lignes', en: 'Rows' },
    finding: { fr: 'Constat', en: 'Finding' },
    basis: { fr: 'Comment on le sait', en: 'How it is known' },
    role: { fr: 'Vérifié par', en: 'Checked by' },
    ...Object.fromEntries(orderStates.map((state) => [state, orderStateLabel(state)])),
  },
  value: (name, code) => codes[name]?.(code) ?? null,
};
