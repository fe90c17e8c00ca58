import { join } from 'node:path';
import { projectRoot } from '../../src/kernel/index.ts';
import type { ExampleApplication, ExampleController, ExampleUser } from '../example.ts';
import { fillBackOffice } from './applications/back-office/fill.ts';
import { fillCustomerService } from './applications/customer-service/fill.ts';
import { fillLoyalty } from './applications/loyalty/fill.ts';
import { fillNewsletter } from './applications/newsletter/fill.ts';

/** Neither the group nor its brands exist. Their SIREN begin with zeros, as no real one does. */
export const organisation = { slug: 'mervalin', name: 'Groupe Mervalin' } as const;

const officer = {
  dpo_name: 'Hélène Kerbrat',
  dpo_email: 'dpo@mervalin.example',
  dpo_phone: '01 99 00 41 17',
} as const;

export const controllers: readonly ExampleController[] = [
  {
    key: 'maison',
    attributes: {
      name: 'Mervalin Maison SAS',
      brand: 'Mervalin Maison',
      siren: '000000018',
      address: '14 quai des Tanneurs\n44000 Nantes',
      country: 'FR',
      ...officer,
    },
  },
  {
    key: 'cabrelle',
    attributes: {
      name: 'Cabrelle SAS',
      brand: 'Cabrelle',
      siren: '000000026',
      address: '3 rue des Filatures\n59100 Roubaix',
      country: 'FR',
      ...officer,
    },
  },
];

export const users: readonly ExampleUser[] = [
  { name: 'Hélène Kerbrat', email: 'helene.kerbrat@mervalin.example', language: 'fr', roles: ['dpo'], perimeters: [] },
  {
    name: 'Samir Belhadj',
    email: 'samir.belhadj@mervalin.example',
    language: 'fr',
    roles: ['relay'],
    perimeters: ['maison'],
  },
  {
    name: 'Lucie Vanhoutte',
    email: 'lucie.vanhoutte@cabrelle.example',
    language: 'fr',
    roles: ['relay'],
    perimeters: ['cabrelle'],
  },
  { name: 'Margaret Doyle', email: 'margaret.doyle@audit.example', language: 'en', roles: ['auditor'], perimeters: [] },
  {
    name: 'Antoine Peyrusse',
    email: 'antoine.peyrusse@mervalin.example',
    language: 'fr',
    roles: ['architect'],
    perimeters: [],
  },
];

export const applications: readonly ExampleApplication[] = [
  {
    name: 'shop',
    channel: 'sql',
    database: 'shop',
    mapFile: join(projectRoot, 'examples/retailer/shop/map.yaml'),
    identities: [
      { kind: 'email', column: 'customer.email' },
      { kind: 'customer_id', column: 'customer.customer_number' },
      { kind: 'loyalty_number', column: 'customer.loyalty_card' },
    ],
    lyingTable: 'customer',
    controllers: ['maison', 'cabrelle'],
    description: 'Boutique en ligne : comptes clients, commandes, factures, livraisons, avis et lettre d’information.',
    owner: 'Direction e-commerce',
    ownerEmail: 'equipe-boutique@mervalin.example',
    backupDays: 35,
  },
  {
    name: 'loyalty',
    channel: 'webhook',
    identityKinds: ['email', 'loyalty_number'],
    program: join(projectRoot, 'examples/retailer/applications/loyalty/loyalty.mjs'),
    data: { variable: 'MEMBERS', fill: fillLoyalty },
    environment: {},
    controllers: ['maison', 'cabrelle'],
    description: 'Programme de fidélité commun aux deux enseignes : adhérents, passages en caisse, points et coupons.',
    owner: 'Direction des magasins',
    ownerEmail: 'equipe-fidelite@mervalin.example',
    backupDays: 90,
  },
  {
    name: 'newsletter',
    channel: 'pull',
    identityKinds: ['email'],
    program: join(projectRoot, 'examples/retailer/applications/newsletter/newsletter.mjs'),
    data: { variable: 'SUBSCRIBERS', fill: fillNewsletter },
    environment: {},
    controllers: ['maison', 'cabrelle'],
    description:
      'Lettre d’information des deux enseignes : abonnés et listes. Derrière un pare-feu, vient chercher ses ordres.',
    owner: 'Direction du marketing',
    ownerEmail: 'equipe-lettre@mervalin.example',
    backupDays: 30,
  },
  {
    name: 'customer service',
    channel: 'email',
    mailbox: 'service-client@mervalin.example',
    identityKinds: ['email'],
    program: join(projectRoot, 'examples/retailer/applications/customer-service/customer-service.mjs'),
    data: { variable: 'CASES', fill: fillCustomerService },
    environment: {},
    controllers: ['maison', 'cabrelle'],
    description:
      'Dossiers du service client, dans un logiciel sans interface : quelqu’un y efface à la main et le dit sur une page.',
    owner: 'Service client',
    ownerEmail: 'responsable-service-client@mervalin.example',
    backupDays: 30,
  },
  {
    name: 'back office',
    channel: 'webhook',
    identityKinds: ['last_name', 'first_name', 'birth_date'],
    program: join(projectRoot, 'examples/retailer/applications/back-office/back-office.mjs'),
    data: { variable: 'CLIENTS', fill: fillBackOffice },
    // Old and slow; the first call after each start finds it not quite awake.
    environment: { SLOW_MS: '800', FAILURES: '1' },
    controllers: ['maison'],
    description:
      'Ancienne gestion commerciale : clients saisis à la main, connus par leur nom et leur date de naissance.',
    owner: 'Direction financière',
    ownerEmail: 'equipe-gestion@mervalin.example',
    backupDays: 60,
  },
];
