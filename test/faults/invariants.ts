import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type OrderView, ordersOf } from '../../src/compliance/order/latest.ts';
import { readRequestRow } from '../../src/compliance/request/row.ts';
import { sequence, verifyJournal } from '../../src/journal/index.ts';
import { groupBy, parseId, publicId } from '../../src/kernel/index.ts';
import type { Scope } from '../../src/store/index.ts';
import type { TestStore } from '../support/store.ts';
import type { Books } from './books.ts';
import type { Shop } from './shop.ts';
import type { Subject } from './subjects.ts';
import type { Played as PlayedPart } from './tally.ts';
import type { World } from './world.ts';

/** A run that came to its end. */
export interface Played {
  readonly world: World;
  readonly scope: Scope;
  readonly store: TestStore;
  readonly subjects: readonly Subject[];
  /** Null: it took no part. */
  readonly shop: Shop | null;
  /** Heads of the journal that were kept outside of Socle. */
  readonly checkpoints: readonly string[];
}

/** What must hold however a run went; answers with what doesn't, in words. */
export async function brokenInvariants(played: Played): Promise<readonly string[]> {
  const { world, scope, subjects } = played;
  await sequence(scope);
  const entries = await readJournal(scope);
  const broken: string[] = [];
  for (const subject of subjects) broken.push(...(await withoutTrueEnd(played, subject, entries)));
  for (const { books } of world.holders.values()) broken.push(...carriedOutTwice(books));
  broken.push(...(await journalTroubles(played, entries)));
  broken.push(...named('a log line', world.lines), ...named('a message to people', world.mails));
  broken.push(
    ...named(
      'the journal',
      entries.map(({ text }) => text),
    ),
  );
  for (const { books, given } of world.holders.values()) {
    broken.push(...named('the SDK’s store', filesBelow(join(books.now, 'kept'))));
    broken.push(...named('a file left in the share', given.channel === 'file' ? filesBelow(given.drop) : []));
  }
  broken.push(...(await namedInDatabase(played)));
  return broken;
}

interface Entry {
  readonly kind: string;
  readonly text: string;
  readonly order: string | null;
}

async function readJournal(scope: Scope): Promise<readonly Entry[]> {
  const rows = await scope.db.selectFrom('journal.entry').select(['kind', 'body']).orderBy('number').execute();
  return rows.map(({ kind, body }) => {
    const text = body.toString('utf8');
    return { kind, text, order: /"order":"(ord_[0-9A-Z]+)"/.exec(text)?.[1] ?? null };
  });
}

/** Each person × holder has one end, and it is what the holder’s own books say; the journal says the same. */
async function withoutTrueEnd(
  played: Played,
  { kind, campaign, wasKnown, emails }: Subject,
  entries: readonly Entry[],
): Promise<readonly string[]> {
  const { world, scope, shop } = played;
  const broken: string[] = [];
  if (kind === 'request') {
    const { state } = await readRequestRow(scope.db, parseId('req', campaign) ?? '');
    if (state !== 'closed') broken.push(`a request stays “${state}”`);
  }
  const all = await ordersOf(scope.db, campaign);
  const latest = all.filter(({ isLatest }) => isLatest);
  const members = await scope.db
    .selectFrom('compliance.order_person')
    .select(['order_id', 'person_id', 'ref', 'outcome'])
    .where(
      'order_id',
      'in',
      all.map(({ id }) => id),
    )
    .execute();
  const membersOf = groupBy(members, ({ order_id: order }) => order);
  for (const [person, email] of emails) {
    for (const holder of ['Socle', ...world.holders.keys(), ...(shop === null ? [] : ['shop'])]) {
      const own = latest.filter(
        (order) => order.application === holder && membersOf.get(order.id)?.some((one) => one.person_id === person),
      );
      if (own.length !== 1) broken.push(`${world.short(email)} has ${own.length} ends in ${holder}`);
    }
  }
  world.tally.note('orders sent anew (next generation)', all.filter(({ generation }) => generation > 1).length);
  for (const order of latest) {
    const persons = membersOf.get(order.id) ?? [];
    const way = waysOf[order.channel];
    if (way !== undefined) world.tally.note(way);
    if (persons.length > 1 && order.channel !== 'socle') world.tally.note('orders for several persons at once');
    const where = `${order.application} ${order.batch} ${order.generation}`;
    if (persons.length === 0) broken.push(`${where} is about nobody`);
    if (order.channel === 'socle') {
      const end = endInSocle(wasKnown, all);
      // That of a campaign waits for a later issue.
      if (kind === 'request' && order.state !== end)
        broken.push(`${where} is “${order.state}”, and should be “${end}”`);
      continue;
    }
    const outcomes = persons.map(({ outcome }) => outcome);
    if (order.state !== wordFor(outcomes, order.channel)) {
      broken.push(`${where} is “${order.state}”, and its persons: ${outcomes.join(', ')}`);
    }
    for (const { person_id: person, ref, outcome } of persons) {
      const email = emails.get(person) ?? '';
      const who = `${world.short(email)}: ${where}`;
      const said = outcome ?? 'nothing';
      if (order.channel === 'sql') broken.push(...(await untrueInShop(shop, email, said, order, who)));
      else broken.push(...untrueIn(world.holders.get(order.application)?.books, email, ref, said, order, who));
    }
  }
  for (const order of all) broken.push(...journalDiffers(order, entries));
  return broken;
}

