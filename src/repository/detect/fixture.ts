import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Category, isCategory } from '../../channels/index.ts';
import { projectRoot } from '../../kernel/index.ts';
import type { FieldShape, TableShape } from './shape.ts';
import type { TableRole } from './table-reading.ts';

/** A labelled schema, read from a few lines of text: `name type [pk] [->table.column] [: category] [@identity]`. */
export interface LabelledTable {
  readonly shape: TableShape;
  readonly role: TableRole;
  readonly labels: ReadonlyMap<string, Label>;
}

/** `isDebatable`: reasonable people differ; counted in no figure. */
export interface Label {
  readonly category: Category;
  readonly isDebatable: boolean;
  readonly identity: { readonly kind: string; readonly isDebatable: boolean } | null;
}

const line = /^(\S+) ([^@:>]+?)( pk)?(?: ->(\S+)\.(\S+?))?(?: : ([a-z_]+)(\?)?)?(?: @([a-z_]+)(\?)?)?$/;

export function readFixture(name: string): readonly LabelledTable[] {
  const text = readFileSync(join(projectRoot, 'src/repository/detect/fixtures', `${name}.schema`), 'utf8');
  const tables: { name: string; role: TableRole; fields: FieldShape[]; labels: Map<string, Label> }[] = [];
  for (const row of text.split('\n').map((each) => each.trim())) {
    if (row === '' || row.startsWith('#')) continue;
    const [, name, role] = /^table (\S+) (\S+)$/.exec(row) ?? [];
    if (name !== undefined) tables.push({ name, role: role as TableRole, fields: [], labels: new Map() });
    else readField(row, tables.at(-1));
  }
  return tables.map(({ name, role, fields, labels }) => ({
    shape: { schema: 'public', name, comment: null, fields },
    role,
    labels,
  }));
}

function readField(row: string, table: { fields: FieldShape[]; labels: Map<string, Label> } | undefined): void {
  const match = line.exec(row);
  if (!match || table === undefined) throw new Error(`not a fixture line: ${row}`);
  const [, name = '', type = '', pk, target, column, category = 'technical', debatable, kind, kindDebatable] = match;
  if (!isCategory(category)) throw new Error(`not a category: ${row}`);
  const references = target === undefined || column === undefined ? null : { schema: 'public', table: target, column };
  table.fields.push({
    name,
    type,
    nullable: true,
    comment: null,
    isPrimaryKey: pk !== undefined,
    isUnique: false,
    references,
  });
  const identity = kind === undefined ? null : { kind, isDebatable: kindDebatable !== undefined };
  table.labels.set(name, { category, isDebatable: debatable !== undefined, identity });
}
