import type { Column, Table } from './catalogue.ts';
import { staffNouns, tableWords, wordList, wordsOf } from './names.ts';
import type { StaffMark } from './plan.ts';
import { spokenName } from './spoken.ts';

const markWords = wordList('role type kind profile profil group groupe');
const roleWords = wordList('role profile profil');
const markOfWhom = wordList('user utilisateur account compte person personne');
const flagWords = wordList('is est bool flag');
const staffFlags = wordList('staff employee employe agent admin administrator superuser operator');

/** Values that mean staff where nothing lists the others. */
const staffValues = wordList(`agent admin administrator administrateur superadmin staff employee employe salarie manager
  support operator operateur moderator moderateur editor owner_admin supervisor superviseur technician technicien
  helpdesk internal interne backoffice`);

/**
 * In one table for staff and those they serve, the column that tells them apart: `role in ('end-user', 'agent')`,
 * `is_staff`. Null when none does.
 */
export function staffMark(table: Table): StaffMark | null {
  for (const column of table.columns) {
    const words = wordsOf(column.name);
    if (isFlag(table, column, words)) return { column: column.name, values: ['true', 't', '1'] };
    if (
      !words.some((word) => markWords.has(word)) ||
      !words.every((word) => markWords.has(word) || markOfWhom.has(word))
    )
      continue;
    const labels = labelsOf(table, column);
    if (column.family !== 'text' && column.family !== 'enum') continue;
    const staff = labels.filter(isStaffValue);
    if (labels.length > 0 && (staff.length === 0 || staff.length === labels.length)) continue;
    if (labels.length > 0) return { column: column.name, values: staff.map((label) => label.toLowerCase()) };
    if (words.some((word) => roleWords.has(word))) {
      const values = [...staffValues, ...staffNouns];
      return { column: column.name, values: [...values, ...values.map((value) => `role_${value}`)] };
    }
  }
  return null;
}

/** `is_staff`, `bool_admin_adh`: without what says that it is a flag, or abbreviates the table. */
function isFlag(table: Table, { family }: Column, words: readonly string[]): boolean {
  const own = tableWords(spokenName(table));
  const isAside = (word: string): boolean =>
    flagWords.has(word) || (word.length > 1 && own.some((other) => other.startsWith(word)));
  const rest = words.filter((word) => !isAside(word));
  return family === 'boolean' && rest.length === 1 && staffFlags.has(rest[0] ?? '');
}

function isStaffValue(label: string): boolean {
  return wordsOf(label).some((word) => staffValues.has(word));
}

/** What the column may hold: the labels of an enumeration, or those that a CHECK lists. */
function labelsOf(table: Table, column: Column): readonly string[] {
  if (column.enumLabels.length > 0) return column.enumLabels;
  return table.checks
    .filter((check) => check.columns.length === 1 && check.columns[0] === column.name)
    .flatMap((check) => [...check.expression.matchAll(/'((?:[^']|'')*)'/g)].map(([, label = '']) => label));
}
