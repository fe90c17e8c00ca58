import type { PersonSketch } from './people.ts';

/** Persons written by hand, whom the waiting requests, the guide and the tests call by name. They come first, in this order. */
export const cast: readonly (readonly PersonSketch[])[] = [
  // In both applications, under one e-mail written in two ways.
  [
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
  // A couple at one address: erasing him must leave her address alone.
  [
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
  // A couple behind one e-mail: nobody is erased on that address alone.
  [
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
  // Another name since her marriage, and another address: only the card joins the two.
  [
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
  // An apostrophe in the name and in the address; then the wildcards of a pattern.
  [
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
  [
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
];

/** Someone who asks and is nowhere: no invented person may bear this name or this address. */
export const stranger = { email: 'ulysse.beauvoir@example.org', firstName: 'Ulysse', lastName: 'Beauvoir' } as const;
