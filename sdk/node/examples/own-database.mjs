import { connect, executed, notFound } from '@socle/sdk';

/**
 * The answer is kept in the transaction that erases: both happen or neither, whenever the process dies. `database` is
 * your own: here, anything with `transaction(run)` and `query(sql, values)`.
 */
export function connectShop(database, { url, key, secrets }) {
  return connect({
    url,
    key,
    secrets,
    store: {
      read: async (orderKey) => {
        const rows = await database.query('select answer from socle_order where order_key = ?', [orderKey]);
        return rows[0]?.answer ?? null;
      },
      write: (orderKey, answer, transaction = database) =>
        transaction.query('insert or replace into socle_order (order_key, answer) values (?, ?)', [orderKey, answer]),
    },
    on: {
      erase: {
        batch: (persons, order) =>
          database.transaction(async (transaction) => {
            const exceptions = {};
            for (const person of persons) {
              const erased = await transaction.query('delete from customer where email = ? returning id', [
                person.values('email')[0],
              ]);
              if (erased.length === 0) exceptions[person.ref] = notFound();
            }
            await order.keep({ default: executed(), exceptions }, transaction);
          }),
      },
    },
  });
}
