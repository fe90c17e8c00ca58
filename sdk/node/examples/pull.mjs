import { connect, executed, fileStore, notFound } from '@socle/sdk';
import { openCustomers } from './customers.mjs';

const customers = openCustomers(process.env.CUSTOMERS);
const socle = connect({
  url: process.env.SOCLE_URL,
  key: process.env.SOCLE_KEY,
  store: fileStore(process.env.SOCLE_STORE),
  on: {
    erase: (person) => {
      const count = customers.erase(person.values('email'));
      return count === 0 ? notFound() : executed({ identity: count });
    },
    plant: (person) => customers.add({ email: person.values('email')[0] }),
  },
});
process.once('SIGTERM', () => socle.close());
await socle.pull();
