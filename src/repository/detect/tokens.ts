import { type Concept, isKnown, meaningsOf } from './vocabulary.ts';

/** A name read as words: `T_CLI_NOM` → t cli nom; `dateNaiss` → date naiss; `emailaddress` → email address. */
export function wordsOf(name: string, hints: readonly string[] = []): readonly string[] {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '');
  const spaced = plain
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .replace(/[^A-Za-z0-9]+/g, ' ')
    .toLowerCase();
  return spaced
    .split(' ')
    .filter(Boolean)
    .flatMap(splitDigits)
    .flatMap((word) => splitFused(word, hints));
}

/** The concepts that a list of words may mean. */
export function conceptsOf(words: readonly string[]): ReadonlySet<Concept> {
  const found = new Set<Concept>();
  for (const word of words) for (const concept of meaningsOf(word)) found.add(concept);
  // `e_mail` is one word, `user_agent` isn't a person, `opt_in` is a choice and `mot de passe` a secret.
  const pairs = new Set(words.slice(1).map((word, index) => `${words[index]} ${word}`));
  if (pairs.has('e mail')) found.add('email');
  if (pairs.has('api key')) found.add('token');
  if (pairs.has('id document') || pairs.has('piece identite') || pairs.has('identity document'))
    found.add('nationalid');
  if (pairs.has('time zone')) found.add('timezone');
  if (pairs.has('compte rendu')) found.add('note');
  if (pairs.has('user agent')) found.add('agent');
  if (pairs.has('user agent')) for (const person of ['user', 'employee'] as const) found.delete(person);
  if (pairs.has('opt in') || pairs.has('opt out')) found.add('consent');
  if (pairs.has('mot passe') || words.join(' ').includes('mot de passe')) found.add('password');
  if (pairs.has('jeune fille')) found.add('maiden');
  return found;
}

/** `adr1` → adr; `md5` and `ipv4` keep their letters; a word made of digits only is dropped. */
function splitDigits(word: string): readonly string[] {
  return word.split(/[0-9]+/).filter(Boolean);
}

const minimum = 3;
const shortPieces: ReadonlySet<string> = new Set(['id', 'cp', 'no', 'of', 'de', 'ip', 'cb', 'jf', 'dt', 'nb']);
// Real words that would fall apart into others, or endings that make false pieces.
const neverPieces: ReadonlySet<string> = new Set([
  'age',
  'port',
  'pan',
  'exp',
  'sex',
  'lib',
  'lig',
  'mel',
  'sel',
  'num',
  'cod',
]);
const leading: ReadonlySet<string> = new Set(['num', 'cod', 'lib']);

/** A word that the vocabulary doesn't know, cut into words that it knows when that covers it whole. */
function splitFused(word: string, hints: readonly string[]): readonly string[] {
  if (word.length < 5 || isKnown(word)) return [word];
  const legacy = splitLegacy(word, hints);
  if (legacy !== null) return legacy;
  const best: (readonly string[] | null)[] = [[]];
  for (let end = 1; end <= word.length; end += 1) {
    best[end] = null;
    for (let start = 0; start < end; start += 1) {
      const before = best[start];
      if (!before) continue;
      const piece = word.slice(start, end);
      if (!isPiece(piece, start === 0)) continue;
      const current = best[end];
      if (!current || before.length + 1 < current.length) best[end] = [...before, piece];
    }
  }
  const whole = best[word.length];
  return whole && whole.length <= 4 ? whole : [word];
}

function isPiece(piece: string, isFirst: boolean): boolean {
  if (piece.length < minimum) return shortPieces.has(piece);
  if (neverPieces.has(piece)) return isFirst && leading.has(piece);
  return isKnown(piece);
}

/** First words of tables that say only that it is a table. */
export const tableNoise: ReadonlySet<string> = new Set([
  't',
  'tb',
  'tbl',
  'tab',
  'table',
  'dim',
  'fact',
  'fct',
  'vw',
  'v',
  'mv',
  'view',
  'stg',
  'dbo',
  'f',
  'd',
  'x',
]);

/** Words that begin the fused names of old schemas (`NOMRESP`, `ADRFAM`, `TELDOM`), and what they stand for. */
const leads: ReadonlyMap<string, string> = new Map([
  ['nom', 'nom'],
  ['pre', 'prenom'],
  ['pren', 'prenom'],
  ['prenom', 'prenom'],
  ['adr', 'adresse'],
  ['tel', 'tel'],
  ['mel', 'mel'],
  ['mail', 'mail'],
  ['email', 'email'],
  ['num', 'num'],
  ['cod', 'code'],
  ['code', 'code'],
  ['lib', 'libelle'],
  ['dat', 'date'],
  ['date', 'date'],
  ['val', 'valeur'],
  ['mat', 'matricule'],
  ['id', 'id'],
]);

const endings: ReadonlySet<string> = new Set([
  'resp',
  'dom',
  'trav',
  'pro',
  'port',
  'fixe',
  'voie',
  'conj',
  'cli',
  'perso',
]);

/** A lead, then an ending that is usual, or that begins the name of a table of the schema (a *hint*). */
function splitLegacy(word: string, hints: readonly string[]): readonly string[] | null {
  for (const [lead, meaning] of leads) {
    if (!word.startsWith(lead)) continue;
    const rest = word.slice(lead.length);
    if (rest.length < 3) continue;
    if (endings.has(rest)) return [meaning, rest];
    const hint = hints.find((each) => each.startsWith(rest));
    if (hint !== undefined) return [meaning, hint];
  }
  return null;
}
