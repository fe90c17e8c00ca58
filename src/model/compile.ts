import { canonicalJson, type Json, once, Refusal, sha256, type Text } from '../kernel/index.ts';
import type { Value } from './attributes/attribute-type.ts';
import { buildType } from './attributes/build.ts';
import { calculation } from './expressions/computed.ts';
import type { Condition } from './expressions/condition.ts';
import { Conditions } from './expressions/conditions.ts';
import { compileConstraint } from './expressions/constraints.ts';
import { Effects } from './expressions/effects.ts';
import { type Shape, type Shaped, shapeOf } from './expressions/shape.ts';
import type { Attribute, Constraint, Lifecycle, Model, Relation, Rollup, Section, State, TypeModel } from './model.ts';
import { type NumberPattern, parseNumberPattern } from './number-pattern.ts';
import { checkTogether } from './pack/checks-together.ts';
import { functionOf, inverseOf, rolledOver, type TypeSources, typeSources } from './pack/composition.ts';
import { checkComposition } from './pack/composition-checks.ts';
import { checkConstraints } from './pack/constraint-checks.ts';
import { checkExpressions } from './pack/expression-checks.ts';
import { checkNotices } from './pack/notice-checks.ts';
import type { Finding, PackProblem } from './pack/pack-problem.ts';
import { problemLine } from './pack/pack-problem.ts';
import {
  type AttributeSource,
  isChildren,
  type LifecycleSource,
  ownAttributes,
  type PackSource,
  type RelationSource,
  type RollupSource,
  type TypeSource,
} from './pack/pack-schema.ts';
import { type ReadPack, readPack } from './pack/read-pack.ts';
import { checkRelations } from './pack/relation-checks.ts';
import { noticeOf, type Templates } from './pack/templates.ts';
import { type PhysicalNames, plainNames } from './physical-names.ts';
import { parseTitleTemplate } from './title-template.ts';
import { checkView } from './views/check-view.ts';
import { type View, viewLabel } from './views/view.ts';

export interface CheckedPacks {
  /** Null when there are problems. */
  readonly sources: readonly PackSource[] | null;
  readonly problems: readonly PackProblem[];
}

/** Reads and checks packs together: everything that is wrong, at once. Paths are folders or files. */
export async function checkPacks(paths: readonly string[]): Promise<CheckedPacks> {
  return checkRead(await Promise.all(paths.map(readPack)));
}

export function checkRead(packs: readonly ReadPack[]): CheckedPacks {
  const problems = [...packs.flatMap((pack) => pack.problems), ...checkTogether(packs)].sort(
    (a, b) => a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column,
  );
  if (problems.length > 0) return { sources: null, problems };
  const sources = packs.flatMap((pack) => pack.source ?? []);
  const types = typeSources(sources);
  const apart = packs.flatMap(({ source, place }) =>
    source === null
      ? []
      : [...checkComposition(source, types), ...checkConstraints(source), ...checkRelations(source, types)].map(place),
  );
  if (apart.length > 0) return { sources: null, problems: apart };
  const shaped = shapedTypes(sources, plainNames);
  const faults = packs.flatMap(({ source, place }) =>
    source === null
      ? []
      : [...checkNotices(source), ...checkExpressions(source, shaped, types), ...checkViews(source, shaped)].map(place),
  );
  return faults.length === 0 ? { sources, problems: [] } : { sources: null, problems: faults };
}

/** The same, for callers who can only go on with a good model. The refusal lists every problem. */
export async function loadPacks(paths: readonly string[]): Promise<readonly PackSource[]> {
  const { sources, problems } = await checkPacks(paths);
  if (sources === null) throw refusePacks(problems);
  return sources;
}

function checkViews(source: PackSource, shaped: ReadonlyMap<string, Shaped>): readonly Finding[] {
  return Object.entries(source.views ?? {}).flatMap(([name, view]) =>
    checkView(view, shaped).map((found) => ({ ...found, path: ['views', name, ...found.path] })),
  );
}

