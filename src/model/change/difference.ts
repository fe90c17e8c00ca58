import { isDeepStrictEqual } from 'node:util';
import type { Text } from '../../kernel/index.ts';
import type { PackSource, TypeSource } from '../pack/pack-schema.ts';

/** One thing that differs between two models, in words. */
export interface Difference {
  readonly kind: 'added' | 'removed' | 'renamed' | 'changed';
  /** `lending`, `lending.device`, `lending.device.serial`. */
  readonly place: string;
  readonly text: Text;
  /** The type, and what of it is taken away: what rows lose is counted. */
  readonly loses: { readonly type: string; readonly attribute: string | null; readonly state: string | null } | null;
}

/** What changes from one set of packs to another, pack by pack, in the order of the files. Pure. */
export function differences(before: readonly PackSource[], after: readonly PackSource[]): readonly Difference[] {
  const known = new Map(before.map((pack) => [pack.pack, pack]));
  const kept = new Set(after.map((pack) => pack.pack));
  return [
    ...after.flatMap((pack) => packDifferences(known.get(pack.pack) ?? null, pack)),
    ...before
      .filter((pack) => !kept.has(pack.pack))
      .flatMap((pack) => [
        difference('removed', pack.pack, `Module retiré : ${pack.label.fr}`, `Pack removed: ${pack.label.en}`),
        ...Object.entries(pack.types).map(([name, type]) => removedType(pack.pack, name, type)),
      ]),
  ];
}

function difference(
  kind: Difference['kind'],
  place: string,
  fr: string,
  en: string,
  loses: Difference['loses'] = null,
): Difference {
  return { kind, place, text: { fr, en }, loses };
}

function packDifferences(before: PackSource | null, after: PackSource): readonly Difference[] {
  const types = Object.entries(after.types);
  if (before === null) {
    return [
      difference('added', after.pack, `Nouveau module : ${after.label.fr}`, `New pack: ${after.label.en}`),
      ...types.map(([name, type]) => addedType(after.pack, name, type)),
      ...viewDifferences(after.pack, {}, after.views ?? {}),
    ];
  }
  const version =
    before.version === after.version
      ? []
      : [
          difference(
            'changed',
            after.pack,
            `${after.label.fr} : de la version ${before.version} à ${after.version}`,
            `${after.label.en}: from version ${before.version} to ${after.version}`,
          ),
        ];
  const templates = isDeepStrictEqual(before.templates, after.templates)
    ? []
    : [
        difference(
          'changed',
          after.pack,
          `${after.label.fr} : les messages envoyés changent`,
          `${after.label.en}: the messages sent change`,
        ),
      ];
  return [
    ...version,
    ...templates,
    ...types.flatMap(([name, type]) => {
      const former = before.types[name];
      return former === undefined
        ? [addedType(after.pack, name, type)]
        : typeDifferences(after.pack, name, former, type);
    }),
    ...Object.entries(before.types)
      .filter(([name]) => after.types[name] === undefined)
      .map(([name, type]) => removedType(after.pack, name, type)),
    ...viewDifferences(after.pack, before.views ?? {}, after.views ?? {}),
  ];
}

/** Views are told by name: what one shows is seen by looking at it. */
function viewDifferences(
  pack: string,
  before: NonNullable<PackSource['views']>,
  after: NonNullable<PackSource['views']>,
): readonly Difference[] {
  return [...new Set([...Object.keys(after), ...Object.keys(before)])].flatMap((name) => {
    const [former, present] = [before[name], after[name]];
    if (isDeepStrictEqual(former, present)) return [];
    const { fr, en } = (present ?? former)?.label ?? { fr: name, en: name };
    const place = `${pack}.${name}`;
    if (former === undefined) return [difference('added', place, `Nouvelle vue : ${fr}`, `New view: ${en}`)];
    return present === undefined
      ? [difference('removed', place, `Vue retirée : ${fr}`, `View removed: ${en}`)]
      : [difference('changed', place, `La vue change : ${fr}`, `The view changes: ${en}`)];
  });
}

function addedType(pack: string, name: string, type: TypeSource): Difference {
  const count = Object.keys(type.attributes).length;
  return difference(
    'added',
    `${pack}.${name}`,
    `Nouveau type : ${type.label.fr} (${count} attributs)`,
    `New type: ${type.label.en} (${count} attributes)`,
  );
}

function removedType(pack: string, name: string, type: TypeSource): Difference {
  return difference(
    'removed',
    `${pack}.${name}`,
    `Type retiré : ${type.label.fr}. Ses objets sont archivés, plus montrés`,
    `Type removed: ${type.label.en}. Its objects are archived, no longer shown`,
    { type: name, attribute: null, state: null },
  );
}

