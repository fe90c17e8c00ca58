import type { Day } from '../../../src/kernel/index.ts';
import { dayBetween, instantOn, sinceFirstDay } from '../moments.ts';
import { type Household, lastDay, type Person } from '../people/people.ts';
import { Random, Weighted } from '../people/random.ts';
import { Table } from '../table.ts';
import { fillCatalogue, type Product } from './catalogue.ts';
import { type Buyer, OrderBook } from './order-book.ts';
import { advisorNotes } from './texts.ts';

const orderCounts = new Weighted<number>([
  [0, 14],
  [1, 26],
  [2, 19],
  [3, 13],
  [4, 9],
  [5, 7],
  [7, 6],
  [10, 4],
  [16, 2],
]);

/** Every table of the shop with its rows, in an order that satisfies the references. */
export function shopTables(households: readonly Household[], seed: string): readonly Table[] {
  const shop = new Shop(new Random(`${seed}/shop`));
  for (const household of households) shop.addHousehold(household);
  return shop.finished(households);
}

class Shop {
  readonly category = new Table('category', ['id', 'parent_id', 'slug', 'name']);
  readonly product = new Table('product', ['id', 'category_id', 'sku', 'name', 'price_cents', 'vat_rate', 'stock']);
  readonly address = new Table('address', ['id', 'line1', 'line2', 'postcode', 'city', 'country']);
  readonly customer = new Table('customer', [
    'id',
    'customer_number',
    'civility',
    'first_name',
    'last_name',
    'birth_name',
    'birth_date',
    'email',
    'mobile_phone',
    'landline',
    'password_hash',
    'loyalty_card',
    'advisor_note',
    'created_at',
    'last_login_at',
  ]);
  readonly customerAddress = new Table('customer_address', ['customer_id', 'address_id', 'use', 'label']);
  readonly newsletter = new Table('newsletter_subscription', [
    'email',
    'customer_id',
    'topics',
    'collected_from',
    'ip_address',
    'subscribed_at',
    'unsubscribed_at',
  ]);
  readonly products: readonly Product[];
  readonly book: OrderBook;

  constructor(private readonly random: Random) {
    this.products = fillCatalogue(random, this.category, this.product);
    this.book = new OrderBook(random, this.products);
  }

  addHousehold(household: Household): void {
    const inShop = household.persons.filter((person) => person.membership !== 'loyalty');
    if (inShop.length === 0) return;
    const { line1, line2, postcode, city } = household.address;
    const addressId = this.address.size + 1;
    this.address.add(addressId, line1, line2, postcode, city, 'FR');
    for (const person of inShop) this.addCustomer(person, addressId, household);
  }

  private addCustomer(person: Person, addressId: number, household: Household): void {
    const { random } = this;
    const id = this.customer.size + 1;
    const since = sinceFirstDay(person.knownSince);
    const lastLogin = random.chance(0.9) ? instantOn(random, dayBetween(random, since, lastDay)) : null;
    const buyer: Buyer = {
      id,
      addressId,
      person,
      since,
      addressLine: addressText(household),
      city: household.address.city,
      name: `${person.firstName} ${person.lastName}`,
    };
    this.customer.add(
      id,
      `C-${String(id).padStart(6, '0')}`,
      random.chance(0.93) ? (person.sex === 'female' ? 'mme' : 'm') : null,
      person.firstName,
      person.lastName,
      person.birthName,
      random.chance(0.8) ? person.birthDate : null,
      person.email,
      person.mobile === null ? null : writtenPhone(random, person.mobile),
      person.landline,
      `$argon2id$v=19$m=19456,t=2,p=1$${hexOf(random, 22)}$${hexOf(random, 43)}`,
      person.knowsCardInShop ? person.card : null,
      random.chance(0.04) ? this.book.filled(random.pick(advisorNotes), buyer) : null,
      instantOn(random, since),
      lastLogin,
    );
    this.customerAddress.add(id, addressId, 'billing', null);
    this.customerAddress.add(id, addressId, 'shipping', random.chance(0.5) ? 'Maison' : null);
    const count = person.orders ?? orderCounts.draw(random);
    for (let at = 0; at < count; at += 1) this.book.addOrder(buyer, dayBetween(random, since, lastDay));
    this.book.addCart(buyer);
    if (random.chance(0.45)) this.subscribe(person.email ?? '', id, since);
  }

  private subscribe(email: string, customerId: number | null, since: Day): void {
    const { random } = this;
    const from = dayBetween(random, since, lastDay);
    const ip = random.chance(0.7) ? `203.0.113.${random.integer(1, 254)}` : null;
    const left = random.chance(0.2) ? instantOn(random, dayBetween(random, from, lastDay)) : null;
    const topics = ['deco', 'cuisine', 'jardin', 'ventes-privees'].filter(() => random.chance(0.5));
    this.newsletter.add(
      email,
      customerId,
      topics,
      random.pick(['compte', 'pied-de-page', 'jeu-concours']),
      ip,
      instantOn(random, from),
      left,
    );
  }

  /** Some members of the loyalty programme who are no customers read the newsletter: only their address is known. */
  finished(households: readonly Household[]): readonly Table[] {
    const taken = new Set(
      households.flatMap(({ persons }) =>
        persons.filter((one) => one.membership !== 'loyalty').map((one) => one.email),
      ),
    );
    for (const { persons } of households) {
      for (const person of persons) {
        if (person.membership !== 'loyalty' || person.email === null || taken.has(person.email)) continue;
        taken.add(person.email);
        if (this.random.chance(0.25)) this.subscribe(person.email, null, sinceFirstDay(person.knownSince));
      }
    }
    return [
      this.category,
      this.product,
      this.address,
      this.customer,
      this.customerAddress,
      ...this.book.tables(),
      this.newsletter,
    ];
  }
}

function addressText(household: Household): string {
  const { line1, line2, postcode, city } = household.address;
  return `${line1}${line2 === null ? '' : `, ${line2}`}, ${postcode} ${city}`;
}

/** `06 39 98 12 34`, `0639981234` or `+33639981234`: as people type theirs. */
function writtenPhone(random: Random, phone: string): string {
  const draw = random.next();
  if (draw < 0.4) return phone.replaceAll(/(\d{2})(?=\d)/g, '$1 ');
  if (draw < 0.75) return phone;
  return `+33${phone.slice(1)}`;
}

function hexOf(random: Random, length: number): string {
  let text = '';
  while (text.length < length) text += random.integer(0, 0xffff).toString(36);
  return text.slice(0, length);
}
