import { z } from 'zod';
import type { Problem, Text } from '../../kernel/index.ts';
import { isFilledIn, type Model, type TypeModel } from '../../model/index.ts';
import { fileColumns } from '../file-columns.ts';

/** How a file is read into objects: what somebody decides before it is checked. */
export const importOptions = z.strictObject({
  /** Name of a file's column → what it fills (`name`, `price.currency`, `number`); columns that aren't named are left out. */
  mapping: z.record(z.string().max(500), z.string().max(100)),
  /** What recognises an object that is there already: `number`, `id`, or names of attributes, together. Empty: each line is a new one. */
  key: z.array(z.string().max(100)).max(5).default([]),
  /** What is done with a line whose object is there already. */
  existing: z.enum(['update', 'skip', 'refuse']).default('update'),
  /** What is done with a line whose object isn't there. */
  missing: z.enum(['create', 'skip', 'refuse']).default('create'),
  /** What an empty cell does to an object that is there: nothing, or empties it too. */
  empty: z.enum(['keep', 'clear']).default('keep'),
  /** `03/04/2026`: the day or the month first. */
  dates: z.enum(['dmy', 'mdy']).default('dmy'),
  /** Between several choices in one cell. */
  separator: z.string().min(1).max(3).default('|'),
  /** Of amounts that don't say theirs (ISO 4217). */
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .default('EUR'),
  /** Reference → what recognises its object: `number` or a unique attribute of its type. Not named: number, then any unique attribute. */
  references: z.record(z.string().max(100), z.string().max(100)).default({}),
});
export type ImportOptions = z.output<typeof importOptions>;

/** Everything that is wrong with what was decided. Pointers are those of the options. */
export function optionProblems(
  model: Model,
  type: TypeModel,
  columns: readonly string[],
  options: ImportOptions,
): readonly Problem[] {
  const problems: Problem[] = [];
  const wrong = (pointer: string, code: string, text: Text): void => {
    problems.push({ pointer, code: `import.${code}`, text });
  };
  const targets = new Map(fileColumns(type).map((column) => [column.target, column]));
  const used = new Map<string, string>();
  for (const [column, target] of Object.entries(options.mapping)) {
    const pointer = `/mapping/${column}`;
    if (!columns.includes(column)) wrong(pointer, 'no_column', noColumn(column));
    else if (!targets.has(target)) wrong(pointer, 'no_target', noTarget(target));
    else if (used.has(target)) wrong(pointer, 'target_twice', twice(column, used.get(target) ?? ''));
    used.set(target, column);
  }
  if (used.size === 0) wrong('/mapping', 'nothing_mapped', words.nothingMapped);
  for (const name of options.key) {
    if (!used.has(name))
      wrong('/key', 'key_not_mapped', keyNotMapped(targets.get(name)?.label ?? { fr: name, en: name }));
  }
  if (options.key.length > 0 && !options.key.some((name) => isFound(type, name)))
    wrong('/key', 'key_not_indexed', words.keySlow);
  for (const [name, by] of Object.entries(options.references)) {
    const target = model.types.get(type.attributes.get(name)?.type.to ?? '');
    const isGood = target !== undefined && (by === 'number' || target.attributes.get(by)?.unique === true);
    if (!isGood) wrong(`/references/${name}`, 'no_reference_key', words.referenceKey);
  }
  return problems;
}

/** Whether objects can be found by it without reading all of them. */
function isFound(type: TypeModel, name: string): boolean {
  if (name === 'number' || name === 'id') return true;
  const attribute = type.attributes.get(name);
  return (
    attribute !== undefined &&
    (attribute.unique || attribute.indexed || attribute.searchable || attribute.type.to !== null)
  );
}

/** What objects of a type may be recognised by. */
export function possibleKeys(type: TypeModel): readonly string[] {
  const attributes = [...type.attributes.values()].filter(
    (attribute) => isFilledIn(attribute) && attribute.columns.length === 1 && attribute.type.expression.kind !== 'none',
  );
  return ['number', 'id', ...attributes.filter(({ name }) => isFound(type, name)).map(({ name }) => name)];
}

const words = {
  nothingMapped: {
    fr: 'Aucune colonne ne remplit un attribut : choisissez-en au moins une.',
    en: 'No column fills an attribute: choose at least one.',
  },
  keySlow: {
    fr: 'On ne peut pas reconnaître les objets à cela : choisissez le numéro, ou un attribut unique ou indexé.',
    en: 'Objects can’t be recognised by that: choose the number, or a unique or indexed attribute.',
  },
  referenceKey: {
    fr: 'Une référence se reconnaît au numéro, ou à un attribut unique de son type.',
    en: 'A reference is recognised by its number, or by a unique attribute of its type.',
  },
} as const satisfies Record<string, Text>;

const noColumn = (column: string): Text => ({
  fr: `Le fichier n’a pas de colonne « ${column} ».`,
  en: `The file has no column “${column}”.`,
});
const noTarget = (target: string): Text => ({
  fr: `Rien ne s’appelle « ${target} » dans ce type.`,
  en: `Nothing is called “${target}” in this type.`,
});
const twice = (column: string, other: string): Text => ({
  fr: `« ${column} » et « ${other} » remplissent la même chose : gardez-en une.`,
  en: `“${column}” and “${other}” fill the same thing: keep one.`,
});
const keyNotMapped = (label: Text): Text => ({
  fr: `« ${label.fr} » doit reconnaître les objets, mais aucune colonne ne le donne.`,
  en: `“${label.en}” is to recognise objects, but no column gives it.`,
});