export function refusePacks(problems: readonly PackProblem[]): Refusal {
  const lines = (language: 'fr' | 'en'): string => problems.map((problem) => problemLine(problem, language)).join('\n');
  return new Refusal(
    'model.invalid_pack',
    422,
    { fr: `Modèle refusé :\n${lines('fr')}`, en: `Model refused:\n${lines('en')}` },
    problems.map((problem) => ({
      pointer: `${problem.file}:${problem.line}:${problem.column}`,
      code: problem.code,
      text: problem.text,
    })),
  );
}

/** Pure: what the packs say, compiled and frozen. `names` are the physical names the database gave. */
export function compileModel(sources: readonly PackSource[], names: PhysicalNames = plainNames): Model {
  const shaped = shapedTypes(sources, names);
  const sourcesByName = typeSources(sources);
  const allConstraints = new Map<string, Constraint>();
  const types = sources.flatMap((pack) =>
    Object.entries(pack.types).map(
      ([name, type]) => [name, { ...compileType(pack, name, type, shaped, sourcesByName), allConstraints }] as const,
    ),
  );
  for (const [, { constraints }] of types)
    for (const constraint of constraints) allConstraints.set(constraint.constraintName, constraint);
  return Object.freeze({
    packs: sources.map((pack) => ({
      name: pack.pack,
      version: pack.version,
      label: pack.label,
      definition: pack.definition ?? null,
    })),
    types: new Map(types),
    views: compileViews(sources, sourcesByName, shaped),
    fingerprint: fingerprintOf(sources),
  });
}

function compileViews(
  sources: readonly PackSource[],
  types: TypeSources,
  shaped: ReadonlyMap<string, Shaped>,
): ReadonlyMap<string, View> {
  const views = sources.flatMap((pack) =>
    Object.entries(pack.views ?? {}).map(([name, says]): readonly [string, View] => {
      const type = types.get(says.of);
      const label =
        says.label ??
        viewLabel(
          type?.plural ?? type?.label ?? humanised(says.of),
          says,
          shaped.get(says.of)?.attributes ?? new Map(),
        );
      return [name, { name, pack: pack.pack, label, says }];
    }),
  );
  return new Map(views);
}

export function fingerprintOf(sources: readonly PackSource[]): string {
  const plain: Json = JSON.parse(JSON.stringify(sources));
  return sha256(canonicalJson(plain)).toString('hex');
}

/** What expressions may name: every type's attributes, compiled before the expressions that stand on them. */
export function shapedTypes(sources: readonly PackSource[], names: PhysicalNames): ReadonlyMap<string, Shaped> {
  const shaped = new Map<string, Shaped>();
  const types = typeSources(sources);
  const shapes = once((name: string) => shapeOf(expectShaped(shaped, name), shaped, true));
  for (const [name, source] of sources.flatMap((pack) => Object.entries(pack.types))) {
    shaped.set(name, {
      table: names.table(name),
      lifecycle: source.lifecycle === undefined ? null : { states: statesOf(source.lifecycle) },
      relations: relationsOf(name, types),
      attributes: new Map(
        ownAttributes(source).map(([attribute, body]) => [
          attribute,
          {
            ...compileAttribute(attribute, body, names.column(name, attribute), () => shapes(name)),
            rollup: body.rollup === undefined ? null : compileRollup(name, body.rollup, types, shaped),
          },
        ]),
      ),
    });
  }
  return shaped;
}

function expectShaped(shaped: ReadonlyMap<string, Shaped>, name: string): Shaped {
  const own = shaped.get(name);
  if (own === undefined) throw new Error(`${name} has no shape`);
  return own;
}

