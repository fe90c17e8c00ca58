import { z } from 'zod';
import { saying } from '../../http/index.ts';
import { nameFrom, roleNames } from '../../model/index.ts';
import type { OptionName } from './attribute-kinds.ts';
import type { AttributeSaid, StateSaid, TransitionSaid, TypeSaid } from './edits.ts';

const needed = { fr: 'À remplir, dans les deux langues.', en: 'To be filled, in both languages.' };
const label = z.string(saying(needed)).trim().min(1, saying(needed)).max(200);
const free = z.string().trim().max(2000).default('');
const flag = z.string().optional();

const labels = { label_fr: label, label_en: label };
const definitions = { definition_fr: free, definition_en: free };

/** Several boxes of one name come as a list, one as itself. */
const several = z
  .union([z.string(), z.array(z.string())])
  .optional()
  .transform((given) => (given === undefined ? [] : typeof given === 'string' ? [given] : given));
const severalRoles = several.transform((given) => roleNames.filter((role) => given.includes(role)));

export const packForm = z.object({ ...labels });

export const typeForm = z
  .object({ ...labels, plural_fr: free, plural_en: free, ...definitions, number: free, title: free })
  .transform(
    (said): TypeSaid => ({
      label: { fr: said.label_fr, en: said.label_en },
      plural: { fr: said.plural_fr || said.label_fr, en: said.plural_en || said.label_en },
      definition: definitionOf(said),
      number: said.number || null,
      title: said.title || null,
    }),
  );

export const attributeForm = z.object({
  ...labels,
  ...definitions,
  kind: free,
  required: flag,
  unique: flag,
  indexed: flag,
  searchable: flag,
  multiline: flag,
  category: free,
  computed: z.string().trim().max(4096).default(''),
  max_length: free,
  pattern: free,
  min: free,
  max: free,
  scale: free,
  units: free,
  values: z.string().max(20_000).default(''),
  to: free,
  of: free,
  scheme: free,
  at: several,
});

const flags = ['required', 'unique', 'indexed', 'searchable'] as const;

/** `options` are those that the kind asks: others are left as they are. */
export function attributeSaid(
  said: z.output<typeof attributeForm>,
  options: readonly OptionName[],
  known: unknown,
): Omit<AttributeSaid, 'kind'> {
  return {
    label: { fr: said.label_fr, en: said.label_en },
    definition: definitionOf(said),
    options: {
      ...Object.fromEntries(flags.map((name) => [name, said[name] === undefined ? null : true])),
      category: said.category || null,
      computed: said.computed || null,
      ...Object.fromEntries(options.map((name) => [name, optionOf(name, said, known)])),
    },
  };
}

function optionOf(name: OptionName, said: z.output<typeof attributeForm>, known: unknown): unknown {
  switch (name) {
    case 'multiline':
      return said.multiline === undefined ? null : true;
    case 'values':
      return valuesOf(said.values, known);
    case 'at':
      return said.at;
    case 'units':
      return said.units.split(/[\s,;]+/).filter((unit) => unit !== '');
    case 'max_length':
    case 'scale':
    case 'min':
    case 'max':
      return said[name] === '' ? null : numberOf(said[name]);
    default:
      return said[name] || null;
  }
}

/** As it was typed when it is no number: the check of the pack says what is wrong with it. */
function numberOf(text: string): number | string {
  const number = Number(text.replace(',', '.'));
  return Number.isFinite(number) ? number : text;
}

/**
 * One choice a line, `Bon état | In good order`: its technical name is kept where its label in either language is known, and made
 * from the English one otherwise. `name = …` gives one.
 */
function valuesOf(text: string, known: unknown): Readonly<Record<string, { fr: string; en: string }>> {
  const lines = text.split('\n').map((line) => line.trim());
  const names = namesKnown(known);
  const values: Record<string, { fr: string; en: string }> = {};
  for (const line of lines.filter((one) => one !== '')) {
    const [, given, rest = line] = /^([a-z][a-z0-9_]{0,39})\s*=\s*(.+)$/.exec(line) ?? [];
    const [fr = '', en = fr] = rest.split('|').map((part) => part.trim());
    const name = given ?? names.get(fr) ?? names.get(en) ?? nameFrom(en);
    values[name] = { fr, en };
  }
  return values;
}

function namesKnown(known: unknown): ReadonlyMap<string, string> {
  const parsed = z.record(z.string(), z.object({ fr: z.string(), en: z.string() })).safeParse(known);
  return new Map(
    Object.entries(parsed.data ?? {}).flatMap(
      ([name, { fr, en }]) =>
        [
          [fr, name],
          [en, name],
        ] as const,
    ),
  );
}

export const stateForm = z.object({ ...labels, final: flag, initial: flag }).transform(
  (said): StateSaid => ({
    label: { fr: said.label_fr, en: said.label_en },
    isFinal: said.final !== undefined,
    isInitial: said.initial !== undefined,
  }),
);

const oneRole = { fr: 'Choisissez au moins un rôle.', en: 'Choose one role at least.' };
const oneState = { fr: 'Choisissez au moins un état de départ.', en: 'Choose one state to leave from at least.' };

export const transitionForm = z
  .object({
    ...labels,
    from: several.refine((given) => given.length > 0, saying(oneState)),
    to: z.string(),
    roles: severalRoles.refine((given) => given.length > 0, saying(oneRole)),
    requires: several,
    not_by: several,
    guard: z.string().trim().max(4096).default(''),
  })
  .transform(
    (said): TransitionSaid => ({
      label: { fr: said.label_fr, en: said.label_en },
      from: said.from,
      to: said.to,
      roles: said.roles,
      requires: said.requires,
      notBy: said.not_by,
      guard: said.guard || null,
    }),
  );

export const rightsForm = z.object({
  read: severalRoles,
  create: severalRoles,
  update: severalRoles,
  delete: severalRoles,
});

export const textForm = z.object({ body: z.string().max(2_000_000), version: z.coerce.number().int() });

function definitionOf(said: { readonly definition_fr: string; readonly definition_en: string }) {
  const { definition_fr: fr, definition_en: en } = said;
  return fr === '' && en === '' ? null : { fr: fr || en, en: en || fr };
}
