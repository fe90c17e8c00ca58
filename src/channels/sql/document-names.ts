import { identityKindOf, namesDocument, tableWords, wordList, wordsOf } from './names.ts';

const numberNames = wordList(`name number num numero no nr reference ref code folio prefix suffix series serie`);
/** Short for the numbers of documents: `po_number`, `inv_no`. */
const documentWords = wordList('inv ord po quo voucher batch cheque rma bl folio');

/** `invoice.number`, `account_move.name`, `commande.reference`: what may be the number of a document, if its values are. */
export function mayNumberDocument(table: string, column: string): boolean {
  const list = wordsOf(column);
  const isDocument = namesDocument(`${table} ${column}`) || list.some((word) => documentWords.has(word));
  return isDocument && list.some((word) => numberNames.has(word)) && identityKindOf(column) === null;
}

const things = wordList('product produit article item variant variante sku model modele ean gtin upc isbn barcode');
const thingNames = wordList(
  'name nom label libelle title titre designation sku model modele ean gtin upc isbn barcode ref reference code number',
);

/** `order_line.product_name`, `item_sku`: what was sold, as opposed to what somebody had engraved on it. */
export function namesThing(table: string, column: string): boolean {
  const list = wordsOf(column);
  const isOfThing =
    list.some((word) => things.has(word)) && list.every((word) => things.has(word) || thingNames.has(word));
  return isOfThing && isTrade(table);
}

const facts =
  wordList(`method methode mode moyen unit unite uom title titre label libelle model modele store shop boutique
  magasin site website tax taxe tva vat rate taux`);

/** `payment_method`, `unit`, `store_name`: what is said of a sale rather than of who buys, if its values come back. */
export function namesFact(table: string, column: string): boolean {
  return isTrade(table) && wordsOf(column).some((word) => facts.has(word));
}

function isTrade(table: string): boolean {
  return namesDocument(table) || tableWords(table).some((word) => trades.has(word));
}

const trades = wordList('cart basket panier line ligne item');