function compileType(
  pack: PackSource,
  name: string,
  source: TypeSource,
  shaped: ReadonlyMap<string, Shaped>,
  types: TypeSources,
): Omit<TypeModel, 'allConstraints'> {
  const own = expectShaped(shaped, name);
  const { attributes, table } = own;
  const conditions = new Conditions(own, shaped);
  const title = source.title ?? (attributes.has('name') ? '{name}' : '{number}');
  return {
    name,
    pack: pack.pack,
    label: source.label,
    plural: source.plural ?? source.label,
    definition: source.definition ?? null,
    icon: source.icon ?? null,
    number: numberOf(name, source.number),
    title: parseTitleTemplate(title),
    attributes,
    children: childrenOf(name, source, types),
    relations: own.relations,
    sections: sectionsOf(source, attributes),
    columns: source.columns ?? defaultColumns(source, attributes),
    lifecycle:
      source.lifecycle === undefined
        ? null
        : compileLifecycle(source.lifecycle, conditions, new Effects(own, shaped, pack.templates), pack.templates),
    rights: conditions.rights(source.rights),
    constraints: Object.entries(source.constraints ?? {}).map(([constraint, given]) =>
      compileConstraint(constraint, given, table, attributes, conditions),
    ),
    quality: ownAttributes(source).flatMap(([attribute, { quality }]) =>
      Object.entries(quality).map(([rule, given]) => ({
        attribute,
        name: rule,
        condition: conditions.condition(given),
      })),
    ),
    perimeter: source.perimeter ?? null,
    table,
  };
}

function compileAttribute(name: string, source: AttributeSource, column: string, shape: () => Shape): Attribute {
  const type = buildType(source);
  return {
    name,
    type,
    label: source.label ?? humanised(name),
    definition: source.definition ?? null,
    example: source.example ?? null,
    help: source.help ?? null,
    required: source.required,
    unique: source.unique || source.type === 'sequence',
    indexed: source.indexed || source.type === 'reference',
    searchable: source.searchable,
    defaultValue: defaultOf(type.parse, source.default),
    category: source.category === 'none' ? null : (source.category ?? null),
    confidentiality: source.confidentiality,
    deprecated: source.deprecated,
    was: source.was ?? null,
    rollup: null,
    sequence: source.type === 'sequence' ? { pattern: patternOf(source.pattern, name), at: listOf(source.at) } : null,
    computed: source.computed === undefined ? null : calculation(source.computed, type.expression, shape),
    columns: type.columns.map(({ suffix }) => `${column}${suffix}`),
  };
}

function defaultOf(parse: ReturnType<typeof buildType>['parse'], given: unknown): Value {
  if (given === undefined || given === null) return null;
  const value = parse(given);
  return value.ok ? value.value : null;
}

/** Without a label, an attribute or transition shows its name: `due_date` is "Due date" in both languages. */
function humanised(name: string): Text {
  const words = name.replaceAll('_', ' ');
  const shown = words.charAt(0).toUpperCase() + words.slice(1);
  return { fr: shown, en: shown };
}

function numberOf(type: string, pattern: string | undefined): NumberPattern {
  const initials = type
    .split('_')
    .map((word) => word.charAt(0).toUpperCase())
    .join('');
  return patternOf(pattern ?? `${initials}-{seq:6}`, type);
}

function patternOf(text: string, of: string): NumberPattern {
  const pattern = parseNumberPattern(text);
  if (pattern === null) throw new Error(`the number pattern of ${of} was not checked`);
  return pattern;
}

/** The relations that a type declares, and those that lead to it, each under the name of its side. */
function relationsOf(type: string, types: TypeSources): ReadonlyMap<string, Relation> {
  const seen = new Map<string, Relation>();
  for (const [from, { relations = {} }] of types) {
    for (const [name, source] of Object.entries(relations)) {
      const { to, inverse } = source;
      if (from !== type && to !== type) continue;
      const attributes = linkAttributes(source);
      const common = { key: `${from}.${name}`, definition: source.definition ?? null, attributes };
      const label = source.label ?? humanised(name);
      const inverseLabel = source.inverse_label ?? humanised(inverse);
      if (from === type) seen.set(name, { ...common, name, label, isInverse: false, to, inverse });
      if (to === type)
        seen.set(inverse, { ...common, name: inverse, label: inverseLabel, isInverse: true, to: from, inverse: name });
    }
  }
  return seen;
}

