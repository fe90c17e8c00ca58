import { addDays, type Day, day, daysBetween, earlierOf, laterOf, yearOf } from '../../../src/kernel/index.ts';
import { cast } from './cast.ts';
import { familyNameTable, firstNameTable, type Sex, withoutAccents } from './names.ts';
import { anyAddress, fictionLandline, fictionMobile, type PostalAddress } from './places.ts';
import { Random, Weighted } from './random.ts';

export type Membership = 'shop' | 'loyalty' | 'both';

/** What is fixed of a person before the rest is invented. */
export interface PersonSketch {
  readonly sex: Sex;
  readonly firstName: string;
  readonly lastName: string;
  readonly birthName?: string;
  readonly birthDate: string;
  readonly email: string | null;
  readonly loyaltyEmail?: string | null;
  readonly membership: Membership;
  readonly isUnderBirthNameInLoyalty?: boolean;
  readonly knowsCardInShop?: boolean;
  readonly orders?: number;
}

export interface Person {
  readonly sex: Sex;
  readonly firstName: string;
  readonly lastName: string;
  /** When the person bears another name in daily life. */
  readonly birthName: string | null;
  readonly birthDate: Day;
  /** As the shop knows it. A couple may share it; in the shop it is unique in any case. */
  readonly email: string | null;
  /** As the till typed it, often in another case, sometimes absent, sometimes another one. */
  readonly loyaltyEmail: string | null;
  readonly mobile: string | null;
  readonly landline: string | null;
  readonly membership: Membership;
  /** The loyalty card, an EAN-13 of the range for use inside a shop. */
  readonly card: string | null;
  readonly knowsCardInShop: boolean;
  readonly isUnderBirthNameInLoyalty: boolean;
  readonly knownSince: Day;
  /** Null: as many as chance gives. */
  readonly orders: number | null;
  readonly household: number;
}

export interface Household {
  readonly number: number;
  readonly address: PostalAddress;
  readonly persons: readonly Person[];
}

/** The last day of the invented history, fixed so that a seed gives the same data on any day. */
export const lastDay = day('2026-11-20');
export const firstDay = day('2016-11-21');

export const defaultPersons = 6_000;
export const defaultSeed = 'mervalin';

/** The birth date of someone who came of age a month before the end of the history. */
const youngest = addDays(lastDay, -(18 * 366 + 30));

const householdKind = new Weighted<'alone' | 'couple' | 'family'>([
  ['alone', 46],
  ['couple', 36],
  ['family', 18],
]);
const memberships = new Weighted<Membership>([
  ['shop', 40],
  ['loyalty', 28],
  ['both', 32],
]);
const mailHosts = new Weighted<string>([
  ['example.org', 30],
  ['example.com', 30],
  ['example.net', 20],
  ['courriel.example', 12],
  ['boite.example', 8],
]);

let invented: readonly Household[] | null = null;

/** Those of the example: invented once, for all its applications. */
export function defaultHouseholds(): readonly Household[] {
  invented ??= inventHouseholds(defaultPersons, defaultSeed);
  return invented;
}

/** Invents households until there are `count` persons; the cast comes first. */
export function inventHouseholds(count: number, seed: string = defaultSeed): readonly Household[] {
  const random = new Random(seed);
  const emails = new Set<string>();
  const households: Household[] = [];
  let persons = 0;
  const add = (sketches: readonly PersonSketch[], address: PostalAddress = anyAddress(random)): void => {
    const number = households.length + 1;
    const landline = random.chance(0.4) ? fictionLandline(random, address.department) : null;
    const members = sketches.map((sketch, at) => complete(random, sketch, number, persons + at + 1, landline));
    households.push({ number, address, persons: members });
    persons += members.length;
  };
  for (const { address, persons: sketches } of cast) {
    for (const { email } of sketches) if (email !== null) emails.add(email.toLowerCase());
    add(sketches, address);
  }
  while (persons < count) add(sketchHousehold(random, emails).slice(0, count - persons));
  return households;
}

function sketchHousehold(random: Random, emails: Set<string>): readonly PersonSketch[] {
  const kind = householdKind.draw(random);
  const head = sketchPerson(random, emails, anyBirthDate(random), familyNameTable.draw(random));
  if (kind === 'alone') return [head];
  const partner = sketchPartner(random, emails, head);
  if (kind === 'couple' || yearOf(day(head.birthDate)) > 1982) return [head, partner];
  const born = addDays(day(head.birthDate), random.integer(22 * 365, 38 * 365));
  // Members of either application are adults.
  if (born > youngest) return [head, partner];
  return [head, partner, sketchPerson(random, emails, born, head.lastName)];
}

function sketchPerson(random: Random, emails: Set<string>, birthDate: Day, lastName: string): PersonSketch {
  const sex: Sex = random.chance(0.58) ? 'female' : 'male';
  const firstName = firstNameTable(sex, yearOf(birthDate)).draw(random);
  const membership = memberships.draw(random);
  const email =
    membership === 'loyalty' && random.chance(0.45) ? null : anyEmail(random, emails, firstName, lastName, birthDate);
  return { sex, firstName, lastName, birthDate, email, membership };
}

