import { Temporal } from 'temporal-polyfill';
import { publicId } from '../../kernel/index.ts';
import type { Attribute, TypeModel, Value } from '../../model/index.ts';
import { uploadIn } from '../files/upload-in.ts';
import { momentInput, timeZone } from '../moment-input.ts';
import { type Names, referredBy } from './shown.tsx';

/** What stands in a form's fields, by their names; several choices of one field stand one a line. */
export type Typed = ReadonlyMap<string, string>;

/** An object's values as its form shows them. References are shown by number. */
export function typedOf(type: TypeModel, values: Readonly<Record<string, Value>>, names: Names): Typed {
  const typed = new Map<string, string>();
  for (const attribute of type.attributes.values()) {
    const value = values[attribute.name] ?? null;
    if (value === null) continue;
    for (const [suffix, text] of written(attribute, value, names)) typed.set(`values.${attribute.name}${suffix}`, text);
  }
  return typed;
}

function written(attribute: Attribute, value: Value, names: Names): readonly (readonly [string, string])[] {
  switch (attribute.type.control.kind) {
    case 'money':
      return [
        ['', member(value, 'amount')],
        ['.currency', member(value, 'currency')],
      ];
    case 'quantity':
      return [
        ['', member(value, 'value')],
        ['.unit', member(value, 'unit')],
      ];
    case 'address':
      return [['', linesOf(value)], ...addressFields.map((name) => [`.${name}`, member(value, name)] as const)];
    case 'localised':
      return [
        ['', member(value, 'fr')],
        ['.en', member(value, 'en')],
      ];
    case 'file':
      return [['', `${publicId('fil', member(value, 'id'))} ${member(value, 'name')}`]];
    case 'choices':
      return [['', Array.isArray(value) ? value.join('\n') : '']];
    case 'reference':
      return [['', referenceText(attribute, value, names)]];
    default:
      if (attribute.type.kind === 'json') return [['', JSON.stringify(value, null, 2)]];
      if (attribute.type.kind === 'datetime') return [['', localMoment(String(value))]];
      return [['', String(value)]];
  }
}

const addressFields = ['postal_code', 'city', 'country'] as const;

function linesOf(value: Value): string {
  const lines: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'lines') : null;
  return Array.isArray(lines) ? lines.join('\n') : '';
}

/** Its number; where several types may be, with its type. */
function referenceText(attribute: Attribute, value: Value, names: Names): string {
  const [referred] = referredBy(attribute, value);
  if (referred === undefined) return '';
  const number = names.get(referred.id)?.number ?? referred.id;
  return attribute.type.among === undefined ? number : `${referred.type}:${number}`;
}

function member(value: Value, name: string): string {
  const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, name) : '';
  return typeof found === 'string' ? found : '';
}

function localMoment(iso: string): string {
  const local = Temporal.Instant.from(iso).toZonedDateTimeISO(timeZone).toPlainDateTime();
  return local.toString({ smallestUnit: 'minute' });
}

/** What a form gives for these attributes: every one of them, since a field left empty means "not filled". */
export function givenBy(
  type: TypeModel,
  names: readonly string[],
  fields: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const given: Record<string, unknown> = {};
  for (const name of names) {
    const attribute = type.attributes.get(name);
    if (attribute !== undefined) given[name] = readField(attribute, fields);
  }
  return given;
}

/** One that was just chosen comes after the one that was there. */
function fileField(value: unknown, isRemoved: boolean): string | null {
  const given = Array.isArray(value) ? value : [value];
  return isRemoved && given.length === 1 ? null : uploadIn(given.at(-1));
}

function readField(attribute: Attribute, fields: Readonly<Record<string, unknown>>): unknown {
  const name = `values.${attribute.name}`;
  const value = fields[name] ?? null;
  switch (attribute.type.control.kind) {
    case 'money':
      return value === null ? null : { amount: value, currency: fields[`${name}.currency`] ?? 'EUR' };
    case 'quantity':
      return value === null ? null : { value, unit: fields[`${name}.unit`] ?? null };
    case 'address': {
      const parts = Object.fromEntries(addressFields.map((part) => [part, fields[`${name}.${part}`] ?? '']));
      const isEmpty = value === null && parts.postal_code === '' && parts.city === '';
      return isEmpty ? null : { lines: value ?? '', ...parts };
    }
    case 'localised':
      return value === null && (fields[`${name}.en`] ?? null) === null
        ? null
        : { fr: value ?? '', en: fields[`${name}.en`] ?? '' };
    case 'choices':
      return value;
    case 'file':
      return fileField(value, fields[`${name}.remove`] !== undefined);
    default:
      return attribute.type.kind === 'datetime' && typeof value === 'string' ? momentInput(value) : value;
  }
}
