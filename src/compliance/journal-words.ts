import type { Text } from '../kernel/index.ts';

/** What this room's journal entries say, by kind. */
export const complianceJournalWords: Readonly<Record<string, Text>> = {
  'request.opened': { fr: 'Demande enregistrée', en: 'Request recorded' },
  'request.qualified': { fr: 'Demande qualifiée', en: 'Request qualified' },
  'request.identity_requested': { fr: 'Justificatif d’identité demandé', en: 'Proof of identity asked' },
  'request.identity_established': { fr: 'Identité établie', en: 'Identity established' },
  'request.planned': { fr: 'Plan arrêté', en: 'Plan frozen' },
  'request.plan_changed': {
    fr: 'Plan arrêté de nouveau : le schéma avait changé',
    en: 'Plan frozen anew: the schema had changed',
  },
  'request.started': { fr: 'Ordres de purge lancés', en: 'Purge orders started' },
  'request.answered': { fr: 'Réponse envoyée', en: 'Answer sent' },
  'request.verified': { fr: 'Absence constatée', en: 'Absence verified' },
  'request.closed': { fr: 'Demande close', en: 'Request closed' },
  'request.refused': { fr: 'Demande refusée', en: 'Request refused' },
  'request.extended': { fr: 'Délai prolongé', en: 'Deadline extended' },
  'request.withdrawn': { fr: 'Demande retirée', en: 'Request withdrawn' },
  'request.review_decided': { fr: 'Rapprochement de personnes décidé', en: 'Match of persons decided' },
  'order.sent': { fr: 'Ordre envoyé', en: 'Order sent' },
  'order.received': { fr: 'Ordre acquitté', en: 'Order acknowledged' },
  'order.executed': { fr: 'Ordre exécuté', en: 'Order executed' },
  'order.partly': { fr: 'Ordre exécuté en partie', en: 'Order partly executed' },
  'order.refused': { fr: 'Ordre refusé', en: 'Order refused' },
  'order.not_found': { fr: 'Personne introuvable', en: 'Person not found' },
  'order.failed': { fr: 'Ordre en échec', en: 'Order failed' },
  'order.verified': { fr: 'Exécution vérifiée', en: 'Execution verified' },
  'order.contradicted': { fr: 'Exécution démentie', en: 'Execution contradicted' },
  'order.reissued': { fr: 'Ordre renvoyé', en: 'Order sent again' },
  'restoration.declared': { fr: 'Restauration déclarée', en: 'Restoration declared' },
  'ledger.destroyed': { fr: 'Registre de réémission détruit', en: 'Reissue ledger destroyed' },
};
