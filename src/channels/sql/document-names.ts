import { identityKindOf, namesCode, namesDocument, tableWords, wordList, wordsOf } from './names.ts';

const numberNames = wordList(`name number num numero no nr reference ref code folio prefix suffix series serie`);
/** Short for the numbers of documents: `po_number`, `inv_no`. */
const documentWords = wordList('inv ord po quo voucher batch cheque rma bl folio');

/** `invoice.number`, `account_move.name`, `commande.reference`: what may be the number of a document, if its values are. */
export function mayNumberDocument(table: string, column: string): boolean {
  const list = wordsOf(column);
  const isDocument = namesDocument(`${table} ${column}`) || list.some((word) => documentWords.has(word));
  return isDocument && list.some((word) => numberNames.has(word)) && identityKindOf(column) === null;
}

const outside = wordList('external externe remote foreign provider customer client user session device social');

/** `increment_id` of an order: a key of no table may be what its documents are counted by, if its values are. */
export function mayCountDocument(table: string, column: string): boolean {
  const list = wordsOf(column);
  const isOfPerson = list.some((word) => outside.has(word)) || identityKindOf(column) !== null;
  return namesDocument(table) && list.at(-1) === 'id' && !isOfPerson;
}

const things = wordList('product produit article item variant variante sku model modele ean gtin upc isbn barcode');
const thingNames = wordList(
  'name nom label libelle title titre designation sku model modele ean gtin upc isbn barcode ref reference code number',
);

/**
 * `order_line.product_name`, `item_sku`, and `name` in a line that has a `sku`: what was sold, as opposed to what somebody
 * had engraved on it.
 */
export function namesThing(table: string, column: string, beside: readonly string[]): boolean {
  const list = wordsOf(column);
  const isBare = isLine(table) && list.length === 1 && beside.some((other) => isThings(wordsOf(other)));
  return isTrade(table) && (isThings(list) || (isBare && thingNames.has(list[0] ?? '')));
}

function isThings(list: readonly string[]): boolean {
  return list.some((word) => things.has(word)) && list.every((word) => things.has(word) || thingNames.has(word));
}

function isLine(table: string): boolean {
  return tableWords(table).some((word) => lines.has(word));
}

const facts =
  wordList(`method methode mode moyen unit unite uom title titre label libelle model modele store shop boutique
  magasin site website tax taxe tva vat rate taux`);

/** `payment_method`, `unit`, `entity_name`: what is said of a sale rather than of who buys, if its values come back. */
export function namesFact(table: string, column: string): boolean {
  const list = wordsOf(column);
  const isKind = kinds.has(list[0] ?? '') && list.every((word) => kinds.has(word) || thingNames.has(word));
  return isTrade(table) && (isKind || namesCode(column) || list.some((word) => facts.has(word)));
}

function isTrade(table: string): boolean {
  return namesDocument(table) || tableWords(table).some((word) => trades.has(word));
}

const lines = wordList('line ligne item detail');
const trades = wordList('cart basket panier line ligne item');
/** Of which kind of row something is said. */
const kinds = wordList('entity object record model class module');
