import { type Catalogue, findColumn, findTable, type Table, tableKey } from './catalogue.ts';
import type { Category } from './category.ts';
import { schemaDigest, tableDigest } from './digest.ts';
import { deduceIdentities, isMentioning } from './identities.ts';
import { type ErasureMap, emptyMap } from './map.ts';
import { matchingOf, normalisedKind } from './matching.ts';
import type { ErasurePlan, IdentityColumn, PlanNotice, PlanProblem, PlanStep, StepKey } from './plan.ts';
import { decideDeletes } from './plan-deletes.ts';
import { decideFields, type FieldsAnswer, generatedFromKept } from './plan-fields.ts';
import { planSweep } from './plan-sweep.ts';
import { unlinkedTables } from './plan-unlinked.ts';
import { type Node, walk } from './plan-walk.ts';
import { type ReferenceGraph, referenceGraph } from './references.ts';
import { resolveColumn } from './resolve.ts';
import { readRoles } from './roles.ts';
import { attributeIdentities } from './satellites.ts';
import { spokenCatalogue } from './spoken.ts';

export interface PlanQuestion {
  readonly catalogue: Catalogue;
  /** `schema.table.column` → category, from the dictionary. A field that is absent is unknown. */
  readonly categories: ReadonlyMap<string, Category>;
  readonly map?: ErasureMap;
  /** `--identity KIND=table.column`: the kind and `table.column` or `schema.table.column`. */
  readonly identities?: readonly GivenIdentity[];
  /** What the dictionary proposes, in the same form: nobody declared it. */
  readonly proposed?: readonly GivenIdentity[];
}

interface GivenIdentity {
  readonly kind: string;
  readonly column: string;
}

/**
 * Pure: the same question gives the same plan. Replacement values are a first guess: `settlePlan` tries them against
 * the real constraints. Throws a `Refusal` when a given identity column does not exist.
 */
export function planErasure(question: PlanQuestion): ErasurePlan {
  const catalogue = spokenCatalogue(question.catalogue);
  const map = question.map ?? emptyMap;
  const categories = withMapped(question.categories, map);
  const graph = referenceGraph(catalogue, map);
  const identities = identityColumns({ ...question, catalogue }, { map, categories, graph });
  const roles = readRoles({
    catalogue,
    categories,
    graph,
    identities: identities.filter((each) => each.kind !== 'login' || !isMentioning(each)),
  });
  const keyTypes = new Set(
    catalogue.tables.flatMap((table) => {
      const key = table.primaryKey.length === 1 ? findColumn(table, table.primaryKey[0] ?? '') : undefined;
      return key?.family === 'text' && key.length !== null ? [key.baseType] : [];
    }),
  );
  const walked = walk({ catalogue, categories, graph, roles, map, identities });
  const answers = decideAll(walked.nodes, (node, replacedKeys) =>
    decideFields({
      table: node.table,
      scope: node.scope,
      identityColumns: node.ways.flatMap(({ way }) => (way.kind === 'identity' ? [way.column] : [])),
      searchedColumns: node.ways.flatMap(({ way }) => (way.kind === 'content' ? way.columns : [])),
      isSigned: roles.isLog(node.table),
      keyTypes,
      isActed: node.ways.some(({ way }) => way.kind === 'incoming'),
      isPersons: roles.isPersons(node.table),
      isOthers:
        roles.isPersons(node.table) ||
        roles.owners(node.table).length > 0 ||
        walked.nodes.some((other) => other.scope === 'row' && other.table === node.table),
      categories,
      map,
      graph,
      tableOf: (name) => findTable(catalogue, name),
      replacedKeys,
    }),
  );
  const steps = walked.nodes.map((node, index) => ({
    ...makeStep(node, answers[index], walked.nodes),
    isPersons: roles.isPersons(node.table),
  }));
  const reached = new Set(steps.map(tableKey));
  const touched = new Set(steps.filter((step) => step.action !== 'keep').map(tableKey));
  return {
    version: 1,
    engine: catalogue.engine,
    database: catalogue.database,
    schemaDigest: schemaDigest(question.catalogue),
    tableDigests: Object.fromEntries(question.catalogue.tables.map((table) => [tableKey(table), tableDigest(table)])),
    identities,
    steps,
    problems: [
      ...answers.flatMap((answer) => answer.problems),
      ...decideDeletes(steps, graph),
      ...planProblemsOf(catalogue, steps, identities),
    ],
    notices: [
      ...walked.notices,
      ...answers.flatMap((answer) => answer.notices),
      ...emptied(steps, graph),
      ...graph.all
        .filter(
          (reference) =>
            reference.source === 'deduced' &&
            reached.has(tableKey(reference.from)) &&
            reached.has(tableKey(reference.to)),
        )
        .map(
          (reference): PlanNotice => ({
            code: 'join_deduced',
            schema: reference.from.schema,
            table: reference.from.table,
            column: reference.from.columns[0] ?? null,
            about: [`${tableKey(reference.to)}.${reference.to.columns[0] ?? ''}`],
          }),
        ),
      ...noticesOf(catalogue, map, new Set([...reached, ...walked.notices.map(tableKey)]), touched, (table) =>
        roles.hasPersonalData(table),
      ),
    ],
    refresh: catalogue.views
      .filter(
        (view) => view.kind === 'materialized_view' && view.canRefresh && view.reads.some((name) => touched.has(name)),
      )
      .map(({ schema, table }) => ({ schema, table })),
    sweep: planSweep(catalogue, steps),
    unlinked: unlinkedTables({ catalogue, categories, map, graph, identities, steps }),
  };
}

