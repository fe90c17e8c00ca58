import { addDays, type Day, daysBetween } from '../../../../src/kernel/index.ts';
import { dayBetween, daysAfter, instantOn, sinceFirstDay } from '../../moments.ts';
import { inCapitals } from '../../people/names.ts';
import { cardNumber, type Household, lastDay, type Person } from '../../people/people.ts';
import { Random, Weighted } from '../../people/random.ts';
import { Table } from '../../table.ts';

const stores: readonly (readonly [code: string, brand: string, name: string, postcode: string, city: string])[] = [
  ['M101', 'MM', 'MERVALIN MAISON NANTES', '44000', 'NANTES'],
  ['M102', 'MM', 'MERVALIN MAISON RENNES', '35000', 'RENNES'],
  ['M103', 'MM', 'MERVALIN MAISON LYON 3', '69003', 'LYON'],
  ['M104', 'MM', 'MERVALIN MAISON BORDEAUX', '33000', 'BORDEAUX'],
  ['M105', 'MM', 'MERVALIN MAISON STRASBOURG', '67000', 'STRASBOURG'],
  ['C201', 'CB', 'CABRELLE PARIS 15', '75015', 'PARIS'],
  ['C202', 'CB', 'CABRELLE LILLE', '59000', 'LILLE'],
  ['C203', 'CB', 'CABRELLE TOULOUSE', '31000', 'TOULOUSE'],
  ['C204', 'CB', 'CABRELLE ANGERS', '49000', 'ANGERS'],
];
const passages = new Weighted<number>([
  [0, 8],
  [2, 30],
  [5, 30],
  [9, 18],
  [15, 10],
  [30, 4],
]);
const childNames = ['LEO', 'EMMA', 'GABIN', 'JADE', 'LOUIS', 'ROSE', 'ADAM', 'ALBA', 'NOE', 'INAYA', 'SACHA', 'LINA'];
const remarks = [
  'CLIENTE VIP',
  'RETOUR COURRIER NPAI',
  'APPELER APRES 18H AU {phone}',
  'MARI : VOIR CARTE {card}',
  'ALLERGIE LATEX',
];

/** Every table of the loyalty programme with its rows. */
export function loyaltyTables(households: readonly Household[], seed: string): readonly Table[] {
  const programme = new Programme(new Random(`${seed}/loyalty`));
  for (const household of households) {
    for (const person of household.persons) if (person.membership !== 'shop') programme.enrol(person, household);
  }
  return programme.tables();
}

