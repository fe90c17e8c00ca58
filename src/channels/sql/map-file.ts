import { isMap, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import { z } from 'zod';
import { type Problem, Refusal, type Text } from '../../kernel/index.ts';
import type { Catalogue, ColumnName, Table, TableName } from './catalogue.ts';
import { categories } from './category.ts';
import type { ErasureMap, MapField, MapJoin } from './map.ts';
import { nearestColumns, nearestTables, tryColumn, tryTable } from './resolve.ts';

const oneOrMore = z.union([z.string().transform((one) => [one]), z.array(z.string()).min(1)]);

const action = z.union([
  z.literal('blank'),
  z.literal('delete_row'),
  z.strictObject({ keep: z.string().min(3), category: z.enum(categories).optional() }),
  z.strictObject({ value: z.union([z.string(), z.number(), z.boolean()]), category: z.enum(categories).optional() }),
  z.strictObject({ blank: z.literal(true), category: z.enum(categories).optional() }),
  z.strictObject({ delete_row: z.literal(true), category: z.enum(categories).optional() }),
  z.strictObject({ category: z.enum(categories) }),
]);

const mapSchema = z.strictObject({
  joins: z.array(z.strictObject({ from: oneOrMore, to: oneOrMore })).default([]),
  identities: z.record(z.string(), oneOrMore).default({}),
  fields: z.record(z.string(), action).default({}),
  tables: z.record(z.string(), z.enum(['ignore', 'delete'])).default({}),
});

type Path = readonly (string | number)[];

/**
 * Reads a `--map` file against the catalogue. Throws a `Refusal` (`sql.map_invalid`, 422) with one problem for each
 * error: file, line, what to do; unknown tables and columns come with the nearest names.
 */
export function parseMap(text: string, fileName: string, catalogue: Catalogue): ErasureMap {
  return new MapFile(text, fileName, catalogue).read();
}

class MapFile {
  readonly #fileName: string;
  readonly #catalogue: Catalogue;
  readonly #lines = new LineCounter();
  readonly #document: ReturnType<typeof parseDocument>;
  readonly #problems: Problem[] = [];

  constructor(text: string, fileName: string, catalogue: Catalogue) {
    this.#fileName = fileName;
    this.#catalogue = catalogue;
    this.#document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false, uniqueKeys: true });
  }

  read(): ErasureMap {
    for (const error of this.#document.errors) {
      const line = this.#lines.linePos(error.pos[0]).line;
      this.#tellAt(line, [], {
        fr: `le YAML est mal formé (${error.code.toLowerCase()})`,
        en: `the YAML is malformed (${error.code.toLowerCase()})`,
      });
    }
    this.#stopOnProblems();
    const parsed = mapSchema.safeParse(this.#document.toJS() ?? {});
    if (!parsed.success) {
      for (const issue of parsed.error.issues) this.#tellIssue(issue);
      this.#stopOnProblems();
      throw new Error('a map that does not parse has a problem');
    }
    const map = this.#resolve(parsed.data);
    this.#stopOnProblems();
    return map;
  }

  #resolve(data: z.infer<typeof mapSchema>): ErasureMap {
    return {
      joins: data.joins.flatMap((join, index) => this.#join(join, ['joins', index])),
      identities: Object.entries(data.identities).flatMap(([kind, paths]) =>
        paths.flatMap((path) => {
          const column = this.#column(path, ['identities', kind]);
          return column === null ? [] : [{ kind, column }];
        }),
      ),
      fields: Object.entries(data.fields).flatMap(([path, value]) => {
        const column = this.#column(path, ['fields', path]);
        return column === null ? [] : [{ ...column, ...readAction(value) }];
      }),
      tables: Object.entries(data.tables).flatMap(([name, value]) => {
        const table = this.#table(name, ['tables', name]);
        return table === null ? [] : [{ schema: table.schema, table: table.table, action: value }];
      }),
    };
  }

  #join(join: { readonly from: readonly string[]; readonly to: readonly string[] }, path: Path): readonly MapJoin[] {
    const from = join.from.map((name) => this.#column(name, [...path, 'from']));
    const to = join.to.map((name) => this.#column(name, [...path, 'to']));
    const start = sameTable(from);
    const end = sameTable(to);
    if (from.includes(null) || to.includes(null)) return [];
    if (start === null || end === null || start.columns.length !== end.columns.length) {
      this.#tell([...path, 'from'], {
        fr: 'une jointure relie autant de colonnes d’une table à autant d’une autre',
        en: 'a join links columns of one table to as many columns of another',
      });
      return [];
    }
    return [{ from: start, to: end }];
  }

  #column(path: string, at: Path): ColumnName | null {
    const dot = path.lastIndexOf('.');
    if (dot <= 0) {
      this.#tell(at, { fr: `${path} : écrivez table.colonne`, en: `${path}: write table.column` });
      return null;
    }
    const table = tryTable(this.#catalogue, path.slice(0, dot));
    if (table === undefined) return this.#unknown(path, at, nearestColumns(this.#catalogue, path));
    const column = tryColumn(table, path.slice(dot + 1));
    if (column === undefined) return this.#unknown(path, at, nearestColumns(this.#catalogue, path));
    return { schema: table.schema, table: table.table, column: column.name };
  }

  #table(name: string, at: Path): Table | null {
    return tryTable(this.#catalogue, name) ?? this.#unknown(name, at, nearestTables(this.#catalogue, name));
  }

  #unknown(name: string, at: Path, near: readonly string[]): null {
    const list = near.join(', ');
    this.#tell(at, {
      fr: `${name} n’existe pas dans la base${list === '' ? '' : ` ; les plus proches : ${list}`}`,
      en: `${name} doesn’t exist in the database${list === '' ? '' : `; the nearest are ${list}`}`,
    });
    return null;
  }

  #tellIssue(issue: z.core.$ZodIssue): void {
    const path = issue.path.filter((part): part is string | number => typeof part !== 'symbol');
    const unknown = issue.code === 'unrecognized_keys' ? issue.keys.join(', ') : '';
    if (unknown !== '') {
      this.#tell([...path, ...(issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [])], {
        fr: `mot inconnu : ${unknown} ; le fichier connaît joins, identities, fields et tables`,
        en: `unknown word: ${unknown}; the file knows joins, identities, fields and tables`,
      });
      return;
    }
    this.#tell(path, expected(path));
  }

  #tell(path: Path, text: Text): void {
    this.#tellAt(this.#lineOf(path), path, text);
  }

  #tellAt(line: number, path: Path, text: Text): void {
    this.#problems.push({
      pointer: `/${path.map((part) => String(part).replaceAll('~', '~0').replaceAll('/', '~1')).join('/')}`,
      code: 'sql.map_invalid',
      text: { fr: `${this.#fileName}, ligne ${line} : ${text.fr}`, en: `${this.#fileName}, line ${line}: ${text.en}` },
    });
  }

  /** The line of the deepest part of the path that is in the file. */
  #lineOf(path: Path): number {
    for (let length = path.length; length > 0; length -= 1) {
      const offset = this.#offsetOf(path.slice(0, length));
      if (offset !== null) return this.#lines.linePos(offset).line;
    }
    return 1;
  }

  #offsetOf(path: Path): number | null {
    const parent = path.length === 1 ? this.#document.contents : this.#document.getIn(path.slice(0, -1), true);
    const last = path.at(-1);
    if (isMap(parent)) {
      const pair = parent.items.find((item) => isScalar(item.key) && item.key.value === last);
      if (pair !== undefined && isScalar(pair.key)) return pair.key.range?.[0] ?? null;
    }
    const node = this.#document.getIn([...path], true) as Node | undefined;
    return node?.range?.[0] ?? null;
  }

  #stopOnProblems(): void {
    if (this.#problems.length === 0) return;
    const joined = (language: 'fr' | 'en'): string =>
      this.#problems.map((problem) => problem.text[language]).join('\n');
    throw new Refusal(
      'sql.map_invalid',
      422,
      { fr: `Fichier --map refusé.\n${joined('fr')}`, en: `The --map file is refused.\n${joined('en')}` },
      this.#problems,
    );
  }
}

