import type { Json, Text } from '../../kernel/index.ts';
import {
  type AttributeType,
  faulty,
  type Parsed,
  parsed,
  textOf,
  textStorage,
  type Value,
  wrongValue,
} from './attribute-type.ts';

export interface TextOptions {
  readonly multiline: boolean;
  /** Must match the whole value. */
  readonly pattern: string | null;
  readonly maxLength: number;
}

/** Beyond it a text is a document, and belongs in a file. */
export const longestText = 20_000;

export function textType(options: TextOptions): AttributeType {
  return {
    ...textStorage,
    kind: 'text',
    parse: textParser(options),
    control: options.multiline ? { kind: 'area' } : { kind: 'line', inputType: 'text' },
    jsonSchema: {
      type: 'string',
      maxLength: options.maxLength,
      ...(options.pattern === null ? {} : { pattern: `^(?:${options.pattern})$` }),
    },
  };
}

function textParser(options: TextOptions): (input: unknown) => Parsed {
  const pattern = options.pattern === null ? null : new RegExp(`^(?:${options.pattern})$`, 'u');
  return (input) => {
    if (typeof input !== 'string') return faulty('not_text', 'Un texte est attendu.', 'A text is expected.');
    const clean = options.multiline ? input.replaceAll('\r\n', '\n').trimEnd() : input.trim();
    if (!clean.isWellFormed() || clean.includes('\u0000')) {
      return faulty('bad_text', 'Ce texte contient des caractères illisibles.', 'This text has unreadable characters.');
    }
    if (!options.multiline && /[\n\r]/.test(clean)) {
      return faulty('several_lines', 'Le texte doit tenir sur une ligne.', 'The text must be on one line.');
    }
    if (clean.length > options.maxLength) {
      const { maxLength } = options;
      return faulty('too_long', `${maxLength} caractères au plus.`, `At most ${maxLength} characters.`);
    }
    if (pattern !== null && !pattern.test(clean)) {
      const { pattern: wanted } = options;
      return faulty('pattern', `La valeur doit avoir la forme ${wanted}.`, `The value must look like ${wanted}.`);
    }
    return parsed(clean);
  };
}

/** A text in both languages, kept as `jsonb`: French is asked for, English may follow. */
export function localisedTextType(options: TextOptions): AttributeType {
  const parseOne = textParser(options);
  return {
    kind: 'text',
    to: null,
    columns: [{ suffix: '', sqlType: 'jsonb' }],
    parse: (input) => {
      const given = typeof input === 'string' ? { fr: input } : input;
      if (typeof given !== 'object' || given === null || !('fr' in given)) {
        return faulty('not_localised', 'Un texte en français est attendu.', 'A text in French is expected.');
      }
      const fr = parseOne(given.fr);
      if (!fr.ok) return fr;
      const en = parseOne('en' in given && given.en !== '' && given.en !== null ? given.en : given.fr);
      return en.ok ? parsed({ fr: textOf(fr.value), en: textOf(en.value) }) : en;
    },
    encode: (value) => [JSON.stringify(localised(value))],
    decode: ([stored]) => ({ ...localised(stored) }),
    show: (value, { language }) => localised(value)[language],
    expression: { kind: 'none' },
    control: { kind: 'localised', multiline: options.multiline },
    jsonSchema: localisedSchema,
    typescript: '{ readonly fr: string; readonly en: string }',
  };
}

const localisedSchema: { readonly [key: string]: Json } = {
  type: 'object',
  required: ['fr', 'en'],
  properties: { fr: { type: 'string' }, en: { type: 'string' } },
};

function localised(value: unknown | Value): Text {
  if (typeof value !== 'object' || value === null || !('fr' in value) || !('en' in value)) return wrongValue('text');
  const { fr, en } = value;
  return typeof fr === 'string' && typeof en === 'string' ? { fr, en } : wrongValue('text');
}