function withMapped(categories: ReadonlyMap<string, Category>, map: ErasureMap): ReadonlyMap<string, Category> {
  const mapped = map.fields.flatMap((field) =>
    field.category === null ? [] : [[`${tableKey(field)}.${field.column}`, field.category] as const],
  );
  return new Map([...categories, ...mapped]);
}

interface Reading {
  readonly map: ErasureMap;
  readonly categories: ReadonlyMap<string, Category>;
  readonly graph: ReferenceGraph;
}

/** Given columns, then the map's, then those that the dictionary, names and categories say. */
function identityColumns(question: PlanQuestion, { map, categories, graph }: Reading): readonly IdentityColumn[] {
  const { catalogue } = question;
  const found = new Map<string, IdentityColumn>();
  const add = (kind: string, table: Table, name: string, source: IdentityColumn['source']): void => {
    const key = `${tableKey(table)}.${name}`;
    const column = findColumn(table, name);
    if (column === undefined || found.has(key)) return;
    const normal = normalisedKind(kind);
    found.set(key, {
      kind: normal,
      schema: table.schema,
      table: table.table,
      column: name,
      family: column.family,
      matching: matchingOf(normal),
      source,
    });
  };
  for (const given of question.identities ?? []) {
    const { table, column } = resolveColumn(catalogue, given.column);
    add(given.kind, table, column.name, 'given');
  }
  for (const { kind, column } of map.identities) {
    const table = findTable(catalogue, column);
    if (table !== undefined) add(kind, table, column.column, 'map');
  }
  for (const proposed of question.proposed ?? []) {
    const { table, column } = resolveColumn(catalogue, proposed.column);
    add(proposed.kind, table, column.name, 'deduced');
  }
  for (const { kind, table, column } of deduceIdentities(catalogue, categories)) add(kind, table, column, 'deduced');
  for (const { kind, table, column } of attributeIdentities(catalogue, graph)) add(kind, table, column, 'deduced');
  return [...found.values()];
}

/** Twice: the second time knows which keys are given new values, so that references to them follow. */
function decideAll(
  nodes: readonly Node[],
  decide: (node: Node, replacedKeys: ReadonlySet<string>) => FieldsAnswer,
): readonly FieldsAnswer[] {
  const first = nodes.map((node) => decide(node, new Set()));
  const replaced = first.flatMap((answer, index) => {
    const node = nodes[index];
    const isReplaced = answer.notices.some((notice) => notice.code === 'key_replaced');
    return node !== undefined && isReplaced ? [tableKey(node.table)] : [];
  });
  return replaced.length === 0 ? first : nodes.map((node) => decide(node, new Set(replaced)));
}

function makeStep(node: Node, answer: FieldsAnswer | undefined, nodes: readonly Node[]): Omit<PlanStep, 'isPersons'> {
  const stepOf = (key: string): number =>
    nodes.findIndex((other) => other.scope === 'row' && tableKey(other.table) === key);
  const fields = answer?.fields ?? [];
  return {
    schema: node.table.schema,
    table: node.table.table,
    key: stepKey(node.table),
    scope: node.scope,
    action: answer?.action ?? 'keep',
    fields,
    ways: node.ways.map(({ way, from, guards, users }) => {
      const guarding = guards
        .map(({ table, ...guard }) => ({ ...guard, step: stepOf(table) }))
        .filter((guard) => guard.step >= 0);
      if (way.kind === 'identity' && guarding.length > 0) return { ...way, guards: guarding };
      if (way.kind === 'incoming') {
        return { ...way, from: from === null ? -1 : nodes.indexOf(from), guards: guarding };
      }
      if (way.kind === 'outgoing' || way.kind === 'owner') {
        return {
          ...way,
          from: from === null ? -1 : nodes.indexOf(from),
          users: users.map((user) => {
            const step = stepOf(tableKey(user));
            return { ...user, step: step >= 0 ? step : null };
          }),
        };
      }
      return way;
    }),
  };
}