function sameTable(
  columns: readonly (ColumnName | null)[],
): (TableName & { readonly columns: readonly string[] }) | null {
  const [first] = columns;
  if (first === undefined || first === null) return null;
  const isSame = columns.every((each) => each?.schema === first.schema && each.table === first.table);
  return isSame
    ? {
        schema: first.schema,
        table: first.table,
        columns: columns.flatMap((each) => (each === null ? [] : [each.column])),
      }
    : null;
}

function readAction(value: z.infer<typeof action>): Pick<MapField, 'category' | 'action'> {
  if (value === 'blank' || value === 'delete_row') return { category: null, action: { kind: value } };
  const category = value.category ?? null;
  if ('keep' in value) return { category, action: { kind: 'keep', reason: value.keep } };
  if ('value' in value) return { category, action: { kind: 'value', value: String(value.value) } };
  if ('blank' in value) return { category, action: { kind: 'blank' } };
  if ('delete_row' in value) return { category, action: { kind: 'delete_row' } };
  return { category, action: null };
}

function expected(path: Path): Text {
  switch (path[0]) {
    case 'joins':
      return {
        fr: 'une jointure s’écrit { from: table.colonne, to: table.colonne }',
        en: 'a join is written { from: table.column, to: table.column }',
      };
    case 'identities':
      return {
        fr: 'une identité s’écrit kind: table.colonne, ou une liste de colonnes',
        en: 'an identity is written kind: table.column, or a list of columns',
      };
    case 'fields':
      return {
        fr: 'un champ s’écrit table.colonne: blank, delete_row, { keep: motif }, { value: … } ou { category: … }',
        en: 'a field is written table.column: blank, delete_row, { keep: reason }, { value: … } or { category: … }',
      };
    case 'tables':
      return { fr: 'une table s’écrit table: ignore ou delete', en: 'a table is written table: ignore or delete' };
    default:
      return {
        fr: 'le fichier est un objet YAML avec joins, identities, fields et tables',
        en: 'the file is a YAML object with joins, identities, fields and tables',
      };
  }
}
