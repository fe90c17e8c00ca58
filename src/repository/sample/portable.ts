import type { SampleKind } from './checks.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/**
 * The same checks in the SQL that MariaDB and SQLite share: `v` and `c` as in `checks.ts`, no
 * function that returns rows. Digits are taken one by one, and long numbers by pieces.
 */
export const portableTests: Readonly<Record<SampleKind, string>> = {
  email: `lower(v) regexp '^[^@[:space:]]+@[^@[:space:]]+[.][a-z]{2,}$'`,
  phone: `(c regexp '^([+]|00)[1-9][0-9]{7,13}$' or c regexp '^0[1-9][0-9]{8}$')`,
  // ISO 13616: see checks.ts.
  iban: `case when upper(c) regexp '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$' then ${modulo97('d')} = 1 else false end`,
  nir: `case when upper(c) regexp '^[1-478][0-9]{2}(0[1-9]|1[0-2]|[2-9][0-9])([0-9]{2}|2[AB])[0-9]{8}$' then
    97 - cast(replace(replace(substr(upper(c), 1, 13), '2A', '19'), '2B', '18') as decimal(20)) % 97 = cast(substr(c, 14, 2) as decimal) else false end`,
  siret: `case when c regexp '^[0-9]{14}$' then ${luhn()} else false end`,
  card: `case when c regexp '^[3-6][0-9]{12,18}$' and length(c) <> 14 then ${luhn()} else false end`,
};

/** `d`: the four first characters of `c` at its end, and letters as numbers: A is 10, Z is 35. */
export function ibanDigits(): string {
  const turned = 'substr(upper(c), 5) || substr(upper(c), 1, 4)';
  return [...alphabet].reduce((inner, letter, index) => `replace(${inner}, '${letter}', '${index + 10}')`, turned);
}

/** Nine digits at most at a time: what is left of the beginning goes before the next seven. */
function modulo97(digits: string): string {
  const pieces = Array.from({ length: 9 }, (_, index) => `substr(${digits}, ${10 + index * 7}, 7)`);
  const first = `cast(substr(${digits}, 1, 9) as decimal) % 97`;
  return pieces.reduce((left, piece) => `cast(cast(${left} as char) || ${piece} as decimal) % 97`, first);
}

/** ISO/IEC 7812-1: every second digit from the right is doubled, and the sum of all digits is a multiple of ten. */
function luhn(): string {
  const digits = Array.from({ length: 19 }, (_, index) => {
    const digit = `cast(substr(c, length(c) - ${index}, 1) as decimal)`;
    const counted = index % 2 === 0 ? digit : `case when ${digit} > 4 then ${digit} * 2 - 9 else ${digit} * 2 end`;
    return `case when length(c) > ${index} then ${counted} else 0 end`;
  });
  return `(${digits.join(' + ')}) % 10 = 0`;
}