function typeDifferences(pack: string, name: string, before: TypeSource, after: TypeSource): readonly Difference[] {
  const place = `${pack}.${name}`;
  const said = (what: { fr: string; en: string }): Difference =>
    difference('changed', place, `${after.label.fr} : ${what.fr}`, `${after.label.en}: ${what.en}`);
  const others = (Object.keys(partWords) as (keyof typeof partWords)[])
    .filter((part) => !isDeepStrictEqual(before[part], after[part]))
    .map((part) => said(partWords[part]));
  return [
    ...attributeDifferences(place, name, before, after),
    ...lifecycleDifferences(place, name, before, after),
    ...others,
  ];
}

const partWords = {
  label: { fr: 'le nom change', en: 'the label changes' },
  number: { fr: 'la forme des numéros à venir change', en: 'the form of numbers to come changes' },
  title: { fr: 'le titre des objets change', en: 'the title of objects changes' },
  rights: { fr: 'les droits changent', en: 'the rights change' },
  columns: { fr: 'les colonnes de la liste changent', en: 'the columns of the list change' },
  sections: { fr: 'les rubriques changent', en: 'the sections change' },
  relations: { fr: 'les relations changent', en: 'the relations change' },
  constraints: { fr: 'les contraintes changent', en: 'the constraints change' },
  perimeter: { fr: 'le périmètre change', en: 'the perimeter changes' },
} as const;

function attributeDifferences(
  place: string,
  type: string,
  before: TypeSource,
  after: TypeSource,
): readonly Difference[] {
  const renamed = new Set<string>();
  const present = Object.entries(after.attributes).flatMap(([name, source]): readonly Difference[] => {
    const label = labelOf(name, source);
    const was = 'was' in source ? source.was : undefined;
    const former = before.attributes[name];
    if (former === undefined && was !== undefined && before.attributes[was] !== undefined) {
      renamed.add(was);
      return [
        difference(
          'renamed',
          `${place}.${name}`,
          `Attribut renommé : ${was} devient ${name}`,
          `Attribute renamed: ${was} becomes ${name}`,
        ),
      ];
    }
    if (former === undefined) {
      return [difference('added', `${place}.${name}`, `Nouvel attribut : ${label.fr}`, `New attribute: ${label.en}`)];
    }
    const changed = [...new Set([...Object.keys(former), ...Object.keys(source)])].filter(
      (key) => !isDeepStrictEqual(Reflect.get(former, key), Reflect.get(source, key)),
    );
    if (changed.length === 0) return [];
    const keys = changed.join(', ');
    return [difference('changed', `${place}.${name}`, `${label.fr} : ${keys}`, `${label.en}: ${keys}`)];
  });
  const removed = Object.entries(before.attributes)
    .filter(([name]) => after.attributes[name] === undefined && !renamed.has(name))
    .map(([name, source]) => {
      const label = labelOf(name, source);
      return difference(
        'removed',
        `${place}.${name}`,
        `Attribut retiré : ${label.fr}. Ses valeurs sont archivées, plus montrées`,
        `Attribute removed: ${label.en}. Its values are archived, no longer shown`,
        source.type === 'children' ? null : { type, attribute: name, state: null },
      );
    });
  return [...present, ...removed];
}

function labelOf(name: string, source: TypeSource['attributes'][string]): Text {
  return source.label ?? { fr: name, en: name };
}

function lifecycleDifferences(
  place: string,
  type: string,
  before: TypeSource,
  after: TypeSource,
): readonly Difference[] {
  const [former, present] = [before.lifecycle?.states ?? {}, after.lifecycle?.states ?? {}];
  const added = Object.entries(present)
    .filter(([name]) => former[name] === undefined)
    .map(([name, { label }]) =>
      difference('added', `${place}.${name}`, `Nouvel état : ${label.fr}`, `New state: ${label.en}`),
    );
  const removed = Object.entries(former)
    .filter(([name]) => present[name] === undefined)
    .map(([name, { label }]) =>
      difference('removed', `${place}.${name}`, `État retiré : ${label.fr}`, `State removed: ${label.en}`, {
        type,
        attribute: null,
        state: name,
      }),
    );
  const steps = ({ lifecycle }: TypeSource) => [lifecycle?.transitions, lifecycle?.reminders, lifecycle?.scheduled];
  const isSame = isDeepStrictEqual(steps(before), steps(after));
  const transitions = isSame
    ? []
    : [
        difference(
          'changed',
          place,
          `${after.label.fr} : les transitions ou les rappels changent`,
          `${after.label.en}: transitions or reminders change`,
        ),
      ];
  return [...added, ...removed, ...transitions];
}
