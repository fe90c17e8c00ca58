import type { Computed } from '../expressions/computed.ts';
import { Conditions, sourceOf } from '../expressions/conditions.ts';
import { compileConstraint } from '../expressions/constraints.ts';
import { Effects } from '../expressions/effects.ts';
import { ownNames } from '../expressions/expression.ts';
import { ExpressionFault } from '../expressions/fault.ts';
import type { Shaped } from '../expressions/shape.ts';
import { operations } from '../model.ts';
import { refusedExpression } from '../views/check-view.ts';
import { rolledOver, type TypeSources } from './composition.ts';
import { type Finding, finding, type Path } from './pack-problem.ts';
import {
  type AttributeSource,
  type ConditionSource,
  isChildren,
  ownAttributes,
  type PackSource,
  type RollupSource,
  type TypeSource,
} from './pack-schema.ts';

/** Every expression of a pack, checked against what it may name: once all packs are known and otherwise good. */
export function checkExpressions(
  pack: PackSource,
  shaped: ReadonlyMap<string, Shaped>,
  types: TypeSources,
): readonly Finding[] {
  return Object.entries(pack.types).flatMap(([name, type]) => {
    const own = shaped.get(name);
    if (own === undefined) return [];
    const conditions = new Conditions(own, shaped);
    const rolledUp = Object.entries(type.attributes).flatMap(([attribute, source]) =>
      isChildren(source) || source.rollup?.when === undefined
        ? []
        : rollupCondition(
            ['types', name, 'attributes', attribute, 'rollup', 'when'],
            name,
            source.rollup,
            types,
            shaped,
          ),
    );
    const calculations = [...own.attributes.values()].flatMap(({ name: attribute, computed }) => {
      const declared = type.attributes[attribute];
      if (computed === null || declared === undefined || isChildren(declared)) return [];
      const source = declared.computed ?? '';
      const path = ['types', name, 'attributes', attribute, 'computed'];
      return [...faultOf(path, computed, source), ...unkept(path, declared, computed)];
    });
    const conditioned = conditionsOf(type).flatMap(({ path, given }) => {
      const place = ['types', name, ...path, ...(typeof given === 'string' ? [] : ['if'])];
      return faultOf(place, () => conditions.condition(given), sourceOf(given));
    });
    const effects = Object.entries(type.lifecycle?.transitions ?? {}).flatMap(([transition, source]) =>
      source.effects.flatMap((effect, at) =>
        new Effects(own, shaped)
          .values(effect)
          .flatMap((value) =>
            faultOf(
              ['types', name, 'lifecycle', 'transitions', transition, 'effects', at, ...value.path],
              value.compile,
              value.source,
            ),
          ),
      ),
    );
    const constrained = Object.entries(type.constraints ?? {}).flatMap(([constraint, given]) =>
      'unique' in given
        ? unkeptTogether(['types', name, 'constraints', constraint, 'unique'], given.unique, own)
        : faultOf(
            ['types', name, 'constraints', constraint, 'if'],
            () => compileConstraint(constraint, given, own.table, own.attributes, conditions),
            given.if,
          ),
    );
    return [...calculations, ...constrained, ...conditioned, ...rolledUp, ...effects];
  });
}

/** What is calculated when it is read can't be unique with anything. */
function unkeptTogether(path: Path, names: readonly string[], { attributes }: Shaped): readonly Finding[] {
  return names.flatMap((name, at) => {
    const computed = attributes.get(name)?.computed ?? null;
    if (computed === null || !isCompiled(computed) || computed().isStored) return [];
    return [
      finding(
        [...path, at],
        'value',
        'not_stored',
        `« ${name} » se calcule à la lecture : il ne peut pas être unique.`,
        `“${name}” is calculated when it is read: it can’t be unique.`,
      ),
    ];
  });
}

/** What is calculated when it is read has no column that an index could be on. */
function unkept(path: Path, source: AttributeSource, computed: () => Computed): readonly Finding[] {
  const wanted = source.indexed ? 'indexed' : source.searchable ? 'searchable' : null;
  if (wanted === null || !isCompiled(computed) || computed().isStored) return [];
  return [
    finding(
      [...path.slice(0, -1), wanted],
      'key',
      'not_stored',
      `Ce calcul dépend d’autres objets ou du jour : il se fait à la lecture, et ne peut être « ${wanted} ».`,
      `This calculation stands on other objects or on the day: it is made when read, and can’t be “${wanted}”.`,
    ),
  ];
}

function isCompiled(computed: () => Computed): boolean {
  try {
    computed();
    return true;
  } catch {
    return false;
  }
}

/** Which objects count is known from these objects alone: the total is kept, not calculated when it is read. */
function rollupCondition(
  path: Path,
  parent: string,
  rollup: RollupSource,
  types: TypeSources,
  shaped: ReadonlyMap<string, Shaped>,
): readonly Finding[] {
  const over = rolledOver(types, parent, rollup);
  const child = over === null ? undefined : shaped.get(over.type);
  if (child === undefined || rollup.when === undefined) return [];
  const source = rollup.when;
  return faultOf(
    path,
    () => {
      const { predicate } = new Conditions(child, shaped).condition(source);
      if (ownNames(predicate) !== null) return;
      throw new ExpressionFault(0, source.length, {
        fr: 'un total ne dépend que des objets qu’il compte, ni d’autres ni du jour.',
        en: 'a total stands on the objects it counts alone, neither on others nor on the day.',
      });
    },
    source,
  );
}

interface Placed {
  readonly path: Path;
  readonly given: ConditionSource;
}

function conditionsOf(type: TypeSource): readonly Placed[] {
  const guards = Object.entries(type.lifecycle?.transitions ?? {}).flatMap(([name, { guard }]) =>
    guard === undefined ? [] : [{ path: ['lifecycle', 'transitions', name, 'guard'], given: guard }],
  );
  const rights = operations.flatMap((operation): readonly Placed[] => {
    const right = type.rights[operation];
    if (!Array.isArray(right)) return [{ path: ['rights', operation, 'when'], given: right.when }];
    return right.flatMap((grant, at) =>
      typeof grant === 'string' ? [] : [{ path: ['rights', operation, at, 'when'], given: grant.when }],
    );
  });
  const quality = ownAttributes(type).flatMap(([attribute, source]) =>
    Object.entries(source.quality).map(([name, given]) => ({
      path: ['attributes', attribute, 'quality', name],
      given,
    })),
  );
  return [...guards, ...rights, ...quality];
}

function faultOf(path: Path, check: () => unknown, source: string): readonly Finding[] {
  try {
    check();
    return [];
  } catch (error) {
    if (!(error instanceof ExpressionFault)) throw error;
    return [refusedExpression(path, source, error)];
  }
}
