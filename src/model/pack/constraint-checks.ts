import { buildType } from '../attributes/build.ts';
import { type Finding, finding, type Path, suggestion } from './pack-problem.ts';
import { isChildren, ownAttributes, type PackSource, type TypeSource } from './pack-schema.ts';

/** Attributes that are unique together exist, and have a column to compare. */
export function checkConstraints(pack: PackSource): readonly Finding[] {
  return Object.entries(pack.types).flatMap(([type, source]) =>
    Object.entries(source.constraints ?? {}).flatMap(([name, constraint]) => {
      if (!('unique' in constraint)) return [];
      const path = ['types', type, 'constraints', name, 'unique'];
      return constraint.unique.flatMap((attribute, at) => checkTogether([...path, at], attribute, source));
    }),
  );
}

function checkTogether(path: Path, name: string, type: TypeSource): readonly Finding[] {
  if (name === 'state' && type.lifecycle !== undefined) return [];
  const source = type.attributes[name];
  if (source === undefined) {
    const known = ownAttributes(type).map(([own]) => own);
    const hint = suggestion(name, known);
    return [
      finding(
        path,
        'value',
        'unknown_attribute',
        `Aucun attribut ne s’appelle « ${name} ».${hint.fr}`,
        `No attribute is called “${name}”.${hint.en}`,
      ),
    ];
  }
  const kind = isChildren(source) ? 'none' : buildType(source).expression.kind;
  if (kind !== 'none' && kind !== 'texts') return [];
  return [
    finding(
      path,
      'value',
      'not_indexable',
      `« ${name} » ne peut pas être unique avec d’autres : ce type ne se compare pas.`,
      `“${name}” can’t be unique with others: this type doesn’t compare.`,
    ),
  ];
}