class Programme {
  readonly #stores = new Table('"MAGASIN"', ['CD_MAG', 'ENSEIGNE', 'LIB_MAG', 'CP_MAG', 'VILLE_MAG']);
  readonly #members = new Table('"ADHERENT"', [
    'NO_ADH',
    'NO_CARTE',
    'CIV',
    'NOM',
    'NOM_JF',
    'PRENOM',
    'DT_NAISS',
    'ADR1',
    'ADR2',
    'CP',
    'VILLE',
    'TEL_FIXE',
    'TEL_PORT',
    'EMAIL',
    'ENSEIGNE',
    'MAG_CREA',
    'DT_CREA',
    'DT_DERN_PASS',
    'NB_PTS',
    'OPT_EMAIL',
    'OPT_SMS',
    'COMMENTAIRE',
  ]);
  readonly #oldCards = new Table('"ANC_CARTE"', ['NO_CARTE_ANC', 'NO_ADH', 'DT_REMPL', 'MOTIF']);
  readonly #visits = new Table('"PASSAGE_CAISSE"', [
    'NO_PASS',
    'NO_CARTE',
    'CD_MAG',
    'DT_PASS',
    'NO_TICKET',
    'MT_TTC',
    'NB_ART',
  ]);
  readonly #points = new Table('"MVT_POINTS"', ['NO_MVT', 'NO_ADH', 'DT_MVT', 'NB_PTS', 'CD_MOTIF', 'LIB_MVT']);
  readonly #coupons = new Table('"COUPON"', [
    'NO_COUPON',
    'NO_ADH',
    'VAL_EUR',
    'DT_EMIS',
    'DT_FIN',
    'DT_UTIL',
    'MAIL_ENVOI',
  ]);
  readonly #children = new Table('"ENFANT"', ['NO_ADH', 'PRENOM_ENF', 'DT_NAISS_ENF']);
  readonly #mails = new Table('"ENVOI_MAIL"', ['NO_ENVOI', 'CD_CAMP', 'MAIL', 'DT_ENVOI', 'DT_OUV']);

  constructor(private readonly random: Random) {
    for (const store of stores) this.#stores.add(...store);
  }

  tables(): readonly Table[] {
    return [
      this.#stores,
      this.#members,
      this.#oldCards,
      this.#visits,
      this.#points,
      this.#coupons,
      this.#children,
      this.#mails,
    ];
  }

  enrol(person: Person, household: Household): void {
    const { random } = this;
    const number = 100_000 + this.#members.size + 1;
    const store = random.pick(stores);
    const since = sinceFirstDay(person.knownSince);
    const visits = this.#addVisits(person.card ?? '', since);
    const balance = this.#addPoints(number, visits);
    const email = person.loyaltyEmail;
    const { address } = household;
    const name = person.isUnderBirthNameInLoyalty ? (person.birthName ?? person.lastName) : person.lastName;
    const maiden = person.isUnderBirthNameInLoyalty ? null : person.birthName;
    this.#members.add(
      number,
      person.card,
      person.sex === 'female' ? 'F' : 'M',
      capitals(name, 40),
      maiden === null ? null : capitals(maiden, 40),
      capitals(person.firstName, 40),
      random.chance(0.85) ? person.birthDate : null,
      capitals(address.line1, 60),
      address.line2 === null ? null : capitals(address.line2, 60),
      address.postcode,
      capitals(address.city, 60),
      person.landline === null ? null : dotted(person.landline),
      person.mobile === null ? null : dotted(person.mobile),
      email,
      store[1],
      store[0],
      since,
      visits.at(-1)?.on ?? null,
      balance,
      email !== null && random.chance(0.6) ? 'O' : 'N',
      person.mobile !== null && random.chance(0.3) ? 'O' : 'N',
      this.#remark(person),
    );
    if (random.chance(0.06)) {
      this.#oldCards.add(
        cardNumber(9_000_000_000 + number),
        number,
        dayBetween(random, since, lastDay),
        random.pick(['PERDUE', 'VOLEE', 'DEFECTUEUSE']),
      );
    }
    if (random.chance(0.2)) this.#addChildren(number, person.birthDate);
    this.#addCoupons(number, email, since);
    if (email !== null) this.#addMails(email, since);
  }

  #remark(person: Person): string | null {
    if (!this.random.chance(0.05)) return null;
    const remark = this.random.pick(remarks);
    return remark.replace('{phone}', person.mobile ?? 'FIXE').replace('{card}', person.card ?? '');
  }

  #addVisits(card: string, since: Day): readonly { readonly on: Day; readonly cents: number }[] {
    const { random } = this;
    const days = Array.from({ length: passages.draw(random) }, () => dayBetween(random, since, lastDay)).sort();
    return days.map((on) => {
      const id = this.#visits.size + 1;
      const cents = random.integer(390, random.chance(0.2) ? 24_000 : 7_000);
      const store = random.pick(stores)[0];
      const instant = instantOn(random, on).slice(0, 19);
      this.#visits.add(
        id,
        card,
        store,
        instant,
        `${store}${on.replaceAll('-', '')}${random.digits(4)}`,
        (cents / 100).toFixed(2),
        random.integer(1, 9),
      );
      return { on, cents };
    });
  }

  #addPoints(number: number, visits: readonly { readonly on: Day; readonly cents: number }[]): number {
    let balance = 0;
    for (const { on, cents } of visits) {
      const earned = Math.floor(cents / 100);
      balance += earned;
      this.#points.add(this.#points.size + 1, number, on, earned, 'ACH', 'ACHAT MAGASIN');
      if (balance > 300) {
        this.#points.add(this.#points.size + 1, number, on, -300, 'CPN', 'CONVERSION EN COUPON');
        balance -= 300;
      }
    }
    return balance;
  }

  #addCoupons(number: number, email: string | null, since: Day): void {
    const { random } = this;
    for (let left = random.integer(0, 2); left > 0; left -= 1) {
      const sent = dayBetween(random, since, lastDay);
      const used = random.chance(0.4) ? daysAfter(random, sent, 1, 55) : null;
      const id = `CP${String(this.#coupons.size + 1).padStart(10, '0')}`;
      this.#coupons.add(id, number, random.pick(['5.00', '10.00', '15.00']), sent, addDays(sent, 60), used, email);
    }
  }

  #addChildren(number: number, parentBorn: Day): void {
    const { random } = this;
    const eldest = addDays(parentBorn, random.integer(22 * 365, 34 * 365));
    if (daysBetween(eldest, lastDay) < 0) return;
    for (let child = random.integer(1, 3); child > 0; child -= 1) {
      this.#children.add(number, random.pick(childNames), daysAfter(random, eldest, 0, 2_500));
    }
  }

  #addMails(email: string, since: Day): void {
    const { random } = this;
    for (let left = random.integer(0, 3); left > 0; left -= 1) {
      const on = dayBetween(random, since, lastDay);
      const opened = random.chance(0.3) ? instantOn(random, daysAfter(random, on, 0, 3)).slice(0, 19) : null;
      const typed = random.chance(0.3) ? email.toLowerCase() : email;
      this.#mails.add(
        this.#mails.size + 1,
        `OP${on.slice(2, 4)}${on.slice(5, 7)}01`,
        typed,
        instantOn(random, on).slice(0, 19),
        opened,
      );
    }
  }
}

/** `L’Hostis` → `L'HOSTIS`, cut where the column ends. */
function capitals(text: string, length: number): string {
  return inCapitals(text).replaceAll('’', "'").slice(0, length);
}

/** `06.39.98.12.34`. */
function dotted(phone: string): string {
  return phone.replaceAll(/(\d{2})(?=\d)/g, '$1.');
}