/** Two persons of about one age, who may bear one name, and one in twelve couples one e-mail. */
function sketchPartner(random: Random, emails: Set<string>, head: PersonSketch): PersonSketch {
  const sex: Sex = random.chance(0.96) === (head.sex === 'male') ? 'female' : 'male';
  const birthDate = earlierOf(addDays(day(head.birthDate), random.integer(-2_200, 2_200)), youngest);
  const firstName = firstNameTable(sex, yearOf(birthDate)).draw(random);
  const ownName = familyNameTable.draw(random);
  const takesName = random.chance(sex === 'female' ? 0.6 : 0.05);
  const isHyphenated = !takesName && random.chance(0.08) && !ownName.includes('-') && !head.lastName.includes('-');
  const lastName = takesName ? head.lastName : isHyphenated ? `${ownName}-${head.lastName}` : ownName;
  const named = { sex, firstName, lastName, birthDate, ...(lastName === ownName ? {} : { birthName: ownName }) };
  if (head.email !== null && random.chance(0.08)) {
    return { ...named, email: head.email, loyaltyEmail: head.email, membership: 'loyalty' };
  }
  const email = anyEmail(random, emails, firstName, random.chance(0.3) ? ownName : lastName, birthDate);
  return { ...named, email, membership: memberships.draw(random) };
}

function anyBirthDate(random: Random): Day {
  // Two draws make the middle ages the most frequent, between 18 and 86.
  const years = (random.next() + random.next()) * 34;
  return addDays(youngest, -Math.floor(years * 365.25));
}

/** `prenom.nom@example.org` and the other ways people write theirs; never one that is taken, whatever its case. */
function anyEmail(random: Random, emails: Set<string>, first: string, last: string, born: Day): string {
  const plain = (text: string): string =>
    withoutAccents(text)
      .toLowerCase()
      .replaceAll(/[^a-z0-9-]/g, '');
  const [given, family] = [plain(first), plain(last)];
  const year = born.slice(2, 4);
  const styles = [
    `${given}.${family}`,
    `${given.charAt(0)}.${family}`,
    `${family}.${given}`,
    `${given}${year}`,
    `${given}-${family}${year}`,
  ];
  const local = random.pick(styles);
  const host = mailHosts.draw(random);
  let email = `${local}@${host}`;
  for (let turn = 2; emails.has(email); turn += 1) email = `${local}${turn}@${host}`;
  emails.add(email);
  return email;
}

function complete(
  random: Random,
  sketch: PersonSketch,
  household: number,
  number: number,
  landline: string | null,
): Person {
  const isMember = sketch.membership !== 'shop';
  const knownSince = addDays(firstDay, random.integer(0, daysBetween(firstDay, lastDay) - 60));
  const adultSince = addDays(day(sketch.birthDate), 18 * 366);
  const birthName = sketch.birthName ?? null;
  return {
    sex: sketch.sex,
    firstName: sketch.firstName,
    lastName: sketch.lastName,
    birthName,
    birthDate: day(sketch.birthDate),
    email: sketch.email,
    loyaltyEmail: sketch.loyaltyEmail === undefined ? asTyped(random, sketch) : sketch.loyaltyEmail,
    mobile: random.chance(0.82) ? fictionMobile(random) : null,
    landline,
    membership: sketch.membership,
    card: isMember ? cardNumber(number) : null,
    knowsCardInShop: sketch.membership === 'both' && (sketch.knowsCardInShop ?? random.chance(0.45)),
    isUnderBirthNameInLoyalty: sketch.isUnderBirthNameInLoyalty ?? (birthName !== null && random.chance(0.4)),
    knownSince: laterOf(knownSince, adultSince),
    orders: sketch.orders ?? null,
    household,
  };
}

/** What a cashier typed: the same address in another case, most often. */
function asTyped(random: Random, sketch: PersonSketch): string | null {
  if (sketch.email === null || random.chance(0.22)) return null;
  const [local = '', host = ''] = sketch.email.split('@');
  const draw = random.next();
  if (draw < 0.35) return sketch.email.toUpperCase();
  if (draw < 0.6) return `${local.replaceAll(/(^|[.-])[a-z]/g, (start) => start.toUpperCase())}@${host}`;
  if (draw < 0.68) return `${local}.perso@${host === 'example.org' ? 'example.net' : 'example.org'}`;
  return sketch.email;
}

/** 13 digits that begin with 29 (numbers for use inside a company) and end with their check digit. */
export function cardNumber(number: number): string {
  const body = `29${String(number).padStart(10, '0')}`;
  let sum = 0;
  for (let place = 0; place < body.length; place += 1) sum += Number(body.charAt(place)) * (place % 2 === 0 ? 1 : 3);
  return `${body}${(10 - (sum % 10)) % 10}`;
}
