import type { Text } from '../../kernel/index.ts';

const words: Readonly<Record<string, Text>> = {
  'request.opened': { fr: 'Demande ouverte', en: 'Request opened' },
  'request.qualified': { fr: 'Demande qualifiée', en: 'Request qualified' },
  'request.identity_requested': { fr: 'Informations d’identité demandées', en: 'Identity information requested' },
  'request.identity_established': { fr: 'Identité établie', en: 'Identity established' },
  'request.planned': { fr: 'Plan arrêté', en: 'Plan frozen' },
  'request.plan_changed': { fr: 'Plan refait', en: 'Plan made again' },
  'request.started': { fr: 'Exécution lancée', en: 'Execution started' },
  'request.answered': { fr: 'Réponse à la personne', en: 'Answer to the person' },
  'request.letter_posted': { fr: 'Lettre postée', en: 'Letter posted' },
  'request.refused': { fr: 'Demande refusée', en: 'Request refused' },
  'request.withdrawn': { fr: 'Demande retirée', en: 'Request withdrawn' },
  'request.extended': { fr: 'Délai prolongé', en: 'Period extended' },
  'request.verified': { fr: 'Absence constatée', en: 'Absence verified' },
  'request.closed': { fr: 'Demande close', en: 'Request closed' },
  'request.review_decided': { fr: 'Rapprochement tranché', en: 'Review settled' },
  'order.sent': { fr: 'Ordre envoyé', en: 'Order sent' },
  'order.received': { fr: 'Ordre acquitté', en: 'Order received' },
  'order.executed': { fr: 'Ordre exécuté', en: 'Order executed' },
  'order.partly': { fr: 'Ordre exécuté en partie', en: 'Order partly executed' },
  'order.refused': { fr: 'Ordre refusé', en: 'Order refused' },
  'order.not_found': { fr: 'Personne introuvable', en: 'Person not found' },
  'order.escalated': { fr: 'Silence ou échec signalé', en: 'Silence or failure escalated' },
  'order.failed': { fr: 'Ordre en échec', en: 'Order failed' },
  'order.verified': { fr: 'Absence vérifiée', en: 'Absence verified' },
  'order.contradicted': { fr: 'Exécution démentie', en: 'Execution contradicted' },
  'order.held': { fr: 'Ordre gelé', en: 'Order on hold' },
  'hold.placed': { fr: 'Gel posé', en: 'Hold placed' },
  'hold.released': { fr: 'Gel levé', en: 'Hold released' },
  'hold.ended': { fr: 'Gel arrivé à son terme', en: 'Hold ended at its date' },
  'person.joined': { fr: 'Personnes réunies', en: 'Persons joined' },
  'person.join_undone': { fr: 'Rapprochement défait', en: 'Join undone' },
  'order.reissued': { fr: 'Ordre envoyé de nouveau', en: 'Order sent anew' },
  'application.credential_issued': { fr: 'Secret d’application émis', en: 'Application credential issued' },
  'application.credential_revoked': { fr: 'Secret d’application révoqué', en: 'Application credential revoked' },
  'ledger.destroyed': { fr: 'Registre de réémission détruit', en: 'Reissue ledger destroyed' },
  'restoration.declared': { fr: 'Restauration déclarée', en: 'Restoration declared' },
  'evidence.sealed': { fr: 'Dossier de preuve scellé', en: 'Evidence file sealed' },
};

/** What a kind of journal entry of this room means; null for another room's. */
export function complianceKindWords(kind: string): Text | null {
  return words[kind] ?? null;
}
