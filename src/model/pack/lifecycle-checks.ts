import { isRecord } from './is-record.ts';
import { type Finding, finding, type Path, suggestion } from './pack-problem.ts';
import { entriesOf, namesAt, stringAt } from './peek.ts';

/** States that can be reached, transitions between states that exist, attributes that can be filled. */
export function checkLifecycle(
  path: Path,
  type: unknown,
  attributes: ReadonlyMap<string, unknown>,
): readonly Finding[] {
  const lifecycle = isRecord(type) ? type.lifecycle : undefined;
  if (!isRecord(lifecycle)) return [];
  const here = [...path, 'lifecycle'];
  const states = new Map(entriesOf(lifecycle, 'states'));
  const transitions = new Map(entriesOf(lifecycle, 'transitions'));
  const initial = stringAt(lifecycle, 'initial');
  const findings: Finding[] = [];
  if (initial !== null && !states.has(initial))
    findings.push(unknownState([...here, 'initial'], initial, states.keys()));
  for (const [name, transition] of transitions) {
    findings.push(...checkTransition([...here, 'transitions', name], transition, { states, transitions, attributes }));
  }
  if (initial !== null && states.has(initial)) findings.push(...unreachable(here, initial, states, transitions));
  return findings;
}

interface Around {
  readonly states: ReadonlyMap<string, unknown>;
  readonly transitions: ReadonlyMap<string, unknown>;
  readonly attributes: ReadonlyMap<string, unknown>;
}

function checkTransition(path: Path, transition: unknown, around: Around): readonly Finding[] {
  const { states, transitions, attributes } = around;
  const findings: Finding[] = [];
  for (const { name, tail } of namesAt(transition, 'from')) {
    const place = [...path, 'from', ...tail];
    if (!states.has(name)) findings.push(unknownState(place, name, states.keys()));
    else if (isFinal(states.get(name))) {
      findings.push(
        finding(
          place,
          'value',
          'from_final',
          `« ${name} » est un état final : rien n’en part.`,
          `“${name}” is a final state: nothing leaves it.`,
        ),
      );
    }
  }
  const to = stringAt(transition, 'to');
  if (to !== null && !states.has(to)) findings.push(unknownState([...path, 'to'], to, states.keys()));
  for (const { name, tail } of namesAt(transition, 'requires')) {
    if (attributes.has(name)) continue;
    const hint = suggestion(name, attributes.keys());
    findings.push(
      finding(
        [...path, 'requires', ...tail],
        'value',
        'unknown_attribute',
        `Aucun attribut ne s’appelle « ${name} ».${hint.fr}`,
        `No attribute is called “${name}”.${hint.en}`,
      ),
    );
  }
  for (const { name, tail } of namesAt(transition, 'not_by')) {
    if (transitions.has(name)) continue;
    const hint = suggestion(name, transitions.keys());
    findings.push(
      finding(
        [...path, 'not_by', ...tail],
        'value',
        'unknown_transition',
        `Aucune transition ne s’appelle « ${name} ».${hint.fr}`,
        `No transition is called “${name}”.${hint.en}`,
      ),
    );
  }
  return findings;
}

function isFinal(state: unknown): boolean {
  return isRecord(state) && state.final === true;
}

function unknownState(path: Path, name: string, known: Iterable<string>): Finding {
  const hint = suggestion(name, known);
  return finding(
    path,
    'value',
    'unknown_state',
    `Aucun état ne s’appelle « ${name} ».${hint.fr}`,
    `No state is called “${name}”.${hint.en}`,
  );
}

/** States no chain of transitions leads to, and states that are neither final nor left by anything. */
function unreachable(
  path: Path,
  initial: string,
  states: ReadonlyMap<string, unknown>,
  transitions: ReadonlyMap<string, unknown>,
): readonly Finding[] {
  const edges = [...transitions.values()].flatMap((transition) => {
    const to = stringAt(transition, 'to');
    return to === null ? [] : namesAt(transition, 'from').map(({ name }) => ({ from: name, to }));
  });
  const reached = new Set([initial]);
  for (const state of reached) {
    for (const edge of edges) if (edge.from === state) reached.add(edge.to);
  }
  return [...states].flatMap(([name, state]) => {
    const place = [...path, 'states', name];
    if (!reached.has(name)) {
      return [
        finding(
          place,
          'key',
          'unreachable_state',
          `Aucune transition ne mène à « ${name} » depuis « ${initial} ».`,
          `No transition leads to “${name}” from “${initial}”.`,
        ),
      ];
    }
    if (isFinal(state) || edges.some((edge) => edge.from === name)) return [];
    return [
      finding(
        place,
        'key',
        'dead_end',
        `Rien ne part de « ${name} » : ajoutez une transition, ou « final: true ».`,
        `Nothing leaves “${name}”: add a transition, or “final: true”.`,
      ),
    ];
  });
}
