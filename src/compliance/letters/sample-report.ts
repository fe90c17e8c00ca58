import { day } from '../../kernel/index.ts';
import { requestClock } from '../clock/clock.ts';
import { clockStateWords } from '../clock/explanation.ts';
import type { EvidenceReport } from './report.ts';

const hash = (digit: string): string => digit.repeat(64);
const clock = requestClock(
  {
    receivedAt: day('2026-11-10'),
    identityRequests: [{ requestedAt: day('2026-11-12'), receivedAt: day('2026-11-14') }],
    answeredAt: day('2026-11-22'),
  },
  new Date('2026-11-22T10:00:00Z'),
);

/** A report with something in each part, for tests. */
export const sampleReport: EvidenceReport = {
  language: 'fr',
  organisation: 'Groupe Mervalin',
  madeAt: new Date('2026-11-22T10:12:44Z'),
  request: {
    number: 'DR-2026-00012',
    id: 'req_01KAMZ8Q6W0H3V7N5X2Y4T9RCE',
    right: { fr: 'Effacement (RGPD, art. 17)', en: 'Erasure (GDPR art. 17)' },
    controller: 'Mervalin Maison SAS',
    intake: { fr: 'par le formulaire public', en: 'through the public form' },
    receivedOn: day('2026-11-10'),
    answeredOn: day('2026-11-22'),
    closedOn: null,
    state: { fr: 'Répondue', en: 'Answered' },
    identifiers: [
      { fr: 'adresse électronique', en: 'e-mail address' },
      { fr: 'numéro de carte de fidélité', en: 'loyalty card number' },
    ],
    identityEstablishedBy: { fr: 'réponse par un canal connu', en: 'answer through a known channel' },
    personCommitment: hash('7'),
    refusal: null,
  },
  clock: { state: clockStateWords[clock.state], deadline: clock.deadline, steps: clock.steps },
  holds: [
    {
      fr: 'Toutes les données, du 12 novembre 2026 au 20 novembre 2026 : obligation légale de conservation.',
      en: 'All data, from 12 November 2026 to 20 November 2026: legal obligation to keep them.',
    },
  ],
  plan: {
    frozenAt: new Date('2026-11-16T09:31:02Z'),
    digest: hash('a'),
    applications: [
      {
        name: 'shop',
        summary: { fr: '13 tables, 34 champs à effacer, 61 lignes', en: '13 tables, 34 fields to blank, 61 rows' },
        kept: [
          {
            what: 'invoice.billed_name, invoice.billed_address',
            why: {
              fr: 'pièce comptable conservée dix ans (C. com. L123-22)',
              en: 'accounting document kept ten years (C. com. L123-22)',
            },
          },
        ],
      },
      {
        name: 'loyalty',
        summary: { fr: '7 tables, 16 champs à effacer, 22 lignes', en: '7 tables, 16 fields to blank, 22 rows' },
        kept: [],
      },
      {
        name: 'Socle',
        summary: { fr: '4 tables, secret de la personne détruit', en: '4 tables, the person’s secret destroyed' },
        kept: [],
      },
    ],
  },
  orders: [
    {
      id: 'ord_01KAN0B1X2T4C6V8M3N5P7Q9RS',
      application: 'shop',
      action: { fr: 'effacement', en: 'erase' },
      generation: 1,
      sentAt: new Date('2026-11-16T09:31:03Z'),
      answeredAt: new Date('2026-11-16T09:31:04Z'),
      verifiedAt: new Date('2026-11-16T09:31:06Z'),
      outcome: { fr: 'Vérifié', en: 'Verified' },
      counts: [
        { what: { fr: 'identité', en: 'identity' }, count: 9 },
        { what: { fr: 'coordonnées', en: 'contact details' }, count: 12 },
        { what: { fr: 'texte libre', en: 'free text' }, count: 3 },
      ],
      proof: {
        fr: 'recherche par identifiant : personne ; lignes relues : vides ; parcours complet des textes de la base : rien, hors les factures conservées',
        en: 'look-up by identifier: nobody; rows read again: blank; all texts of the database looked through: nothing, except the invoices kept',
      },
      digest: hash('b'),
      signature: {
        fr: 'aucune : Socle exécute lui-même cet ordre, ses inscriptions au journal en tiennent lieu',
        en: 'none: Socle carries out this order itself, its journal entries stand for one',
      },
    },
    {
      id: 'ord_01KAN0B1X2T4C6V8M3N5P7Q9RT',
      application: 'loyalty',
      action: { fr: 'effacement', en: 'erase' },
      generation: 2,
      sentAt: new Date('2026-11-16T09:40:03Z'),
      answeredAt: new Date('2026-11-16T09:40:04Z'),
      verifiedAt: null,
      outcome: { fr: 'Personne introuvable', en: 'Not found' },
      counts: [],
      proof: null,
      digest: hash('c'),
      signature: { fr: 'Ed25519, vérifiée', en: 'Ed25519, verified' },
    },
  ],
  proofs: {
    entries: [
      {
        number: 1041,
        kind: { fr: 'demande ouverte', en: 'request opened' },
        at: new Date('2026-11-10T08:00:00Z'),
        leaf: hash('1'),
      },
      {
        number: 1077,
        kind: { fr: 'plan arrêté', en: 'plan frozen' },
        at: new Date('2026-11-16T09:31:02Z'),
        leaf: hash('2'),
      },
      {
        number: 1079,
        kind: { fr: 'ordre exécuté', en: 'order executed' },
        at: new Date('2026-11-16T09:31:04Z'),
        leaf: hash('3'),
      },
    ],
    checkpoint: { origin: 'socle.example.org/mervalin', size: 1102, root: hash('d'), keyFingerprint: hash('e') },
    timestamps: [],
  },
  verification: {
    command: 'node verify.mjs DR-2026-00012.zip --key PUBLIC-KEY',
    limits: [
      {
        fr: 'Aucun horodatage d’un tiers n’y figure : les dates sont celles de Socle.',
        en: 'It holds no time-stamp of a third party: dates are Socle’s own.',
      },
      {
        fr: 'Il ne dit rien d’applications qui n’étaient pas dans le plan.',
        en: 'It says nothing of applications that were not in the plan.',
      },
    ],
  },
};
