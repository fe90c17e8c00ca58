import { readFileSync, renameSync, writeFileSync } from 'node:fs';

/** Records in a file of JSON lines, read once and written anew at each change. */
export function openLines(file) {
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
    /** How many there were under these addresses. */
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
    add(line) {
      keep([...lines, line]);
    },
  };
}
