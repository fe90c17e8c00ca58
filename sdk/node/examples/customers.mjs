import { readFileSync, writeFileSync } from 'node:fs';

/** An application's data, as small as it gets: a list of customers in a file. */
export function openCustomers(path) {
  const all = () => JSON.parse(readFileSync(path, 'utf8'));
  const save = (customers) => writeFileSync(path, JSON.stringify(customers));
  return {
    add: (customer) => save([...all(), customer]),
    /** Erases who bears one of these addresses; says how many there were. */
    erase(emails) {
      const before = all();
      const after = before.filter(({ email }) => !emails.includes(email));
      save(after);
      return before.length - after.length;
    },
  };
}
