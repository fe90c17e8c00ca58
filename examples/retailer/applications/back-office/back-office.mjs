import { connect, executed, fileStore, notFound, refused } from '../../../../sdk/node/index.mjs';
import { asksSocle, listen, misbehaving } from '../beside.mjs';
import { openClients } from './clients.mjs';

// The old back office: it knows people by their name and birth date, and never guesses between two of them.
const clients = openClients(process.env.CLIENTS);

function erase(person) {
  const found = clients.find(person.values('last_name'), person.values('first_name'), person.values('birth_date'));
  if (found.length === 0) return notFound();
  if (found.length > 1) return refused('identity_ambiguous', { detail: 'same name and birth date' });
  return executed({ identity: clients.remove(found[0]) });
}

const socle = connect({
  url: process.env.SOCLE_URL,
  key: process.env.SOCLE_KEY,
  secrets: process.env.SOCLE_SECRETS,
  store: fileStore(process.env.ORDERS),
  by: 'back office 1998',
  on: {
    erase: misbehaving(erase, () => executed({ identity: 1 })),
    plant: (person) =>
      clients.add({
        nom: person.values('last_name')[0] ?? 'ESSAI',
        prenom: person.values('first_name')[0] ?? 'ESSAI',
        ne_le: person.values('birth_date')[0] ?? '1970-01-01',
        since: '2026-01-01',
      }),
  },
});

asksSocle(clients, openClients, ({ nom, prenom, ne_le }) => ({
  kind: 'name_and_birth_date',
  value: `${nom}|${prenom}|${ne_le}`,
}));
listen(socle.listener);
