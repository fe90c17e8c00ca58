import { csvLine } from '../../codecs/index.ts';
import type { Language, Uuid } from '../../kernel/index.ts';
import {
  type Attribute,
  addressText,
  isFilledIn,
  quantityText,
  type TypeModel,
  type Value,
} from '../../model/index.ts';
import type { Scope } from '../../store/index.ts';
import type { Acting } from '../acting.ts';
import { objectJson } from '../api/json.ts';
import { columnsOfAttribute, type FileColumn } from '../file-columns.ts';
import { type KeyPart, type ListAsked, listObjects, type ObjectList } from '../list.ts';
import { type Named, namesOf } from '../read.ts';
import { publicObjectId } from '../reference.ts';
import type { StoredObject } from '../stored-object.ts';

export const exportFormats = ['csv', 'json'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** Objects read in one go. */
const objectsAtOnce = 1_000;

export interface ExportAsked extends Pick<ListAsked, 'filter' | 'search' | 'sort'> {
  readonly format: ExportFormat;
  readonly language: Language;
}

/**
 * All objects of a list, filtered and sorted as it is, page after page by keyset: nothing is held but one page, and no
 * transaction stays open. Rights apply as they do to the list. CSV is what an import reads back as it is: dates and numbers as
 * codes, choices by their names, references by number; JSON is what the API answers.
 */
export async function* exportObjects(
  scope: Scope,
  acting: Acting,
  type: TypeModel,
  asked: ExportAsked,
): AsyncGenerator<Uint8Array> {
  const columns = csvColumns(type);
  const delimiter = asked.language === 'fr' ? ';' : ',';
  if (asked.format === 'csv') yield Buffer.from(`\ufeff${csvLine(headersOf(columns, asked.language), delimiter)}`);
  let after: readonly KeyPart[] | null = null;
  let isFirst = true;
  do {
    const { filter, search, sort } = asked;
    const list: ObjectList = await listObjects(scope, acting, type.name, {
      ...(filter === undefined ? {} : { filter }),
      ...(search === undefined ? {} : { search }),
      ...(sort === undefined || sort.length === 0 ? {} : { sort }),
      limit: objectsAtOnce,
      after,
    });
    if (asked.format === 'csv') {
      const names = await namesOf(scope, acting, referencesIn(type, list.items));
      const lines = list.items.map((object) =>
        csvLine(
          columns.map((column) => cellOf(column, object, names)),
          delimiter,
        ),
      );
      yield Buffer.from(lines.join(''));
    } else {
      const items = list.items.map((object) => JSON.stringify(objectJson(type, object)));
      if (items.length > 0) yield Buffer.from(`${isFirst ? '[\n' : ',\n'}${items.join(',\n')}`);
      isFirst &&= items.length === 0;
    }
    after = list.next;
  } while (after !== null);
  if (asked.format === 'json') yield Buffer.from(isFirst ? '[]\n' : '\n]\n');
}

interface CsvColumn extends FileColumn {
  /** Of what an import doesn't fill: state, what is calculated. */
  readonly read: ((object: StoredObject) => Value) | null;
}

function csvColumns(type: TypeModel): readonly CsvColumn[] {
  const plain = (target: string, fr: string, en: string, read: (object: StoredObject) => Value): CsvColumn => ({
    target,
    label: { fr, en },
    attribute: null,
    part: 'value',
    read,
  });
  return [
    plain('number', 'Numéro', 'Number', (object) => object.number),
    ...(type.lifecycle === null ? [] : [plain('state', 'État', 'State', (object) => object.state)]),
    ...[...type.attributes.values()].flatMap((attribute): readonly CsvColumn[] =>
      (isFilledIn(attribute) ? columnsOfAttribute(attribute) : columnsOfAttribute(attribute).slice(0, 1)).map(
        (column) => ({
          ...column,
          read: null,
        }),
      ),
    ),
  ];
}

/** Labels; where two are alike, names, so that a file read back goes where it came from. */
function headersOf(columns: readonly CsvColumn[], language: Language): readonly string[] {
  const seen = new Map<string, number>();
  for (const { label } of columns) seen.set(label[language], (seen.get(label[language]) ?? 0) + 1);
  return columns.map(({ label, target }) => (seen.get(label[language]) === 1 ? label[language] : target));
}

function cellOf({ attribute, part, read }: CsvColumn, object: StoredObject, names: ReadonlyMap<Uuid, Named>): string {
  const value = attribute === null ? (read?.(object) ?? null) : (object.values[attribute.name] ?? null);
  if (value === null) return '';
  if (part === 'currency' || part === 'en') return memberOf(value, part);
  return attribute === null ? textOf(value) : valueText(attribute, value, names);
}

function valueText(attribute: Attribute, value: Value, names: ReadonlyMap<Uuid, Named>): string {
  switch (attribute.type.kind) {
    case 'money':
      return memberOf(value, 'amount');
    case 'quantity':
      return quantityText(value);
    case 'address':
      return addressText(value);
    case 'choices':
      return Array.isArray(value) ? value.join('|') : '';
    case 'reference': {
      const one = referred(attribute, value);
      if (one === null) return '';
      const number = names.get(one.id)?.number ?? publicObjectId(one.id);
      return attribute.type.among === undefined ? number : `${one.type}:${number}`;
    }
    default:
      return attribute.type.control.kind === 'localised' ? memberOf(value, 'fr') : textOf(value);
  }
}

function referred({ type }: Attribute, value: Value): { readonly type: string; readonly id: Uuid } | null {
  if (typeof value === 'string' && type.to !== null) return { type: type.to, id: value };
  if (typeof value !== 'object' || value === null || !('type' in value) || !('id' in value)) return null;
  return { type: String(value.type), id: String(value.id) };
}

function referencesIn(type: TypeModel, objects: readonly StoredObject[]) {
  const references = [...type.attributes.values()].filter((attribute) => attribute.type.kind === 'reference');
  return objects.flatMap((object) =>
    references.flatMap((attribute) => referred(attribute, object.values[attribute.name] ?? null) ?? []),
  );
}

function memberOf(value: Value, name: string): string {
  const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, name) : null;
  return typeof found === 'string' ? found : '';
}

function textOf(value: Value): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
