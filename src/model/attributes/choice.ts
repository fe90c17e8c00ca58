import type { Text } from '../../kernel/index.ts';
import { type AttributeType, faulty, type Option, parsed, textOf, textStorage, wrongValue } from './attribute-type.ts';

export type ChoiceValues = ReadonlyMap<string, Text>;

export function choiceType(values: ChoiceValues): AttributeType {
  const names = [...values.keys()];
  return {
    ...textStorage,
    kind: 'choice',
    parse: (input) => (typeof input === 'string' && values.has(input) ? parsed(input) : notAChoice(names)),
    // A value that a later version of the pack dropped still shows, by its name.
    show: (value, { language }) => values.get(textOf(value))?.[language] ?? textOf(value),
    control: { kind: 'choice', options: optionsOf(values) },
    jsonSchema: { type: 'string', enum: names },
    typescript: names.map((name) => `'${name}'`).join(' | '),
  };
}

export function choicesType(values: ChoiceValues): AttributeType {
  const names = [...values.keys()];
  return {
    kind: 'choices',
    to: null,
    columns: [{ suffix: '', sqlType: 'text[]' }],
    parse: (input) => {
      const given: readonly unknown[] = Array.isArray(input) ? input : [input];
      const known = names.filter((name) => given.includes(name));
      return given.every((name) => typeof name === 'string' && values.has(name)) ? parsed(known) : notAChoice(names);
    },
    encode: (value) => [[...textsOf(value)]],
    decode: ([stored]) => textsOf(stored),
    show: (value, { language }) =>
      textsOf(value)
        .map((name) => values.get(name)?.[language] ?? name)
        .join(', '),
    expression: { kind: 'texts' },
    control: { kind: 'choices', options: optionsOf(values) },
    jsonSchema: { type: 'array', uniqueItems: true, items: { type: 'string', enum: names } },
    typescript: `readonly (${names.map((name) => `'${name}'`).join(' | ')})[]`,
  };
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : wrongValue('list of choices');
}

function optionsOf(values: ChoiceValues): readonly Option[] {
  return [...values].map(([value, label]) => ({ value, label }));
}

function notAChoice(names: readonly string[]) {
  const listed = names.length > 12 ? `${names.slice(0, 12).join(', ')}…` : names.join(', ');
  return faulty('not_a_choice', `Valeurs possibles : ${listed}.`, `Possible values: ${listed}.`);
}
