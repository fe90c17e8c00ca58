import type { GivenIdentity } from '../person/kinds.ts';
import { normalName } from '../person/kinds.ts';

/** What is too common to name anybody by itself, or too short to be looked for in a sentence. */
const passedOver: ReadonlySet<string> = new Set(['postcode', 'city']);
const shortest = 3;

/** Whether a text that will be kept as evidence holds something of the person who is to be forgotten. */
export function namesPerson(text: string, identities: readonly GivenIdentity[]): boolean {
  const words = wordsOf(text);
  const digits = text.replace(/\D/g, '');
  return identities.some(({ kind, value }) => {
    if (passedOver.has(kind)) return false;
    if (kind === 'phone') return digits.includes(value.replace(/\D/g, '').slice(-9));
    if (kind === 'birth_date') return datesOf(value).some((date) => text.includes(date));
    const sought = wordsOf(value);
    return sought.trim().length >= shortest && words.includes(sought);
  });
}

/** Whole words: « clairement » does not name Claire. */
function wordsOf(text: string): string {
  return ` ${normalName(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `;
}

function datesOf(iso: string): readonly string[] {
  const [year = '', month = '', day = ''] = iso.split('-');
  return [iso, `${day}/${month}/${year}`, `${day}.${month}.${year}`, `${Number(day)}/${Number(month)}/${year}`];
}
