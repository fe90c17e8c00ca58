import type { Text } from '../kernel/index.ts';
import { type Attribute, isFilledIn, type TypeModel } from '../model/index.ts';

/** A column of a file of objects: what an import can fill and an export writes, under one name each. */
export interface FileColumn {
  /** `number`, `id`, `name`, `price.currency`, `notice.en`. */
  readonly target: string;
  readonly label: Text;
  /** Null for the number and the id. */
  readonly attribute: Attribute | null;
  readonly part: 'value' | 'currency' | 'en';
}

const numberColumn: FileColumn = {
  target: 'number',
  label: { fr: 'Numéro', en: 'Number' },
  attribute: null,
  part: 'value',
};
const idColumn: FileColumn = {
  target: 'id',
  label: { fr: 'Identifiant', en: 'Identifier' },
  attribute: null,
  part: 'value',
};

/** What a file can give of objects of a type: what recognises them, and what people fill, files apart. */
export function fileColumns(type: TypeModel): readonly FileColumn[] {
  const filled = [...type.attributes.values()].filter((one) => isFilledIn(one) && one.type.kind !== 'file');
  return [numberColumn, idColumn, ...filled.flatMap(columnsOfAttribute)];
}

/** The columns that one attribute takes: two for amounts and for texts in both languages. */
export function columnsOfAttribute(attribute: Attribute): readonly FileColumn[] {
  const { name, label, type } = attribute;
  const value: FileColumn = { target: name, label, attribute, part: 'value' };
  if (type.control.kind === 'money') {
    const currency = { fr: `${label.fr} (devise)`, en: `${label.en} (currency)` };
    return [value, { target: `${name}.currency`, label: currency, attribute, part: 'currency' }];
  }
  if (type.control.kind === 'localised') {
    const english = { fr: `${label.fr} (en anglais)`, en: `${label.en} (in English)` };
    return [value, { target: `${name}.en`, label: english, attribute, part: 'en' }];
  }
  return [value];
}
