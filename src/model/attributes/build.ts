import { unreachable } from '../../kernel/index.ts';
import type { AttributeSource } from '../pack/pack-schema.ts';
import { addressType } from './address.ts';
import type { AttributeType } from './attribute-type.ts';
import { choicesType, choiceType } from './choice.ts';
import { countryType, emailType, phoneType, urlType } from './contact.ts';
import { fileType } from './file.ts';
import { identifierType } from './identifier.ts';
import { isMeasure, measureOf } from './measure.ts';
import { dateType, datetimeType, durationType } from './moments.ts';
import { moneyType } from './money.ts';
import { decimalType, integerType } from './numbers.ts';
import { booleanType, jsonType, referenceType } from './plain.ts';
import { quantityType } from './quantity.ts';
import { referencesType } from './references.ts';
import { sequenceType } from './sequence.ts';
import { localisedTextType, longestText, textType } from './text.ts';

/** Of a line of text, when the pack doesn't say. */
const lineLength = 500;

/** From what the pack says to what the product does with it. */
export function buildType(source: AttributeSource): AttributeType {
  switch (source.type) {
    case 'text': {
      const options = {
        multiline: source.multiline,
        pattern: source.pattern ?? null,
        maxLength: source.max_length ?? (source.multiline ? longestText : lineLength),
      };
      return source.localised ? localisedTextType(options) : textType(options);
    }
    case 'integer':
      return integerType({ min: source.min ?? null, max: source.max ?? null });
    case 'decimal':
      return decimalType(source.scale, { min: decimalOf(source.min), max: decimalOf(source.max) });
    case 'quantity': {
      const measure = measureOf(source.units, source.scale);
      if (!isMeasure(measure)) throw new Error('units that do not go together were refused with their pack');
      return quantityType(measure, { min: decimalOf(source.min), max: decimalOf(source.max) });
    }
    case 'address':
      return addressType;
    case 'choice':
      return choiceType(new Map(Object.entries(source.values)));
    case 'choices':
      return choicesType(new Map(Object.entries(source.values)));
    case 'identifier':
      return identifierType(source.scheme);
    case 'reference':
      return builtReference(typeof source.to === 'string' ? [source.to] : source.to);
    case 'sequence':
      return sequenceType;
    case 'money':
      return moneyType;
    case 'boolean':
      return booleanType;
    case 'date':
      return dateType;
    case 'datetime':
      return datetimeType;
    case 'duration':
      return durationType;
    case 'email':
      return emailType;
    case 'phone':
      return phoneType;
    case 'url':
      return urlType;
    case 'country':
      return countryType;
    case 'json':
      return jsonType;
    case 'file':
      return fileType({
        maxBytes: source.max_mb * 1_000_000,
        mediaTypes: source.media_types ?? null,
      });
    default:
      return unreachable(source);
  }
}

function builtReference(to: readonly string[]): AttributeType {
  const [only = '', another] = to;
  return another === undefined ? referenceType(only) : referencesType(to);
}

function decimalOf(bound: string | number | undefined): string | null {
  return bound === undefined ? null : String(bound);
}
