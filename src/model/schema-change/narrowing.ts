import type pg from 'pg';
import type { Problem } from '../../kernel/index.ts';
import type { Model } from '../model.ts';
import type { CheckShape, ColumnShape, IndexShape, KeptConstraint, Step } from './shapes.ts';

/**
 * Before anything is changed: constraints that rows already there would break. Each is told with how many rows, so that
 * they can be mended first.
 */
export async function offendingRows(
  client: pg.Client,
  model: Model,
  steps: readonly Step[],
): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  const added = new Map(
    steps.flatMap((step) => (step.kind === 'add_column' ? [[`${step.table}.${step.column.name}`, step.column]] : [])),
  );
  for (const step of steps) {
    const asked = questionOf(step, added);
    if (asked === null) continue;
    const { rows } = await client.query<{ n: string }>(asked.sql);
    const count = Number(rows[0]?.n ?? 0);
    if (count > 0) problems.push(asked.problem(labelOf(model, asked.table, asked.column), count));
  }
  return problems;
}

interface Question {
  readonly table: string;
  readonly column: string;
  readonly sql: string;
  readonly problem: (attribute: string, count: number) => Problem;
}

/** Of columns that this very plan adds, every row is empty, unless they are filled as they are added. */
function questionOf(step: Step, added: ReadonlyMap<string, ColumnShape>): Question | null {
  if (step.kind === 'add_check' && step.check.keeps !== undefined) return brokenRows(step.table, step.check, added);
  if (step.kind === 'create_index' && step.index.keeps !== undefined) return sameRows(step.table, step.index, added);
  if (step.kind === 'add_check' && step.check.condition !== null) {
    const { table, check } = step;
    if (added.has(`${table}.${check.column}`)) return null;
    return {
      table,
      column: check.column,
      sql: `select count(*)::text as n from model."${table}" where not (${check.condition})`,
      problem: (attribute, count) => ({
        pointer: `/types/${attribute.replace('.', '/attributes/')}`,
        code: 'model.rows_outside',
        text: {
          fr: `${attribute} : ${count} objet(s) ont une valeur que le nouveau modèle n’admet plus (unité, type). Changez-les d’abord.`,
          en: `${attribute}: ${count} object(s) have a value that the new model no longer takes (unit, type). Change them first.`,
        },
      }),
    };
  }
  if (step.kind === 'add_check') {
    const { table, check } = step;
    const column = added.get(`${table}.${check.column}`);
    if (column?.fillWith !== undefined) return null;
    return {
      table,
      column: check.column,
      sql: `select count(*)::text as n from model."${table}"${column === undefined ? ` where "${check.column}" is null` : ''}`,
      problem: (attribute, count) => ({
        pointer: `/types/${attribute.replace('.', '/attributes/')}/required`,
        code: 'model.rows_without_value',
        text: {
          fr: `${attribute} ne peut pas devenir obligatoire : ${count} objet(s) n’en ont pas. Remplissez-les d’abord.`,
          en: `${attribute} can’t become required: ${count} object(s) have none. Fill them first.`,
        },
      }),
    };
  }
  if (step.kind === 'create_index' && step.index.isUnique) {
    const { name: column = '', isExact = false } = step.index.columns.at(-1) ?? {};
    const value = `"${column}"${isExact ? ' collate "C"' : ''}`;
    const { table } = step;
    if (added.has(`${table}.${column}`)) return null;
    return {
      table,
      column,
      sql: `select coalesce(sum(repeated), 0)::text as n from (select count(*) as repeated from model."${table}" where "${column}" is not null group by org, ${value} having count(*) > 1) as groups`,
      problem: (attribute, count) => ({
        pointer: `/types/${attribute.replace('.', '/attributes/')}/unique`,
        code: 'model.repeated_values',
        text: {
          fr: `${attribute} ne peut pas devenir unique : ${count} objets partagent une valeur. Corrigez-les d’abord.`,
          en: `${attribute} can’t become unique: ${count} objects share a value. Correct them first.`,
        },
      }),
    };
  }
  return null;
}

/** A column as the rows already there have it once this plan has added it: empty, or filled as it is added. */
function asAdded(table: string, column: string, added: ReadonlyMap<string, ColumnShape>): string | null {
  const shape = added.get(`${table}.${column}`);
  return shape === undefined ? null : `(${shape.fillWith ?? 'null'})::${shape.sqlType}`;
}

/** Rows that don't meet a condition of their type. */
function brokenRows(table: string, check: CheckShape, added: ReadonlyMap<string, ColumnShape>): Question {
  const condition = (check.condition ?? '').replace(
    /"([^"]+)"\."([^"]+)"/g,
    (own, of: string, column: string) => (of === table ? asAdded(table, column, added) : null) ?? own,
  );
  return {
    table,
    column: '',
    sql: `select count(*)::text as n from model."${table}" where not (${condition})`,
    problem: (_, count) => inTheWay(check.keeps, count),
  };
}

/** Rows that share the values of attributes that are to be unique together. */
function sameRows(table: string, index: IndexShape, added: ReadonlyMap<string, ColumnShape>): Question {
  const columns = index.columns.slice(1).map(({ name, isExact }) => {
    const own = asAdded(table, name, added) ?? `"${name}"`;
    return isExact ? `${own} collate "C"` : own;
  });
  const filled = index.isEmptySame === true ? 'true' : columns.map((column) => `(${column}) is not null`).join(' and ');
  return {
    table,
    column: '',
    sql: `select coalesce(sum(repeated), 0)::text as n from (select count(*) as repeated from model."${table}" where ${filled} group by org, ${columns.join(', ')} having count(*) > 1) as groups`,
    problem: (_, count) => inTheWay(index.keeps, count),
  };
}

function inTheWay(kept: KeptConstraint | undefined, count: number): Problem {
  const { type = '', name = '', source = null, why = { fr: '', en: '' } } = kept ?? {};
  const found = source === null ? null : `!(${source})`;
  return {
    pointer: `/types/${type}/constraints/${name}`,
    code: 'model.rows_break_constraint',
    text: {
      fr: `${type}.${name} : ${count} objet(s) ne respectent pas la règle (${why.fr}). Corrigez-les d’abord${found === null ? '' : ` ; la liste les montre avec le filtre ${found}`}.`,
      en: `${type}.${name}: ${count} object(s) don’t meet the rule (${why.en}). Correct them first${found === null ? '' : `; the list shows them with the filter ${found}`}.`,
    },
  };
}

function labelOf(model: Model, table: string, column: string): string {
  const type = [...model.types.values()].find((one) => one.table === table);
  const attribute = [...(type?.attributes.values() ?? [])].find((one) => one.columns.includes(column));
  return `${type?.name ?? table}.${attribute?.name ?? column}`;
}
