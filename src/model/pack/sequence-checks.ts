import { parseNumberPattern } from '../number-pattern.ts';
import { isRecord } from './is-record.ts';
import { type Finding, finding, type Path, suggestion } from './pack-problem.ts';
import { entriesOf, namesAt, stringAt } from './peek.ts';

/** Sequences are allotted by transitions that exist, and by nothing else. */
export function checkSequences(
  path: Path,
  type: unknown,
  attributes: ReadonlyMap<string, unknown>,
): readonly Finding[] {
  const transitions = new Map(isRecord(type) ? entriesOf(type.lifecycle, 'transitions') : []);
  return [...attributes].flatMap(([name, attribute]) => {
    if (stringAt(attribute, 'type') !== 'sequence') return [];
    const here = [...path, 'attributes', name];
    return [
      ...checkPattern(here, stringAt(attribute, 'pattern')),
      ...namesAt(attribute, 'at').flatMap((given) => {
        if (transitions.has(given.name)) return [];
        const hint = suggestion(given.name, transitions.keys());
        return [
          finding(
            [...here, 'at', ...given.tail],
            'value',
            'unknown_transition',
            `Aucune transition de ce type ne s’appelle « ${given.name} ».${hint.fr}`,
            `No transition of this type is called “${given.name}”.${hint.en}`,
          ),
        ];
      }),
      ...(['required', 'default', 'computed', 'rollup'] as const)
        .filter((option) => isRecord(attribute) && attribute[option] !== undefined && attribute[option] !== false)
        .map((option) =>
          finding(
            [...here, option],
            'key',
            'sequence_filled',
            `Une séquence s’attribue à l’émission : retirez « ${option} ».`,
            `A sequence is allotted when it is issued: remove “${option}”.`,
          ),
        ),
    ];
  });
}

function checkPattern(here: Path, pattern: string | null): readonly Finding[] {
  if (pattern === null || parseNumberPattern(pattern) !== null) return [];
  return [
    finding(
      [...here, 'pattern'],
      'value',
      'bad_number',
      'Un numéro contient un seul {seq:5}, et peut contenir {yyyy}, {yy} et {mm} : « F-{yyyy}-{seq:5} ».',
      'A number has exactly one {seq:5}, and may have {yyyy}, {yy} and {mm}: “F-{yyyy}-{seq:5}”.',
    ),
  ];
}