const waysOf: Readonly<Record<string, PlayedPart>> = {
  webhook: 'orders by webhook',
  pull: 'orders by pull',
  file: 'orders by files',
  email: 'orders by e-mail',
  sql: 'orders by SQL',
};

/** One word for an order, out of those of its persons (connect.md). */
function wordFor(outcomes: readonly (string | null)[], channel: string): string {
  const words = new Set(outcomes.map((outcome) => outcome ?? 'nothing'));
  const [only = 'nothing'] = words;
  const isDone = [...words].every((word) => word === 'executed' || word === 'not_found');
  const word = words.size === 1 ? only : isDone ? 'executed' : 'partly';
  // Where Socle looks again, done is only said once it has.
  return word === 'executed' && channel === 'sql' ? 'verified' : word;
}

async function untrueInShop(
  shop: Shop | null,
  email: string,
  said: string,
  order: OrderView,
  who: string,
): Promise<readonly string[]> {
  if (shop === null) return [`${who}: there is no shop`];
  const { times, isThere } = await shop.state(email);
  const broken: string[] = [];
  // Sent anew after a restoration that undid nothing, or a hold, it finds nobody.
  if (said !== 'executed' && !(said === 'not_found' && order.generation > 1)) broken.push(`${who} is “${said}”`);
  if (times !== 1 || isThere) broken.push(`${who}: blanked ${times} times, ${isThere ? 'still there' : 'gone'}`);
  return broken;
}

function untrueIn(
  books: Books | undefined,
  email: string,
  ref: string,
  said: string,
  order: OrderView,
  who: string,
): readonly string[] {
  const truth = books?.truth(order, ref, email);
  const isHeld = books?.people[email] !== undefined;
  return [
    ...(said === truth ? [] : [`${who} is “${said}”, and the application did: ${truth}`]),
    ...(isHeld === (said === 'refused')
      ? []
      : [`${who} is “${said}”, and the person is ${isHeld ? 'still' : 'no longer'} in its storage`]),
  ];
}

/**
 * Whom no application knew, and Socle only by the request itself, is “not found” in it too: an end of its own. Everybody else it
 * knew, and has erased: one that it was told of before they asked, whatever applications say; one that an application knew only
 * before it was restored. That a hold ended an order, which was then sent anew, says nothing.
 */
export function endInSocle(
  wasKnown: boolean,
  orders: readonly Pick<OrderView, 'channel' | 'state' | 'isLatest'>[],
): 'verified' | 'not_found' {
  const isKnown = orders.some(
    ({ channel, state, isLatest }) =>
      channel !== 'socle' &&
      (['executed', 'partly', 'verified', 'contradicted'].includes(state) || (state === 'refused' && isLatest)),
  );
  return wasKnown || isKnown ? 'verified' : 'not_found';
}

const ends = ['executed', 'partly', 'refused', 'not_found', 'failed'].map((outcome) => `order.${outcome}`);

