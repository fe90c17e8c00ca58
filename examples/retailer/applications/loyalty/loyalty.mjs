import { connect, executed, fileStore, notFound, refused } from '../../../../sdk/node/index.mjs';
import { asksSocle, listen, misbehaving } from '../beside.mjs';
import { openMembers } from './members.mjs';

// The loyalty programme, called at its address: a card names one member, an address may be a household's.
const members = openMembers(process.env.MEMBERS);

function erase(person) {
  const byCard = members.withCard(person.values('loyalty_number'));
  const found = byCard.length > 0 ? byCard : members.withEmail(person.values('email'));
  if (found.length === 0) return notFound();
  if (byCard.length === 0 && found.length > 1) {
    return refused('identity_ambiguous', { detail: 'several members behind one address: a card number is needed' });
  }
  const counts = {};
  for (const number of found) {
    for (const [category, rows] of Object.entries(members.erase(number))) {
      counts[category] = (counts[category] ?? 0) + rows;
    }
  }
  return executed(counts);
}

const socle = connect({
  url: process.env.SOCLE_URL,
  key: process.env.SOCLE_KEY,
  secrets: process.env.SOCLE_SECRETS,
  store: fileStore(process.env.ORDERS),
  by: 'fidelite 6.2',
  on: {
    erase: misbehaving(erase, () => executed({ identity: 1, contact: 1, location: 1 })),
    plant: (person) =>
      members.add({
        card: person.values('loyalty_number')[0],
        email: person.values('email')[0],
        since: '2026-01-01',
      }),
  },
});

asksSocle(members, openMembers);
listen(socle.listener);