/** What is said of a link is kept as the API says it: it has no column. */
function linkAttributes({ attributes }: RelationSource): ReadonlyMap<string, Attribute> {
  const none = (): never => {
    throw new Error('nothing of a link is calculated');
  };
  return new Map(
    Object.entries(attributes).flatMap(([name, source]) =>
      isChildren(source) ? [] : [[name, compileAttribute(name, source, name, none)] as const],
    ),
  );
}

function childrenOf(parent: string, source: TypeSource, types: TypeSources): TypeModel['children'] {
  return new Map(
    Object.entries(source.attributes).flatMap(([name, children]) => {
      const inverse = isChildren(children) ? inverseOf(types, parent, children) : null;
      if (inverse === null) return [];
      const { label, definition } = children;
      return [[name, { name, label: label ?? humanised(name), definition: definition ?? null, ...inverse }]];
    }),
  );
}

/** The condition of a roll-up is about other objects: it is compiled the first time it is asked for, once all are known. */
function compileRollup(
  parent: string,
  source: RollupSource,
  types: TypeSources,
  shaped: ReadonlyMap<string, Shaped>,
): Rollup {
  const given = functionOf(source);
  const over = rolledOver(types, parent, source);
  if (given === null || over === null) throw new Error(`a roll-up of ${parent} was not checked`);
  let condition: Condition | null = null;
  return {
    ...given,
    ...over,
    get when() {
      if (source.when === undefined) return null;
      condition ??= new Conditions(expectShaped(shaped, over.type), shaped).condition(source.when);
      return condition;
    },
  };
}

function sectionsOf(source: TypeSource, attributes: ReadonlyMap<string, Attribute>): readonly Section[] {
  const names = [...attributes.keys()];
  const placed = new Set(source.sections.flatMap((section) => section.attributes));
  const first = names.filter((name) => !placed.has(name));
  return [...(first.length === 0 ? [] : [{ label: null, attributes: first }]), ...source.sections];
}

/** Few enough for a list of 25 to stay light (EcoIndex A): who wants others chooses them. */
function defaultColumns(source: TypeSource, attributes: ReadonlyMap<string, Attribute>): readonly string[] {
  const short = [...attributes.values()].filter(
    ({ type }) =>
      !['area', 'localised', 'choices'].includes(type.control.kind) && !['json', 'file'].includes(type.kind),
  );
  const shown = short.slice(0, 3).map((attribute) => attribute.name);
  return ['number', ...shown, ...(source.lifecycle === undefined ? [] : ['state'])];
}

function statesOf(source: LifecycleSource): ReadonlyMap<string, State> {
  return new Map(
    Object.entries(source.states).map(([name, { label, final }]) => [name, { name, label, isFinal: final }]),
  );
}

function compileLifecycle(
  source: LifecycleSource,
  conditions: Conditions,
  effects: Effects,
  templates: Templates,
): Lifecycle {
  const transitions = Object.entries(source.transitions).map(
    ([name, transition]) =>
      [
        name,
        {
          name,
          label: transition.label ?? humanised(name),
          from: listOf(transition.from),
          to: transition.to,
          roles: transition.roles,
          requires: transition.requires,
          notBy: transition.not_by === undefined ? [] : listOf(transition.not_by),
          guard: transition.guard === undefined ? null : conditions.condition(transition.guard),
          checklist: Object.entries(transition.checklist).map(([item, label]) => ({ name: item, label })),
          effects: transition.effects.flatMap((effect) => effects.compile(effect)),
          room: transition.room ?? null,
        },
      ] as const,
  );
  return {
    initial: source.initial,
    states: statesOf(source),
    transitions: new Map(transitions),
    reminders: Object.entries(source.reminders).map(([name, { on, days, states, ...toWhom }]) => ({
      name,
      on,
      days,
      states: states ?? null,
      notice: noticeOf(toWhom, templates),
    })),
    scheduled: Object.entries(source.scheduled).map(([name, { do: transition, on, days, after }]) => ({
      name,
      transition,
      when: on === undefined ? { after: after ?? '' } : { on, days },
    })),
  };
}

function listOf(names: string | readonly string[]): readonly string[] {
  return typeof names === 'string' ? [names] : names;
}
