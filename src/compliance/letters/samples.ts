import { day } from '../../kernel/index.ts';
import type { LetterContent, LetterFacts } from './letter.ts';

/** A letter of each kind, for the page that shows a template filled in, and for tests. Nobody here exists. */
export const sampleFacts: LetterFacts = {
  language: 'fr',
  sender: {
    name: 'Mervalin Maison SAS',
    brand: 'Mervalin Maison',
    address: ['14 quai des Tanneurs', '44000 Nantes'],
    siren: '000000018',
    officer: { name: 'Hélène Kerbrat', email: 'dpo@mervalin.example', phone: '01 99 00 41 17' },
  },
  recipient: { name: 'Camille Rouvière', address: ['19 rue de Verdun', '19100 Brive-la-Gaillarde'] },
  requestNumber: 'DR-2026-00012',
  receivedOn: day('2026-11-10'),
  writtenOn: day('2026-11-22'),
  statusPage: 'https://socle.example.org/suivi/7f3c',
};

const done = [
  {
    application: 'Boutique en ligne',
    what: {
      fr: 'identité, coordonnées, adresses, préférences, textes libres',
      en: 'identity, contact details, addresses, preferences, free texts',
    },
    on: day('2026-11-22'),
    isVerified: true,
  },
  {
    application: 'Programme de fidélité',
    what: { fr: 'identité, coordonnées, naissance, famille', en: 'identity, contact details, birth, family' },
    on: day('2026-11-22'),
    isVerified: true,
  },
] as const;

const aftermath = {
  fileKept: { fr: 'cinq ans', en: 'five years' },
  backupsUntil: day('2027-02-20'),
  told: ['Transvoie (livraison)', 'Relais Plume (livraison)'],
} as const;

export const sampleContents: readonly LetterContent[] = [
  { kind: 'acknowledgement', deadline: day('2026-12-10') },
  {
    kind: 'identity_request',
    doubt: 'votre demande nous est parvenue d’une adresse électronique que nous ne connaissons pas',
    needed: [
      'votre numéro de client ou de carte de fidélité',
      'une réponse envoyée depuis l’adresse électronique de votre compte',
    ],
  },
  {
    kind: 'extension',
    deadline: day('2026-12-10'),
    newDeadline: day('2027-02-10'),
    reasons: [
      'vos données figurent dans onze applications, dont deux sont en cours de migration',
      'l’une d’elles est exploitée par un sous-traitant dont nous attendons la réponse',
    ],
  },
  { kind: 'complete_answer', done, ...aftermath },
  {
    kind: 'partial_answer',
    done,
    refused: [
      {
        application: 'Boutique en ligne',
        what: { fr: 'nom et adresse portés sur sept factures', en: 'name and address on seven invoices' },
        ground: 'legal_obligation',
        explanation:
          'Les pièces comptables sont conservées dix ans à compter de la clôture de l’exercice (C. com., art. L123-22), en archivage intermédiaire réservé à la comptabilité',
        until: day('2036-12-31'),
      },
    ],
    pending: [
      {
        application: 'Centre d’appels',
        reason: {
          fr: 'l’application n’a pas encore rendu compte de l’exécution',
          en: 'the application has not reported yet',
        },
        expectedOn: day('2026-12-05'),
      },
    ],
    retired: ['Ancien programme de parrainage'],
    ...aftermath,
  },
  {
    kind: 'not_found',
    identifiers: [
      { fr: 'adresse électronique', en: 'e-mail address' },
      { fr: 'numéro de carte de fidélité', en: 'loyalty card number' },
    ],
    searched: ['Boutique en ligne', 'Programme de fidélité', 'Socle (gestion des demandes)'],
    retired: [],
  },
  {
    kind: 'refusal',
    grounds: [
      {
        code: 'legal_claims',
        explanation:
          'Un litige relatif à votre commande 2025-0000007 est en cours devant le tribunal judiciaire de Nantes',
      },
      { code: 'legal_obligation', explanation: 'Vos factures sont conservées dix ans (C. com., art. L123-22)' },
    ],
  },
];
