import type { Text } from '../../kernel/index.ts';
import type { MenuEntry, MenuSection, Surroundings } from '../index.ts';

const desk: MenuSection = { id: 'desk', text: { fr: 'Conformité', en: 'Compliance' }, order: 1 };
const repository: MenuSection = { id: 'repository', text: { fr: 'Référentiel', en: 'Repository' }, order: 2 };
const settings: MenuSection = { id: 'settings', text: { fr: 'Administration', en: 'Administration' }, order: 3 };

const menu: readonly MenuEntry[] = [
  { section: desk, text: { fr: 'Ma matinée', en: 'My morning' }, href: '/gallery/morning', icon: 'home' },
  {
    section: desk,
    text: { fr: 'Demandes', en: 'Requests' },
    href: '/gallery/list',
    icon: 'shield',
    count: 3,
    countText: { fr: '3 demandes en retard', en: '3 late requests' },
  },
  { section: desk, text: { fr: 'Personnes', en: 'Persons' }, href: '/gallery/persons', icon: 'person' },
  { section: desk, text: { fr: 'Traitements', en: 'Activities' }, href: '/gallery/activities', icon: 'activity' },
  {
    section: repository,
    text: { fr: 'Applications', en: 'Applications' },
    href: '/gallery/request',
    icon: 'application',
  },
  { section: repository, text: { fr: 'Dictionnaire', en: 'Dictionary' }, href: '/gallery/dictionary', icon: 'book' },
  { section: repository, text: { fr: 'Journal', en: 'Journal' }, href: '/gallery/journal', icon: 'journal' },
  { section: settings, text: { fr: 'Utilisateurs', en: 'Users' }, href: '/gallery/users', icon: 'settings' },
  { section: settings, text: { fr: 'Clés d’API', en: 'API keys' }, href: '/gallery/form', icon: 'key' },
];

export function surroundings(path: string): Surroundings {
  return {
    product: 'Socle',
    organisation: { text: { fr: 'Maison Lavoine', en: 'Maison Lavoine' }, href: '/gallery' },
    path,
    menu,
    search: { action: '/gallery/list' },
    create: [
      { text: { fr: 'Demande d’exercice de droits', en: 'Request' }, href: '/gallery/form' },
      { text: { fr: 'Application', en: 'Application' }, href: '/gallery/form' },
    ],
    notifications: { href: '/gallery/list', count: 4 },
    person: {
      name: 'Camille Roussel',
      detail: 'camille.roussel@maison-lavoine.example',
      accountHref: '/gallery/form',
      preferencesAction: '/gallery/preferences',
      signOutAction: '/gallery/sign-in',
    },
  };
}

/** Someone whose name, and whatever else they may type, is an attack: each component is rendered with it in tests. */
export const hostile = `"><script>alert('x')</script><img src=x onerror=alert(1)> & 'quote'`;
export const hostileText: Text = { fr: hostile, en: hostile };

export interface SampleRequest {
  readonly number: string;
  readonly person: string;
  readonly right: Text;
  readonly brand: string;
  readonly receivedOn: string;
  readonly daysLeft: number;
  readonly outcomes: number;
}

const rights: readonly Text[] = [
  { fr: 'Effacement', en: 'Erasure' },
  { fr: 'Accès', en: 'Access' },
  { fr: 'Opposition', en: 'Objection' },
  { fr: 'Portabilité', en: 'Portability' },
];

/** The default size of a list page: what the page rules are measured on. */
export const requests: readonly SampleRequest[] = Array.from({ length: 25 }, (_, index) => ({
  number: `DEM-2026-${String(412 - index).padStart(5, '0')}`,
  person: `P-${(0x7a3f1 + index * 7919).toString(16).toUpperCase()}`,
  right: rights[index % 7 === 0 ? 1 : index % 5 === 0 ? 2 : 0] ?? { fr: '', en: '' },
  brand: index % 3 === 0 ? 'Lavoine Maison' : 'Atelier Nord',
  receivedOn: `2026-0${1 + (index % 3)}-${String(28 - index).padStart(2, '0')}`,
  daysLeft: [-3, -1, 0, 2, 5, 9, 12, 18, 22, 27][index % 10] ?? 0,
  outcomes: (index * 3) % 7,
}));

export const sampleSql = `update customer
   set first_name = '', last_name = '', email = null, phone = null
 where id = any($1)  -- 1 row
;
update invoice set billing_address = '', billing_city = '' where customer_id = any($1);  -- 7 rows`;
