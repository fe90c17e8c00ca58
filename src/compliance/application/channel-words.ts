import type { Text } from '../../kernel/index.ts';
import type { CredentialKind } from './credentials.ts';

export const words = {
  state: { fr: 'État', en: 'State' },
  actions: { fr: 'Actions', en: 'Actions' },
  order: { fr: 'Ordre', en: 'Order' },
  request: { fr: 'Demande', en: 'Request' },
  planned: { fr: 'Créé', en: 'Created' },
  due: { fr: 'À répondre avant', en: 'To answer by' },
  tries: { fr: 'Essais', en: 'Tries' },
  why: { fr: 'Ce qui s’est passé', en: 'What happened' },
  tryIt: { fr: 'Essayer la connexion', en: 'Try the connection' },
  replay: { fr: 'Tout relancer', en: 'Replay all' },
  revoke: { fr: 'Révoquer', en: 'Revoke' },
  limits: { fr: 'Limites d’envoi', en: 'Sending limits' },
  changeLimits: { fr: 'Modifier les limites', en: 'Change the limits' },
  credentials: { fr: 'Secrets', en: 'Credentials' },
  batchSize: { fr: 'Personnes par ordre', en: 'Persons an order' },
  perMinute: { fr: 'Ordres par minute', en: 'Orders a minute' },
  hours: { fr: 'Heures d’envoi', en: 'Sending hours' },
  identityKinds: { fr: 'Identifiants compris', en: 'Identifiers understood' },
  never: { fr: 'Jamais', en: 'Never' },
} as const satisfies Readonly<Record<string, Text>>;

const kinds: Readonly<
  Record<CredentialKind, { readonly name: Text; readonly what: Text; readonly issue: Text; readonly replace: Text }>
> = {
  key: {
    name: { fr: 'Clé de l’application', en: 'Key of the application' },
    what: {
      fr: 'Par elle, l’application appelle Socle : ses ordres, ses réponses, rien d’autre.',
      en: 'By it the application calls Socle: its orders, its answers, nothing else.',
    },
    issue: { fr: 'Émettre une clé', en: 'Issue a key' },
    replace: { fr: 'Remplacer la clé', en: 'Replace the key' },
  },
  hmac: {
    name: { fr: 'Secret de signature (HMAC)', en: 'Signing secret (HMAC)' },
    what: {
      fr: 'Socle signe ses ordres avec lui ; l’application vérifie avec le même.',
      en: 'Socle signs its orders with it; the application verifies with the same.',
    },
    issue: { fr: 'Émettre un secret', en: 'Issue a secret' },
    replace: { fr: 'Remplacer le secret', en: 'Replace the secret' },
  },
  ed25519: {
    name: { fr: 'Clé publique de Socle (Ed25519)', en: 'Socle’s public key (Ed25519)' },
    what: {
      fr: 'L’application vérifie les ordres avec elle, sans partager de secret.',
      en: 'The application verifies orders with it, without sharing a secret.',
    },
    issue: { fr: 'Émettre une paire de clés', en: 'Issue a key pair' },
    replace: { fr: 'Remplacer la paire de clés', en: 'Replace the key pair' },
  },
  answers: {
    name: { fr: 'Clé publique de l’application', en: 'Public key of the application' },
    what: {
      fr: 'L’application signe ses réponses : elles deviennent opposables dans le dossier de preuve.',
      en: 'The application signs its answers: they become provable in the evidence file.',
    },
    issue: { fr: 'Déclarer', en: 'Register' },
    replace: { fr: 'Déclarer la nouvelle', en: 'Register the new one' },
  },
};

export function kindWords(kind: CredentialKind) {
  return kinds[kind];
}

export const dayNames: readonly Text[] = [
  { fr: 'lundi', en: 'Monday' },
  { fr: 'mardi', en: 'Tuesday' },
  { fr: 'mercredi', en: 'Wednesday' },
  { fr: 'jeudi', en: 'Thursday' },
  { fr: 'vendredi', en: 'Friday' },
  { fr: 'samedi', en: 'Saturday' },
  { fr: 'dimanche', en: 'Sunday' },
];
