import { connect, executed, fileStore, notFound } from '../../../../sdk/node/index.mjs';
import { asksSocle, misbehaving, ready } from '../beside.mjs';
import { openLines } from '../json-lines.mjs';

// A newsletter behind a firewall: it comes for its orders, and keeps its subscribers in a file.
const subscribers = openLines(process.env.SUBSCRIBERS);

const socle = connect({
  url: process.env.SOCLE_URL,
  key: process.env.SOCLE_KEY,
  store: fileStore(process.env.ORDERS),
  by: 'newsletter 4.1',
  on: {
    erase: misbehaving(
      (person) => {
        const count = subscribers.remove(person.values('email'));
        return count === 0 ? notFound() : executed({ contact: count });
      },
      () => executed({ contact: 1 }),
    ),
    plant: (person) =>
      subscribers.add({ email: person.values('email')[0], firstName: 'Essai', list: 'essai', since: '2026-01-01' }),
  },
});

asksSocle(subscribers, openLines);

process.once('SIGTERM', () => {
  socle.close();
  process.exit(0);
});
ready();
await socle.pull();
