import { connect, executed, fileStore, notFound } from '../../../../sdk/node/index.mjs';
import { callSocle, misbehaving, note, ready, whenAsked } from '../beside.mjs';
import { openSubscribers } from './subscribers.mjs';

// A newsletter behind a firewall: it comes for its orders, and keeps its subscribers in a file.
const subscribers = openSubscribers(process.env.SUBSCRIBERS);

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
    plant: (person) => subscribers.add(person.values('email')[0]),
  },
});

/** Before each mailing: whom must it not write to? It says since when it holds each address. */
async function beforeMailing() {
  const all = subscribers.all();
  let leftOut = 0;
  for (let at = 0; at < all.length; at += 1_000) {
    const identities = all
      .slice(at, at + 1_000)
      .map(({ email, since }) => ({ kind: 'email', value: email, heldSince: since }));
    leftOut += (await callSocle('/api/v1/suppressions/check', { identities })).recognised.length;
  }
  note('mailing', { to: all.length - leftOut, leftOut });
}
whenAsked(beforeMailing);

process.once('SIGTERM', () => {
  socle.close();
  process.exit(0);
});
ready();
await socle.pull();
