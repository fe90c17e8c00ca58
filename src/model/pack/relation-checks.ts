import type { TypeSources } from './composition.ts';
import { type Finding, finding, type Path } from './pack-problem.ts';
import type { PackSource } from './pack-schema.ts';

/** What a link can't keep: it is not an object of its own. */
const notInLinks: ReadonlySet<string> = new Set(['children', 'reference', 'file', 'sequence', 'address']);

/** Options that stand on a column of their own, or on a secret of the object. */
const optionsOfObjects = ['unique', 'indexed', 'searchable', 'computed', 'rollup', 'category', 'was'] as const;

/** Both names of a relation are free where they are seen, and what is said of a link can be kept with it. */
export function checkRelations(pack: PackSource, types: TypeSources): readonly Finding[] {
  return Object.entries(pack.types).flatMap(([type, source]) =>
    Object.entries(source.relations ?? {}).flatMap(([name, relation]) => {
      const path = ['types', type, 'relations', name];
      return [
        ...(namesOf(types, type, `${type}.${name}`).has(name) ? [taken(path, 'key', name, type)] : []),
        ...(namesOf(types, relation.to, `${type}.${name}`).has(relation.inverse) ||
        (relation.to === type && relation.inverse === name)
          ? [taken([...path, 'inverse'], 'value', relation.inverse, relation.to)]
          : []),
        ...Object.entries(relation.attributes).flatMap(([attribute, given]) =>
          checkAttribute([...path, 'attributes', attribute], given),
        ),
      ];
    }),
  );
}

/** Names in use on the pages of a type: its attributes, and the relations that it has from either side, but this one. */
function namesOf(types: TypeSources, type: string, but: string): ReadonlySet<string> {
  const names = new Set(Object.keys(types.get(type)?.attributes ?? {}));
  for (const [from, { relations = {} }] of types) {
    for (const [name, { to, inverse }] of Object.entries(relations)) {
      if (`${from}.${name}` === but) continue;
      if (from === type) names.add(name);
      if (to === type) names.add(inverse);
    }
  }
  return names;
}

function taken(path: Path, at: 'key' | 'value', name: string, type: string): Finding {
  const fr = `« ${name} » est déjà un attribut ou une relation de « ${type} » : choisissez un autre nom.`;
  return finding(
    path,
    at,
    'duplicate_name',
    fr,
    `“${name}” is already an attribute or a relation of “${type}”: choose another name.`,
  );
}

function checkAttribute(path: Path, source: { readonly type: string }): readonly Finding[] {
  if (notInLinks.has(source.type)) {
    const fr = `Un lien ne porte pas d’attribut « ${source.type} » : faites-en un type d’objet à part entière.`;
    const en = `A link can’t carry a “${source.type}”: make it a type of object of its own.`;
    return [finding([...path, 'type'], 'value', 'not_in_links', fr, en)];
  }
  return optionsOfObjects
    .filter((option) => ![undefined, false].includes(Reflect.get(source, option)))
    .map((option) => {
      const fr = `« ${option} » n’est pas possible pour l’attribut d’un lien.`;
      return finding(
        [...path, option],
        'key',
        'not_in_links',
        fr,
        `“${option}” isn’t possible for an attribute of a link.`,
      );
    });
}