/** The last end that the journal tells of an order is the one it has, and it tells of no execution twice. */
function journalDiffers(order: OrderView, entries: readonly Entry[]): readonly string[] {
  const own = entries.filter(({ order: named }) => named === publicId('ord', order.id));
  const told = own.filter(({ kind }) => ends.includes(kind)).map(({ kind }) => kind.slice('order.'.length));
  const where = `${order.application} ${order.batch} ${order.generation}`;
  const broken: string[] = [];
  const last = told.at(-1) ?? null;
  // One that was tried anew after its end, and that a next generation took the place of meanwhile, has none any more.
  const isOvertaken = order.outcome === null && !order.isLatest && last !== 'executed' && last !== 'not_found';
  if (last !== order.outcome && !isOvertaken) {
    broken.push(`the journal says of ${where}: ${told.join(', ')}; Socle says “${order.outcome}”`);
  }
  if (told.filter((outcome) => outcome === 'executed').length > 1) broken.push(`the journal says ${where} done twice`);
  if (order.sentAt !== null && order.digest !== null && !own.some(({ kind }) => kind === 'order.sent')) {
    broken.push(`the journal does not say that ${where} was sent`);
  }
  return broken;
}

/**
 * Nothing was carried out twice under one generation: within a life (what a restoration undid was not carried out) nobody is erased
 * twice, and nobody asked about again but after having failed, or because the process died over it; nor at all once an answer is safe.
 */
export function carriedOutTwice({ acts, given }: Pick<Books, 'acts' | 'given'>): readonly string[] {
  const broken: string[] = [];
  const [asked, erased, kept] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const { life, key, ref, was } of acts) {
    const order = `${key} in life ${life}`;
    const name = `${given.name}: ${ref} of ${order}`;
    if (was === 'kept') kept.add(order);
    if (was === 'threw') asked.delete(name);
    if (was !== 'asked' && was !== 'asked_anew' && was !== 'erased') continue;
    if (kept.has(order)) broken.push(`${name} was “${was}” after its answer was kept`);
    if (was === 'asked_anew') continue;
    const before = was === 'asked' ? asked : erased;
    if (before.has(name)) broken.push(`${name} was “${was}” twice`);
    before.add(name);
  }
  return broken;
}

/** It is whole, and what was signed and kept outside is part of it. */
async function journalTroubles({ scope, checkpoints }: Played, entries: readonly Entry[]): Promise<readonly string[]> {
  const broken: string[] = [];
  for (const against of [null, ...checkpoints]) {
    const report = await verifyJournal(scope, against === null ? {} : { against });
    if (!report.isWhole) broken.push(`the journal: ${report.text.en}`);
    if (report.isWhole && report.size !== entries.length) broken.push(`the journal: ${report.size} entries are good`);
  }
  return broken;
}

/** Of their addresses, names and telephone numbers, by letters or by the hexadecimal digits of their bytes. */
const personal = /planted|706c616e746564|336399800\d\d/i;

function named(where: string, texts: readonly string[]): readonly string[] {
  return texts.filter((text) => personal.test(text)).map((text) => `${where} names a person: ${text.slice(0, 300)}`);
}

function filesBelow(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
  return paths.filter((path) => statSync(path).isFile()).map((path) => `${path}: ${readFileSync(path, 'latin1')}`);
}

let tables: readonly string[] | null = null;

/** Whatever row of whatever table: a person stands there sealed, or not at all. */
async function namedInDatabase({ scope, store }: Played): Promise<readonly string[]> {
  tables ??= (
    await store.asOwner<{ name: string }>(
      `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind = 'r' and n.nspname !~ '^(pg_|information_schema)'
          and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'org')`,
    )
  ).map(({ name }) => name);
  const each = tables.map(
    (name) =>
      `select '${name}' as name, t::text as row from ${name} t where org = $1 and t::text ~* '${personal.source}'`,
  );
  const rows = await store.asOwner<{ name: string; row: string }>(each.join(' union all '), [scope.org]);
  return rows.map(({ name, row }) => `a row of ${name} names a person: ${row.slice(0, 300)}`);
}
