import { functionOf, inverseOf, referencesTo, rolledOver, type TypeSources } from './composition.ts';
import { type Finding, finding, type Path, suggestion } from './pack-problem.ts';
import {
  type AttributeSource,
  type ChildrenSource,
  isChildren,
  type PackSource,
  type RollupSource,
} from './pack-schema.ts';

/** Children and roll-ups, once every type is known: what they go over is there, and of a kind that can be added up. */
export function checkComposition(pack: PackSource, types: TypeSources): readonly Finding[] {
  return Object.entries(pack.types).flatMap(([parent, type]) =>
    Object.entries(type.attributes).flatMap(([name, source]) => {
      const path = ['types', parent, 'attributes', name];
      if (isChildren(source)) return checkChildren(path, parent, source, types);
      return source.rollup === undefined ? [] : checkRollup(path, parent, source, source.rollup, types);
    }),
  );
}

function checkChildren(path: Path, parent: string, source: ChildrenSource, types: TypeSources): readonly Finding[] {
  const child = types.get(source.of);
  if (child === undefined) {
    const hint = suggestion(source.of, types.keys());
    const fr = `Aucun type ne s’appelle « ${source.of} ».${hint.fr}`;
    return [finding([...path, 'of'], 'value', 'unknown_target', fr, `No type is called “${source.of}”.${hint.en}`)];
  }
  if (inverseOf(types, parent, source) !== null) return [];
  const references = referencesTo(child, parent);
  const known = references.length === 0 ? '–' : references.join(', ');
  return [
    finding(
      [...path, source.by === undefined ? 'of' : 'by'],
      'value',
      'no_inverse',
      `Dites par quelle référence « ${source.of} » appartient à « ${parent} » : « by: … » (références : ${known}).`,
      `Say by which reference “${source.of}” belongs to “${parent}”: “by: …” (references: ${known}).`,
    ),
  ];
}

function checkRollup(
  path: Path,
  parent: string,
  source: AttributeSource,
  rollup: RollupSource,
  types: TypeSources,
): readonly Finding[] {
  const place = [...path, 'rollup'];
  const given = functionOf(rollup);
  if (given === null) {
    const fr = 'Donnez une fonction et une seule : count: true, sum, min ou max.';
    return [
      finding(place, 'key', 'rollup_function', fr, 'Give one function and only one: count: true, sum, min or max.'),
    ];
  }
  const over = rolledOver(types, parent, rollup);
  if (over === null) {
    return [
      finding(
        [...place, 'of'],
        'value',
        'rollup_of',
        `« ${rollup.of} » n’est ni un attribut « children » de ce type, ni « type.référence » vers lui.`,
        `“${rollup.of}” is neither a “children” attribute of this type, nor a “type.reference” to it.`,
      ),
    ];
  }
  return [...filledToo(path, source), ...wrongKind(place, source, given, types.get(over.type)?.attributes ?? {})];
}

function filledToo(path: Path, source: AttributeSource): readonly Finding[] {
  return (['required', 'default', 'unique', 'computed'] as const)
    .filter((option) => source[option] !== undefined && source[option] !== false)
    .map((option) =>
      finding(
        [...path, option],
        'key',
        'computed_filled',
        `Ce qui se totalise ne se remplit pas : retirez « ${option} ».`,
        `What is added up isn’t filled: remove “${option}”.`,
      ),
    );
}

const added: ReadonlySet<string> = new Set(['integer', 'decimal', 'money']);
const ordered: ReadonlySet<string> = new Set([...added, 'date', 'datetime']);

/** A count is an integer; a sum, a smallest and a largest are of the kind of what they are of. */
function wrongKind(
  place: Path,
  source: AttributeSource,
  { how, what }: NonNullable<ReturnType<typeof functionOf>>,
  attributes: PackSource['types'][string]['attributes'],
): readonly Finding[] {
  if (what === null) {
    if (source.type === 'integer') return [];
    return [finding(place, 'key', 'rollup_kind', 'Un nombre d’objets est un « integer ».', 'A count is an “integer”.')];
  }
  const of = attributes[what];
  if (of === undefined) {
    const hint = suggestion(what, Object.keys(attributes));
    const fr = `Aucun attribut ne s’appelle « ${what} ».${hint.fr}`;
    return [finding([...place, how], 'value', 'unknown_attribute', fr, `No attribute is called “${what}”.${hint.en}`)];
  }
  const canBe = (how === 'sum' ? added : ordered).has(of.type);
  const isSame =
    of.type === source.type && (of.type !== 'decimal' || source.type !== 'decimal' || of.scale === source.scale);
  if (canBe && isSame) return [];
  return [
    finding(
      [...place, how],
      'value',
      'rollup_kind',
      `« ${what} » (${of.type}) ne donne pas un attribut de ce type : il lui faut le même, et les mêmes décimales.`,
      `“${what}” (${of.type}) doesn’t give an attribute of this type: it takes the same, with the same decimals.`,
    ),
  ];
}