/** The primary key, else a unique key whose columns are never empty, else the row's place. */
function stepKey(table: Table): StepKey {
  const uniques = table.uniques.filter((each) => !each.isExpression && !each.isPartial).map((each) => each.columns);
  const solid = [table.primaryKey, ...uniques].find(
    (columns) => columns.length > 0 && columns.every((name) => findColumn(table, name)?.nullable === false),
  );
  if (solid === undefined) return { kind: 'place' };
  return {
    kind: 'columns',
    columns: solid.map((name) => ({ name, type: findColumn(table, name)?.baseType ?? 'text' })),
  };
}

function planProblemsOf(
  catalogue: Catalogue,
  steps: readonly PlanStep[],
  identities: readonly IdentityColumn[],
): readonly PlanProblem[] {
  const problems: PlanProblem[] = [];
  const add = (
    code: PlanProblem['code'],
    table: { schema: string; table: string },
    about: readonly string[],
    column: string | null,
    isBlocking: boolean,
  ): void => {
    problems.push({ code, schema: table.schema, table: table.table, column, about, isBlocking });
  };
  const nowhere = { schema: '', table: '' };
  if (identities.length === 0) add('no_identity_column', nowhere, [], null, true);
  if (!catalogue.canMakeTemporaryTables) add('no_temporary_tables', nowhere, [], null, true);
  for (const table of catalogue.tables) {
    if (!table.canSelect)
      add(
        'cannot_read',
        table,
        [],
        null,
        steps.some((step) => tableKey(step) === tableKey(table)),
      );
    else if (table.hidesRows) add('rows_hidden', table, [], null, true);
    if (table.kind === 'foreign') add('foreign_table', table, [], null, false);
  }
  for (const step of steps) {
    const table = findTable(catalogue, step);
    if (table === undefined) continue;
    if (step.action !== 'keep' && table.keepsHistory === true) add('keeps_history', table, [], null, true);
    if (step.action === 'delete' && !table.canDelete) add('cannot_write', table, [], null, true);
    for (const column of step.scope === 'row' ? generatedFromKept(table, step.fields) : []) {
      add('generated_from_kept', table, [], column, false);
    }
  }
  return problems;
}

/** Rows of which only keys stay, and that nothing refers to: whoever owns them may want them gone. */
function emptied(steps: readonly PlanStep[], graph: ReferenceGraph): readonly PlanNotice[] {
  const isShell = (step: PlanStep): boolean =>
    step.scope === 'row' &&
    step.action === 'blank' &&
    step.fields.every((field) => field.do === 'blank' || ['key', 'reference', 'generated'].includes(field.why.code)) &&
    !graph.all.some(({ to }) => tableKey(to) === tableKey(step));
  return steps
    .filter(isShell)
    .map(({ schema, table }) => ({ code: 'left_empty', schema, table, column: null, about: [] }));
}

function noticesOf(
  catalogue: Catalogue,
  map: ErasureMap,
  reached: ReadonlySet<string>,
  touched: ReadonlySet<string>,
  hasPersonalData: (table: Table) => boolean,
): readonly PlanNotice[] {
  const ignored = new Set(map.tables.filter((each) => each.action === 'ignore').map(tableKey));
  const notices: PlanNotice[] = [];
  const add = (code: PlanNotice['code'], table: { schema: string; table: string }, about: readonly string[]): void => {
    notices.push({ code, schema: table.schema, table: table.table, column: null, about });
  };
  for (const table of catalogue.tables) {
    const key = tableKey(table);
    if (ignored.has(key)) add('ignored_by_map', table, []);
    else if (!reached.has(key) && hasPersonalData(table)) add('out_of_reach', table, []);
    if (touched.has(key) && table.isTransactional === false) add('no_transaction', table, []);
    const triggers = table.triggers.filter(
      (trigger) => trigger.isEnabled && (trigger.events.includes('update') || trigger.events.includes('delete')),
    );
    if (touched.has(key) && triggers.length > 0)
      add(
        'triggers',
        table,
        triggers.map((trigger) => trigger.name),
      );
  }
  for (const view of catalogue.views) {
    const shown = view.reads.filter((name) => touched.has(name));
    if (shown.length > 0) add(view.kind === 'view' ? 'view' : 'materialized_view', view, view.canRefresh ? shown : []);
  }
  return notices;
}
