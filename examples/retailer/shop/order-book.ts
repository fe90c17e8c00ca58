import { type Day, yearOf } from '../../../src/kernel/index.ts';
import { dayBetween, daysAfter, instantOn } from '../moments.ts';
import { lastDay, type Person } from '../people/people.ts';
import { type Random, Weighted } from '../people/random.ts';
import { Table } from '../table.ts';
import type { Product } from './catalogue.ts';
import { giftMessages, instructions, reviews, tickets } from './texts.ts';

/** A customer as an order needs them. */
export interface Buyer {
  readonly id: number;
  readonly name: string;
  readonly person: Person;
  readonly since: Day;
  readonly addressId: number;
  readonly addressLine: string;
  readonly city: string;
}

const methods = new Weighted<'card' | 'paypal' | 'transfer' | 'gift_card'>([
  ['card', 74],
  ['paypal', 17],
  ['gift_card', 6],
  ['transfer', 3],
]);
const carriers = ['Colis du Coin', 'Transvoie', 'Relais Plume'];

/** Orders with what follows from them: lines, invoice, payment, delivery, review, question to the service; and carts. */
export class OrderBook {
  readonly #orders = new Table('orders', [
    'id',
    'order_number',
    'customer_id',
    'status',
    'placed_at',
    'billing_address_id',
    'shipping_address_id',
    'contact_phone',
    'gift_message',
    'total_cents',
    'currency',
  ]);
  readonly #lines = new Table('order_line', [
    'order_id',
    'line_no',
    'product_id',
    'quantity',
    'unit_price_cents',
    'engraving',
  ]);
  readonly #invoices = new Table('invoice', [
    'id',
    'invoice_number',
    'order_id',
    'issued_on',
    'billed_name',
    'billed_address',
    'total_excluding_vat_cents',
    'vat_cents',
    'total_cents',
  ]);
  readonly #payments = new Table('payment', [
    'id',
    'order_id',
    'method',
    'amount_cents',
    'card_mask',
    'card_holder',
    'psp_reference',
    'paid_at',
  ]);
  readonly #deliveries = new Table('delivery', [
    'id',
    'order_id',
    'carrier',
    'tracking_number',
    'recipient_name',
    'recipient_phone',
    'instructions',
    'shipped_at',
    'delivered_at',
  ]);
  readonly #reviews = new Table('review', [
    'product_id',
    'customer_id',
    'signature',
    'rating',
    'title',
    'body',
    'published_at',
  ]);
  readonly #tickets = new Table('support_ticket', ['id', 'customer_id', 'order_id', 'subject', 'status', 'opened_at']);
  readonly #messages = new Table('ticket_message', ['ticket_id', 'is_from_customer', 'body', 'sent_at']);
  readonly #carts = new Table('cart', ['id', 'customer_id', 'content', 'updated_at']);
  readonly #reviewed = new Set<string>();

  constructor(
    private readonly random: Random,
    private readonly products: readonly Product[],
  ) {}

  tables(): readonly Table[] {
    return [
      this.#orders,
      this.#lines,
      this.#invoices,
      this.#payments,
      this.#deliveries,
      this.#reviews,
      this.#carts,
      this.#tickets,
      this.#messages,
    ];
  }

  addOrder(buyer: Buyer, on: Day): void {
    const { random } = this;
    const id = this.#orders.size + 1;
    const bought = this.#addLines(id);
    const total = bought.reduce((sum, line) => sum + line.cents, 0);
    const isRecent = on > '2026-11-14';
    const status = isRecent
      ? random.pick(['paid', 'preparing', 'shipped'])
      : random.chance(0.05)
        ? random.pick(['cancelled', 'returned'])
        : 'delivered';
    const number = `${yearOf(on)}-${String(id).padStart(7, '0')}`;
    const phone = random.chance(0.3) ? buyer.person.mobile : null;
    const gift = random.chance(0.05) ? this.filled(random.pick(giftMessages), buyer, number) : null;
    this.#orders.add(
      id,
      number,
      buyer.id,
      status,
      instantOn(random, on),
      buyer.addressId,
      buyer.addressId,
      phone,
      gift,
      total,
      'EUR',
    );
    this.#addPayment(id, buyer, on, total);
    if (status === 'cancelled') return;
    this.#addInvoice(id, buyer, on, total);
    if (status !== 'paid' && status !== 'preparing') this.#addDelivery(id, buyer, on, status);
    if (status === 'delivered') this.#addReview(buyer, bought, on);
    if (random.chance(0.06)) this.#addTicket(id, number, buyer, on);
  }

  #addLines(orderId: number): readonly { readonly product: Product; readonly cents: number }[] {
    const { random } = this;
    const lines = random.chance(0.45) ? 1 : random.integer(2, 4);
    const bought: { product: Product; cents: number }[] = [];
    for (let line = 1; line <= lines; line += 1) {
      const product = random.pick(this.products);
      const quantity = random.chance(0.8) ? 1 : random.integer(2, 6);
      const engraving =
        product.canBeEngraved && random.chance(0.04) ? random.pick(['M & J', 'Léa', 'Famille B.', '14-06-2019']) : null;
      this.#lines.add(orderId, line, product.id, quantity, product.cents, engraving);
      bought.push({ product, cents: product.cents * quantity });
    }
    return bought;
  }

  #addInvoice(orderId: number, buyer: Buyer, on: Day, total: number): void {
    const excluding = Math.round(total / 1.2);
    const id = this.#invoices.size + 1;
    const number = `F${yearOf(on)}${String(id).padStart(7, '0')}`;
    this.#invoices.add(id, number, orderId, on, buyer.name, buyer.addressLine, excluding, total - excluding, total);
  }

  #addPayment(orderId: number, buyer: Buyer, on: Day, total: number): void {
    const { random } = this;
    const method = methods.draw(random);
    // 4970 begins cards of a French network; the middle is masked, the holder written as on the card.
    const mask = method === 'card' ? `${random.pick(['4970', '5131', '4974'])} **** **** ${random.digits(4)}` : null;
    const holder = method === 'card' ? buyer.name.toUpperCase() : null;
    const id = this.#payments.size + 1;
    this.#payments.add(
      id,
      orderId,
      method,
      total,
      mask,
      holder,
      `PSP-${String(id).padStart(9, '0')}-${random.digits(4)}`,
      instantOn(random, on),
    );
  }

  #addDelivery(orderId: number, buyer: Buyer, on: Day, status: string): void {
    const { random } = this;
    const id = this.#deliveries.size + 1;
    const shipped = daysAfter(random, on, 1, 3);
    const arrived = status === 'shipped' ? null : instantOn(random, daysAfter(random, shipped, 1, 5));
    const note = random.chance(0.25) ? this.filled(random.pick(instructions), buyer) : null;
    const tracking = `TR${String(id).padStart(8, '0')}${random.digits(3)}FR`;
    const phone = random.chance(0.6) ? buyer.person.mobile : null;
    this.#deliveries.add(
      id,
      orderId,
      random.pick(carriers),
      tracking,
      buyer.name,
      phone,
      note,
      instantOn(random, shipped),
      arrived,
    );
  }

  #addReview(buyer: Buyer, bought: readonly { readonly product: Product }[], on: Day): void {
    const { random } = this;
    const product = bought[0]?.product;
    if (product === undefined || !random.chance(0.12)) return;
    const key = `${product.id}/${buyer.id}`;
    if (this.#reviewed.has(key)) return;
    this.#reviewed.add(key);
    const [rating, title, body] = random.pick(reviews);
    const signature = random.chance(0.5)
      ? `${buyer.person.firstName} ${buyer.person.lastName.charAt(0)}.`
      : buyer.person.firstName;
    const published = instantOn(random, daysAfter(random, on, 6, 40));
    this.#reviews.add(product.id, buyer.id, signature, rating, title, this.filled(body, buyer), published);
  }

  #addTicket(orderId: number, orderNumber: string, buyer: Buyer, on: Day): void {
    const { random } = this;
    const id = this.#tickets.size + 1;
    const [subject, question, answer] = random.pick(tickets);
    const opened = daysAfter(random, on, 3, 20);
    const isOld = opened < '2026-11-10';
    this.#tickets.add(id, buyer.id, orderId, subject, isOld ? 'closed' : 'open', instantOn(random, opened));
    this.#messages.add(id, true, this.filled(question, buyer, orderNumber), instantOn(random, opened));
    if (isOld)
      this.#messages.add(
        id,
        false,
        this.filled(answer, buyer, orderNumber),
        instantOn(random, daysAfter(random, opened, 1, 4)),
      );
  }

  addCart(buyer: Buyer): void {
    const { random } = this;
    if (!random.chance(0.2)) return;
    const content = [{ product: random.pick(this.products).id, quantity: random.integer(1, 3) }];
    const id = `${random.digits(8)}-${random.digits(4)}-4${random.digits(3)}-8${random.digits(3)}-${random.digits(12)}`;
    this.#carts.add(id, buyer.id, { json: content }, instantOn(random, dayBetween(random, buyer.since, lastDay)));
  }

  /** Puts what a buyer writes of themself into a sentence. */
  filled(sentence: string, buyer: Buyer, order = ''): string {
    const { person } = buyer;
    return sentence
      .replaceAll('{full}', buyer.name)
      .replaceAll('{first}', person.firstName)
      .replaceAll('{name}', person.lastName)
      .replaceAll('{abbreviation}', person.sex === 'female' ? 'me' : '.')
      .replaceAll('{phone}', person.mobile ?? 'numéro du compte')
      .replaceAll('{email}', person.email ?? '')
      .replaceAll('{card}', person.card ?? 'de fidélité')
      .replaceAll('{city}', buyer.city)
      .replaceAll('{order}', order);
  }
}
