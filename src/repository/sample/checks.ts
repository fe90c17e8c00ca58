/**
 * What a value can be recognised as, in SQL that runs in the application's own database. `v` is the value as text,
 * trimmed and not empty; `c` is the same without spaces, dots, hyphens and parentheses. Patterns first, so that a
 * checksum is only computed on what it can read.
 */
export const sampleKinds = ['email', 'phone', 'iban', 'nir', 'siret', 'card'] as const;
export type SampleKind = (typeof sampleKinds)[number];

export const sampleTests: Readonly<Record<SampleKind, string>> = {
  email: `v ~* '^[^@[:space:]]+@[^@[:space:]]+[.][a-z]{2,}$'`,
  // E.164, or a French national number; a bare run of digits alone proves nothing.
  phone: `(c ~ '^([+]|00)[1-9][0-9]{7,13}$' or c ~ '^0[1-9][0-9]{8}$')`,
  // ISO 13616: the four first characters go to the end, letters become 10 to 35, and the number is 1 modulo 97.
  iban: `case when upper(c) ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$' then (
    select string_agg(case when ascii(ch) between 65 and 90 then (ascii(ch) - 55)::text else ch end, '' order by n)::numeric % 97 = 1
      from regexp_split_to_table(substr(upper(c), 5) || substr(upper(c), 1, 4), '') with ordinality as digits (ch, n)) else false end`,
  // INSEE: the key is 97 minus the thirteen first digits modulo 97; Corsica's 2A and 2B count as 19 and 18.
  nir: `case when upper(c) ~ '^[1-478][0-9]{2}(0[1-9]|1[0-2]|[2-9][0-9])([0-9]{2}|2[AB])[0-9]{8}$' then
    97 - replace(replace(substr(upper(c), 1, 13), '2A', '19'), '2B', '18')::numeric % 97 = substr(c, 14, 2)::numeric else false end`,
  siret: `case when c ~ '^[0-9]{14}$' then ${luhn()} else false end`,
  card: `case when c ~ '^[3-6][0-9]{12,18}$' and length(c) <> 14 then ${luhn()} else false end`,
};

/** ISO/IEC 7812-1: every second digit from the right is doubled, and the sum of all digits is a multiple of ten. */
function luhn(): string {
  return `(select sum(case when n % 2 = 0 then (d * 2) / 10 + (d * 2) % 10 else d end) % 10 = 0
      from (select ch::int as d, n from regexp_split_to_table(reverse(c), '') with ordinality as digits (ch, n)) doubled)`;
}
