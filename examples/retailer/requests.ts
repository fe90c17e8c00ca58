import { addDays, type Day, monthAfter } from '../../src/kernel/index.ts';
import type { ExampleRequest } from '../example.ts';
import { stranger } from './people/cast.ts';

/** A day of receipt whose legal month ends some days from today: the earliest one that leaves at least so many. */
function endingIn(days: number): (today: Day) => Day {
  return (today) => {
    let received = addDays(today, -40);
    while (monthAfter(received) < addDays(today, days)) received = addDays(received, 1);
    return received;
  };
}

/** What waits for a first visitor. The persons are those of the cast: see `people/cast.ts`. */
export const requests: readonly ExampleRequest[] = [
  {
    controller: 'maison',
    right: 'erasure',
    intake: 'form',
    language: 'fr',
    identities: [
      { kind: 'email', value: 'camille.rouviere@example.org' },
      { kind: 'loyalty_number', value: '2900000000018' },
      { kind: 'last_name', value: 'Rouvière' },
      { kind: 'first_name', value: 'Camille' },
      { kind: 'birth_date', value: '1986-05-17' },
    ],
    contact: { name: 'Camille Rouvière', email: 'camille.rouviere@example.org', postalAddress: null },
    receivedOn: (today) => addDays(today, -12),
    story: 'Found in all five applications, in two of them under one e-mail written in two ways; her invoices stay.',
  },
  {
    controller: 'maison',
    right: 'erasure',
    intake: 'post',
    language: 'fr',
    identities: [
      { kind: 'email', value: 'gustave.ollivier@example.net' },
      { kind: 'last_name', value: 'Ollivier' },
      { kind: 'first_name', value: 'Gustave' },
      { kind: 'birth_date', value: '1958-11-02' },
    ],
    contact: { name: 'Gustave Ollivier', email: null, postalAddress: '5 impasse du Lavoir\n29000 Quimper' },
    receivedOn: endingIn(2),
    story:
      'Two days left. He shares his address with his wife: it stays for her. Typed twice in the back office: ambiguous there.',
  },
  {
    controller: 'cabrelle',
    right: 'erasure',
    intake: 'email',
    language: 'fr',
    identities: [{ kind: 'email', value: stranger.email }],
    contact: { name: `${stranger.firstName} ${stranger.lastName}`, email: stranger.email, postalAddress: null },
    receivedOn: (today) => addDays(today, -3),
    story: 'Nowhere to be found: the answer says so, application by application.',
  },
  {
    controller: 'cabrelle',
    right: 'erasure',
    intake: 'store',
    language: 'en',
    identities: [
      { kind: 'email', value: 'ines.garnier@example.com' },
      { kind: 'loyalty_number', value: '2900000000063' },
    ],
    contact: { name: 'Inès Vasseur', email: 'ines.vasseur@example.com', postalAddress: null },
    receivedOn: (today) => addDays(today, -1),
    story: 'Her married name in one application, her birth name in the other: the card joins them. She reads English.',
  },
];
