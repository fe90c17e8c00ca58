import { Refusal, type Text } from '../../kernel/index.ts';

/** An identifier as someone gave it. */
export interface GivenIdentity {
  readonly kind: string;
  readonly value: string;
}

/**
 * How much an identifier says by itself. `strong`: made to name one person or account (an e-mail address, a loyalty
 * number). `weak`: many share it (a name, a birth date, a postcode, a household's phone): it confirms or contradicts, it
 * never finds a person alone.
 */
export type Strength = 'strong' | 'weak';

interface Kind {
  readonly label: Text;
  readonly strength: Strength;
  /** The one spelling that is compared and hashed; null when the value can't be of the kind. */
  readonly normalise: (value: string) => string | null;
}

/** Name, first name and birth date together, as `ROUVIERE|CAMILLE|1986-05-17`: see `name-and-birth.ts`. */
export const nameAndBirthKind = 'name_and_birth_date';

const kinds: Readonly<Record<string, Kind>> = {
  [nameAndBirthKind]: {
    label: { fr: 'nom, prénom et date de naissance', en: 'names and birth date' },
    strength: 'weak',
    normalise: nameAndBirthValue,
  },
  email: { label: { fr: 'adresse e-mail', en: 'e-mail address' }, strength: 'strong', normalise: normalEmail },
  phone: { label: { fr: 'téléphone', en: 'phone' }, strength: 'weak', normalise: normalPhone },
  name: { label: { fr: 'nom complet', en: 'full name' }, strength: 'weak', normalise: normalName },
  first_name: { label: { fr: 'prénom', en: 'first name' }, strength: 'weak', normalise: normalName },
  last_name: { label: { fr: 'nom', en: 'last name' }, strength: 'weak', normalise: normalName },
  birth_date: { label: { fr: 'date de naissance', en: 'birth date' }, strength: 'weak', normalise: normalDate },
  postcode: { label: { fr: 'code postal', en: 'postcode' }, strength: 'weak', normalise: normalCode },
  city: { label: { fr: 'ville', en: 'city' }, strength: 'weak', normalise: normalName },
  address: { label: { fr: 'adresse', en: 'address' }, strength: 'weak', normalise: normalName },
  loyalty_number: { label: { fr: 'n° de fidélité', en: 'loyalty number' }, strength: 'strong', normalise: normalExact },
  customer_id: { label: { fr: 'n° de client', en: 'customer number' }, strength: 'strong', normalise: normalExact },
};

/** The kinds offered by forms, in order. Any other kind is one that an application's own plan knows. */
export const commonKinds = [
  'email',
  'loyalty_number',
  'customer_id',
  'phone',
  'first_name',
  'last_name',
  'birth_date',
  'postcode',
] as const;

/** Names of kinds: lower case, as columns are named. */
const kindPattern = /^[a-z][a-z0-9_]{0,39}$/;
const longest = 320;

/** A kind that isn't listed is an application's own key (`client_no`): strong, compared as it is written. */
function kindOf(name: string): Kind {
  return kinds[name] ?? { label: { fr: name, en: name }, strength: 'strong', normalise: normalExact };
}

export function kindLabel(name: string): Text {
  return kindOf(name).label;
}

export function strengthOf(name: string): Strength {
  return kindOf(name).strength;
}

/**
 * The identifiers in the one spelling that is compared, without repeats. Refuses what can't be of its kind: the refusal
 * names the place, never the value.
 */
export function normaliseIdentities(given: readonly GivenIdentity[]): readonly GivenIdentity[] {
  const seen = new Map<string, GivenIdentity>();
  const problems = given.flatMap((identity, place) => {
    const kind = identity.kind.trim().toLowerCase();
    const value = kindPattern.test(kind) ? normaliseValue(kind, identity.value) : null;
    if (value === null)
      return [{ pointer: `/identities/${place}/value`, code: 'identity.invalid', text: unusable(kind) }];
    seen.set(`${kind}\n${value}`, { kind, value });
    return [];
  });
  if (problems.length > 0) throw new Refusal('identity.invalid', 422, invalid, problems);
  return [...seen.values()];
}

/** Null when the value can't be of the kind. */
export function normaliseValue(kind: string, value: string): string | null {
  const text = value.normalize('NFC').trim();
  if (text === '' || text.length > longest || hasControl(text) || !text.isWellFormed()) return null;
  return kindOf(kind).normalise(text);
}

/** What a page may show of an identifier without permission to read it: enough to recognise one's own, not to learn it. */
export function maskIdentity(kind: string, value: string): string {
  if (kind === 'email') {
    const [local = '', domain = ''] = value.split('@');
    return `${local.slice(0, 1)}•••@${domain.slice(0, 1)}•••${domain.slice(domain.lastIndexOf('.'))}`;
  }
  if (kind === 'birth_date') return `${value.slice(0, 4)}-••-••`;
  const shown = value.length > 5 ? 2 : 1;
  return kind === 'phone' || strengthOf(kind) === 'strong' ? `•••${value.slice(-shown)}` : `${value.slice(0, 1)}•••`;
}

function hasControl(text: string): boolean {
  return [...text].some((character) => (character.codePointAt(0) ?? 0) < 32);
}

function normalEmail(text: string): string | null {
  const lower = text.toLowerCase();
  return /^[^\s@]+@[^\s@]+$/.test(lower) ? lower : null;
}

/**
 * E.164; a French number may be written nationally, and any number with 00 or +. The national number of another country,
 * `(206) 555-9857`, doesn't say which: it stays as it is dialled there.
 */
function normalPhone(text: string): string | null {
  const marked = text.replace(/\(0\)/g, '').replace(/[\s().\-–/]/g, '');
  const international = marked.replace(/^00/, '+').replace(/^0(?=[1-9]\d{8}$)/, '+33');
  return /^\+?\d{7,15}$/.test(international) ? international : null;
}

/** Its three parts in the one spelling of each; null when one can't be of its kind, or there aren't three. */
export function nameAndBirthValue(text: string): string | null {
  const [last = '', first = '', birth = '', ...more] = text.split('|').map((part) => part.trim());
  const values = [normalName(last), normalName(first), normalDate(birth)];
  return more.length > 0 || values.some((value) => value === null || value === '') ? null : values.join('|');
}

/** Unaccented capitals, one space between words: for comparing, never for showing. */
export function normalName(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[œŒ]/g, 'OE')
    .replace(/[æÆ]/g, 'AE')
    .replace(/[’'`\-–.,]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .toUpperCase();
}

function normalDate(text: string): string | null {
  const french = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/.exec(text);
  const iso = french === null ? text : `${french[3]}-${french[2]?.padStart(2, '0')}-${french[1]?.padStart(2, '0')}`;
  const at = new Date(`${iso}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(iso) && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(iso)
    ? iso
    : null;
}

function normalCode(text: string): string {
  return text.replace(/\s/g, '').toUpperCase();
}

function normalExact(text: string): string {
  return text;
}

const invalid: Text = {
  fr: 'Un identifiant n’a pas la forme attendue. Corrigez-le ; rien n’a été enregistré.',
  en: 'An identifier does not have the expected form. Correct it; nothing was recorded.',
};

function unusable(kind: string): Text {
  const label = kindLabel(kind);
  return {
    fr: `Cette valeur n’est pas de la forme attendue (${label.fr}).`,
    en: `This value does not have the expected form (${label.en}).`,
  };
}
