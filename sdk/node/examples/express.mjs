import { connect, executed, fileStore, notFound } from '@socle/sdk';
import express from 'express';
import { openCustomers } from './customers.mjs';

const customers = openCustomers(process.env.CUSTOMERS);
const socle = connect({
  url: process.env.SOCLE_URL,
  key: process.env.SOCLE_KEY,
  secrets: process.env.SOCLE_SECRETS,
  by: 'shop 2.3',
  store: fileStore(process.env.SOCLE_STORE),
  on: {
    erase: (person) => {
      const count = customers.erase(person.values('email'));
      return count === 0 ? notFound() : executed({ identity: count });
    },
    plant: (person) => customers.add({ email: person.values('email')[0] }),
  },
});
const app = express();
// Before express.json(), which would leave nothing to verify.
app.post('/socle', express.raw({ type: () => true, limit: '16mb' }), socle.listener);
app.use(express.json());
app.listen(Number(process.env.PORT), '127.0.0.1');
