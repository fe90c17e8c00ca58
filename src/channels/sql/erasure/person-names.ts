import { wordsOf } from '../names.ts';

/*
 * Names as they are written in texts: in any case, with or without accents, the first name before the last or after it.
 * A first name alone, or a last name alone, names nobody.
 */

const firstWords: ReadonlySet<string> = new Set('prenom first given forename firstname givenname fname'.split(' '));
const lastWords: ReadonlySet<string> = new Set(
  'nom last family surname patronyme lastname familyname lname usage naissance marital maiden birth'.split(' '),
);

/** Which part of a name a column holds. */
export function namePart(column: string): 'first' | 'last' | 'whole' {
  const words = wordsOf(column);
  if (words.some((word) => firstWords.has(word))) return 'first';
  return words.some((word) => lastWords.has(word)) ? 'last' : 'whole';
}

const titles: ReadonlySet<string> = new Set(['m', 'mr', 'mme', 'mlle', 'mrs', 'ms', 'madame', 'monsieur', 'dr', 'me']);

/** Lower case, without accents, without titles. */
export function nameWords(text: string): readonly string[] {
  return plain(text)
    .split(/[^a-z]+/)
    .filter((word) => word !== '' && !titles.has(word));
}

function plain(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll('œ', 'oe').replaceAll('æ', 'ae');
}

/** Shorter names are words of the language. */
const shortestName = 6;

/** The two sides of a name, each in plain words: `maud`, `ferrandis`; `jean pierre`, `de la tour`. */
type Sides = readonly [string, string];

/** What is kept of a person's names, one text each: `alice|martin`. */
export function namesOfRow(values: readonly { readonly part: ReturnType<typeof namePart>; readonly text: string }[]) {
  const of = (part: string): readonly string[] =>
    values.filter((value) => value.part === part && isName(value.text)).map(({ text }) => nameWords(text).join(' '));
  const firsts = of('first').map((text) => text.split(' ')[0] ?? '');
  // `nom` holds the whole of a name where no column holds a first name.
  const wholes = [...of('whole'), ...(firsts.length === 0 ? of('last') : [])].map((text): Sides => {
    const [first = '', ...rest] = text.split(' ');
    return [first, rest.join(' ')];
  });
  const pairs = firsts.flatMap((first) => of('last').map((last): Sides => [first, last]));
  const sides = [...pairs, ...wholes].filter(
    ([one, other]) => one.length > 1 && other.length > 1 && `${one} ${other}`.length >= shortestName,
  );
  return [...new Set(sides.map((each) => each.join('|')))];
}

function isName(text: string): boolean {
  return /^[\p{L}\p{M}’' .-]+$/u.test(text.trim()) && !/^erased\b/i.test(text);
}

/** Words that join two persons rather than the two names of one. */
const joining = '(et|and|ou|or|und|y|e|de)[^[:alpha:]]';

/** A middle name, or the name of the next field of a document: `"Alice", "last_name": "Martin"`. */
const between = `[^[:alpha:]]{1,4}((?!${joining})[[:alpha:]_]{1,20}[^[:alpha:]]{1,4})?`;

/** Where a text names the person. Both patterns are read whatever the case. */
export function nameSighting(name: string): string {
  return `(^|[^[:alpha:]])(${eitherWay(name, between)})($|[^[:alpha:]])`;
}

/** What is taken out of a text. */
export function nameRedaction(name: string): string {
  return `(?<![[:alpha:]])(${eitherWay(name, '[[:space:],^.-]{1,3}')})(?![[:alpha:]])`;
}

function eitherWay(name: string, gap: string): string {
  const [one = '', other = ''] = name.split('|').map(anyAccent);
  return `${one}${gap}${other}|${other}${gap}${one}`;
}

const accents: Readonly<Record<string, string>> = {
  a: '[aàâäáãåAÀÂÄÁÃÅ]',
  c: '[cçCÇ]',
  e: '[eéèêëEÉÈÊË]',
  i: '[iîïíìIÎÏÍÌ]',
  n: '[nñNÑ]',
  o: '[oôöóòõøOÔÖÓÒÕØ]',
  u: '[uùûüúUÙÛÜÚ]',
  y: '[yÿýYŸÝ]',
};

function anyAccent(words: string): string {
  return words.split(' ').map(wordPattern).join("[[:space:]'’-]{1,3}");
}

/** `oe` and `ae` may be one letter; each letter may bear an accent. */
function wordPattern(word: string): string {
  const lettersOf = (part: string): string => [...part].map((letter) => accents[letter] ?? letter).join('');
  return word
    .split(/(oe|ae)/)
    .map((part) => {
      const joined = { oe: 'œ|Œ', ae: 'æ|Æ' }[part];
      return joined === undefined ? lettersOf(part) : `(${lettersOf(part)}|${joined})`;
    })
    .join('');
}
