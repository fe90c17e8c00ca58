import { isUuid, type Json, parseId } from '../../kernel/index.ts';
import { type AttributeType, faulty, parsed, textOf, type Value, wrongValue } from './attribute-type.ts';

const yesNo = { fr: ['Non', 'Oui'], en: ['No', 'Yes'] } as const;

export const booleanType: AttributeType = {
  kind: 'boolean',
  to: null,
  columns: [{ suffix: '', sqlType: 'boolean' }],
  parse: (input) => {
    if (input === true || input === 'true') return parsed(true);
    if (input === false || input === 'false') return parsed(false);
    return faulty('not_boolean', 'Oui ou non est attendu (true, false).', 'Yes or no is expected (true, false).');
  },
  encode: (value) => [value === true],
  decode: ([stored]) => stored === true,
  show: (value, { language }) => yesNo[language][value === true ? 1 : 0],
  expression: { kind: 'boolean' },
  control: {
    kind: 'choice',
    options: [
      { value: 'true', label: { fr: 'Oui', en: 'Yes' } },
      { value: 'false', label: { fr: 'Non', en: 'No' } },
    ],
  },
  jsonSchema: { type: 'boolean' },
  typescript: 'boolean',
};

/** Beyond it (UTF-8 text) a JSON value is a document. */
const longestJson = 100_000;

export const jsonType: AttributeType = {
  kind: 'json',
  to: null,
  columns: [{ suffix: '', sqlType: 'jsonb' }],
  parse: (input) => {
    const value = typeof input === 'string' ? parseJson(input) : input;
    if (value === undefined || !isJson(value, 0)) {
      return faulty('not_json', 'Une valeur JSON est attendue.', 'A JSON value is expected.');
    }
    return JSON.stringify(value).length > longestJson
      ? faulty('too_long', 'Cette valeur JSON est trop longue.', 'This JSON value is too long.')
      : parsed(value);
  },
  encode: (value) => [JSON.stringify(value)],
  decode: ([stored]) => (isJson(stored, 0) ? stored : wrongValue('json')),
  show: (value) => JSON.stringify(value),
  expression: { kind: 'none' },
  control: { kind: 'area' },
  jsonSchema: {},
  typescript: 'Json',
};

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isJson(value: unknown, depth: number): value is Json {
  if (value === null || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\u0000');
  if (typeof value !== 'object' || depth > 50) return false;
  return Object.entries(value).every(([key, one]) => isJson(key, depth) && isJson(one, depth + 1));
}

/**
 * The id of one object of another type. Whether it exists is asked of the database by the objects room, which also
 * accepts its number.
 */
export function referenceType(to: string): AttributeType {
  return {
    kind: 'reference',
    to,
    columns: [{ suffix: '', sqlType: 'uuid' }],
    parse: (input) => {
      const id = typeof input === 'string' ? parseId('obj', input.trim()) : null;
      return id === null
        ? faulty(
            'not_reference',
            'L’identifiant ou le numéro d’un objet est attendu.',
            'An object’s id or number is expected.',
          )
        : parsed(id);
    },
    encode: (value) => [isUuid(textOf(value)) ? value : wrongValue('reference')],
    decode: ([stored]): Value => textOf(stored),
    show: (value) => textOf(value),
    expression: { kind: 'reference' },
    control: { kind: 'reference', to: [to] },
    jsonSchema: { type: 'string', description: `id of a ${to}` },
    typescript: `Id<'${to}'>`,
  };
}
