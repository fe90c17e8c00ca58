import { readFileSync, renameSync, writeFileSync } from 'node:fs';

/** Subscribers in a file of JSON lines, read once and written anew at each change. */
export function openSubscribers(file) {
  let lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

  function keep(next) {
    // Whole or not at all, wherever the process dies.
    writeFileSync(`${file}.new`, next.map((line) => `${JSON.stringify(line)}\n`).join(''), {
      flush: true,
      mode: 0o600,
    });
    renameSync(`${file}.new`, file);
    lines = next;
  }

  return {
    /** How many subscriptions there were under these addresses. */
    remove(emails) {
      const gone = new Set(emails.map((email) => email.toLowerCase()));
      const left = lines.filter((line) => !gone.has(line.email.toLowerCase()));
      const count = lines.length - left.length;
      if (count > 0) keep(left);
      return count;
    },
    all() {
      return lines;
    },
    add(email) {
      keep([...lines, { email, firstName: 'Essai', list: 'essai', since: '2026-01-01' }]);
    },
  };
}
