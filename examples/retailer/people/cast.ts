import type { PersonSketch } from './people.ts';
import type { PostalAddress } from './places.ts';

interface CastHousehold {
  readonly address: PostalAddress;
  readonly persons: readonly PersonSketch[];
}

/** Persons written by hand, whom the waiting requests, the guide and the tests call by name. They come first, in this order. */
export const cast: readonly CastHousehold[] = [
  // In both applications, under one e-mail written in two ways.
  {
    address: { line1: '12 rue de la Fontaine', line2: null, postcode: '35000', city: 'Rennes', department: '35' },
    persons: [
      {
        sex: 'female',
        firstName: 'Camille',
        lastName: 'Rouvière',
        birthDate: '1986-05-17',
        email: 'camille.rouviere@example.org',
        loyaltyEmail: 'Camille.ROUVIERE@Example.ORG',
        membership: 'both',
        knowsCardInShop: true,
        orders: 7,
      },
    ],
  },
  // A couple at one address: erasing him must leave her address alone.
  {
    address: { line1: '5 impasse du Lavoir', line2: null, postcode: '29000', city: 'Quimper', department: '29' },
    persons: [
      {
        sex: 'male',
        firstName: 'Gustave',
        lastName: 'Ollivier',
        birthDate: '1958-11-02',
        email: 'gustave.ollivier@example.net',
        membership: 'shop',
        orders: 4,
      },
      {
        sex: 'female',
        firstName: 'Rosalie',
        lastName: 'Ollivier',
        birthName: 'Tanguy',
        birthDate: '1961-03-28',
        email: 'rosalie.ollivier@example.net',
        membership: 'both',
        orders: 3,
      },
    ],
  },
  // A couple behind one e-mail: nobody is erased on that address alone.
  {
    address: {
      line1: '48 avenue Jean-Jaurès',
      line2: 'Résidence du Parc, esc. C',
      postcode: '69007',
      city: 'Lyon',
      department: '69',
    },
    persons: [
      {
        sex: 'female',
        firstName: 'Jeanne',
        lastName: 'Lemarchand',
        birthDate: '1974-09-09',
        email: 'famille.lemarchand@example.net',
        loyaltyEmail: 'famille.lemarchand@example.net',
        membership: 'both',
        orders: 5,
      },
      {
        sex: 'male',
        firstName: 'Paul',
        lastName: 'Lemarchand',
        birthDate: '1972-01-21',
        email: 'famille.lemarchand@example.net',
        loyaltyEmail: 'Famille.Lemarchand@example.net',
        membership: 'loyalty',
      },
    ],
  },
  // Another name since her marriage, and another address: only the card joins the two.
  {
    address: { line1: '3 quai des Chartrons', line2: null, postcode: '33000', city: 'Bordeaux', department: '33' },
    persons: [
      {
        sex: 'female',
        firstName: 'Inès',
        lastName: 'Vasseur',
        birthName: 'Garnier',
        birthDate: '1991-12-05',
        email: 'ines.vasseur@example.com',
        loyaltyEmail: 'ines.garnier@example.com',
        membership: 'both',
        isUnderBirthNameInLoyalty: true,
        knowsCardInShop: true,
        orders: 6,
      },
    ],
  },
  // An apostrophe in the name and in the address; then the wildcards of a pattern.
  {
    address: {
      line1: '27 bis rue Marie-Curie',
      line2: 'Appt 204',
      postcode: '93100',
      city: 'Montreuil',
      department: '93',
    },
    persons: [
      {
        sex: 'female',
        firstName: 'Aminata',
        lastName: "N'Diaye",
        birthDate: '1979-06-30',
        email: "aminata.n'diaye@example.org",
        loyaltyEmail: "AMINATA.N'DIAYE@EXAMPLE.ORG",
        membership: 'both',
        orders: 2,
      },
    ],
  },
  {
    address: { line1: 'Lieu-dit Kerguen', line2: null, postcode: '56000', city: 'Vannes', department: '56' },
    persons: [
      {
        sex: 'male',
        firstName: 'Théo',
        lastName: 'Le Bihan',
        birthDate: '1997-02-14',
        email: 'theo_%promo@example.com',
        membership: 'shop',
        orders: 1,
      },
    ],
  },
];

/** Someone who asks and is nowhere: no invented person may bear this name or this address. */
export const stranger = { email: 'ulysse.beauvoir@example.org', firstName: 'Ulysse', lastName: 'Beauvoir' } as const;
