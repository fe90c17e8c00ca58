import type { FactWords } from '../../journal/index.ts';
import type { Text } from '../../kernel/index.ts';
import { holdGrounds, holdGroundText } from '../hold/grounds.ts';
import { isRefusalGround, refusalGround } from '../letters/grounds.ts';
import { orderStateLabel, orderStates } from '../order/states.ts';
import { intakeWords } from '../request/intake-words.ts';
import { identityProofs } from '../request/qualify.ts';

const rights: Readonly<Record<string, Text>> = { erasure: { fr: 'effacement', en: 'erasure' } };

/** What the codes of a fact mean, by the name of the fact. */
const codes: Readonly<Record<string, (code: string) => Text | undefined>> = {
  right: (code) => rights[code],
  intake: (code) => new Map(Object.entries(intakeWords)).get(code),
  why: (code) => (code === 'unconfirmed' ? { fr: 'adresse non confirmée', en: 'address not confirmed' } : undefined),
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
    ...Object.fromEntries(orderStates.map((state) => [state, orderStateLabel(state)])),
  },
  value: (name, code) => codes[name]?.(code) ?? null,
};
