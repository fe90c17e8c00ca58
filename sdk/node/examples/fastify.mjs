import { connect, executed, fileStore, notFound } from '@socle/sdk';
import Fastify from 'fastify';
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
const fastify = Fastify({ bodyLimit: 16_000_000 });
// A plugin of its own: only here is the body left as it came.
fastify.register(async (orders) => {
  orders.removeAllContentTypeParsers();
  orders.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  orders.post('/socle', async (request, reply) => {
    const { status, headers, body } = await socle.receive(request);
    return reply.code(status).headers(headers).send(body);
  });
});
await fastify.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
