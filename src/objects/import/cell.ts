import type { Attribute } from '../../model/index.ts';
import { momentInput } from '../moment-input.ts';
import { folded } from './folded.ts';
import type { ImportOptions } from './options.ts';

/** From what a file holds to what the attribute's type reads: people's files say dates, choices and yes or no in their own ways. */
export type CellReader = (cell: unknown) => unknown;

/** The reader of one attribute's cells, made once a file. What it doesn't know is left as it is, for the type to refuse. */
export function cellReader(attribute: Attribute, options: ImportOptions): CellReader {
  const read = textReader(attribute, options);
  const isText = attribute.type.expression.kind === 'text';
  return (cell) => {
    if (typeof cell === 'string') return read(cell.trim());
    // Spreadsheets keep codes made of figures as numbers.
    if (typeof cell === 'number' && isText) return String(cell);
    if (typeof cell === 'number' && attribute.type.kind === 'money')
      return { amount: cell, currency: options.currency };
    return cell;
  };
}

function textReader({ type }: Attribute, options: ImportOptions): (text: string) => unknown {
  switch (type.kind) {
    case 'boolean':
      return (text) => yesOrNo.get(folded(text)) ?? text;
    case 'integer':
      return (text) => text.replace(/[\s\u00a0\u202f]/g, '').replace(/[.,]0{1,2}$/, '');
    case 'date':
      return (text) => isoDate(text, options.dates).replace(/[T ]00:00(?::00(?:\.0+)?)?Z?$/, '');
    case 'datetime':
      return (text) => momentInput(withTime(isoDate(text, options.dates)));
    case 'money':
      return (text) => amount(text, options.currency);
    case 'choice': {
      const choices = choicesOf(type.control);
      return (text) => choices.get(folded(text)) ?? text;
    }
    case 'choices': {
      const choices = choicesOf(type.control);
      return (text) =>
        text
          .split(options.separator)
          .filter((one) => one.trim() !== '')
          .map((one) => choices.get(folded(one)) ?? one.trim());
    }
    case 'country':
      return (text) => (/^[a-z]{2}$/i.test(text) ? text : (countriesByName(type).get(folded(text)) ?? text));
    default:
      return (text) => text;
  }
}

const yesOrNo: ReadonlyMap<string, boolean> = new Map([
  ...['oui', 'yes', 'vrai', 'true', 'o', 'y', 'x', '1'].map((word) => [word, true] as const),
  ...['non', 'no', 'faux', 'false', 'n', '0'].map((word) => [word, false] as const),
]);

function isoDate(text: string, order: ImportOptions['dates']): string {
  return text.replace(
    /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?=$|[ T])/,
    (_, first: string, second: string, year: string) => {
      const [day, month] = order === 'dmy' ? [first, second] : [second, first];
      return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
    },
  );
}

/** A day alone is its first instant. */
function withTime(text: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00` : text;
}

const signs = new Map([
  ['€', 'EUR'],
  ['$', 'USD'],
  ['£', 'GBP'],
]);

/** `12,50 €`, `EUR 12.50`, `12.50`. */
function amount(text: string, currency: string): { readonly amount: string; readonly currency: string } {
  const match = /^([A-Za-z]{3}|[€$£])?\s*([+-]?[\d\s\u00a0\u202f]+(?:[.,]\d+)?)\s*([A-Za-z]{3}|[€$£])?$/.exec(text);
  const said = match?.[1] ?? match?.[3];
  return { amount: match?.[2]?.trim() ?? text, currency: said === undefined ? currency : (signs.get(said) ?? said) };
}

/** By their names and their labels in both languages. */
function choicesOf(control: Attribute['type']['control']): ReadonlyMap<string, string> {
  const options = control.kind === 'choice' || control.kind === 'choices' ? control.options : [];
  return new Map([
    ...options.flatMap(({ value, label }): [string, string][] => [
      [folded(label.en), value],
      [folded(label.fr), value],
    ]),
    ...options.map(({ value }): [string, string] => [folded(value), value]),
  ]);
}

/** `FX` is a former name of `FR`. */
function isCurrent(code: string): boolean {
  return Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`;
}

let countries: ReadonlyMap<string, string> | null = null;

function countriesByName(type: Attribute['type']): ReadonlyMap<string, string> {
  if (countries !== null) return countries;
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const codes = letters
    .flatMap((a) => letters.map((b) => a + b))
    .filter((code) => type.parse(code).ok && isCurrent(code));
  const names = codes.flatMap((code): [string, string][] =>
    (['fr', 'en'] as const).map((language) => [folded(type.show(code, { language, timeZone: 'UTC' })), code]),
  );
  countries = new Map(names);
  return countries;
}
