import { isSeq, type Node, parseDocument } from 'yaml';
import type { Text } from '../../kernel/index.ts';
import type { Sighting } from './outcome.ts';

/** What somebody says of a schema, in one act. Columns and tables are paths: `table.column`, `schema.table.column`. */
export type Declaration =
  | { readonly what: 'join'; readonly from: readonly string[]; readonly to: readonly string[] }
  | { readonly what: 'identity'; readonly kind: string; readonly column: string }
  | { readonly what: 'ignore'; readonly table: string };

/** What could be declared of what was seen where nothing links: the most telling first. */
export function declarationsFor({ where, by, about }: Sighting): readonly Declaration[] {
  if (by === 'row') return [];
  const columns = about?.columns ?? [];
  const isColumn = by !== 'name' && columns.length > 0;
  const table = isColumn ? where.split('.').slice(0, -1).join('.') : where;
  const joins = (about?.joins ?? []).map(
    ({ from, to }): Declaration => ({ what: 'join', from: from.map(short), to: to.map(short) }),
  );
  const identity: readonly Declaration[] =
    by === 'alone' && about?.kind !== undefined ? [{ what: 'identity', kind: about.kind, column: short(where) }] : [];
  return [...joins, ...identity, { what: 'ignore', table: short(table) }];
}

/** Schemas that go without saying. */
function short(path: string): string {
  return path.replace(/^(public|main)\./, '');
}

/** The lines of the `--map` file that say it. */
export function declarationLines(declaration: Declaration): string {
  return withDeclaration('', declaration);
}

/** The text of a `--map` file with one declaration more: what it says already, and its comments, stay. */
export function withDeclaration(map: string, declaration: Declaration): string {
  const document = parseDocument(map);
  const flow = (value: object): Node => document.createNode(value, { flow: true });
  const known: unknown = document.toJS();
  if (!says(known, declaration)) {
    if (declaration.what === 'ignore') document.setIn(['tables', declaration.table], 'ignore');
    if (declaration.what === 'join') {
      const join = flow({ from: oneOrMore(declaration.from), to: oneOrMore(declaration.to) });
      if (isSeq(document.get('joins'))) document.addIn(['joins'], join);
      else document.setIn(['joins'], document.createNode([join]));
    }
    if (declaration.what === 'identity') {
      const { kind, column } = declaration;
      const columns = columnsOf(known, kind);
      document.setIn(['identities', kind], flow([...columns, column]));
    }
  }
  return document.toString({ lineWidth: 0 });
}

function oneOrMore(columns: readonly string[]): string | readonly string[] {
  return columns.length === 1 ? (columns[0] ?? '') : columns;
}

function columnsOf(known: unknown, kind: string): readonly string[] {
  const { identities } = asMap(known);
  const columns = asMap(identities)[kind];
  return typeof columns === 'string' ? [columns] : Array.isArray(columns) ? columns.map(String) : [];
}

function says(known: unknown, declaration: Declaration): boolean {
  const { joins, tables } = asMap(known);
  switch (declaration.what) {
    case 'ignore':
      return asMap(tables)[declaration.table] === 'ignore';
    case 'identity':
      return columnsOf(known, declaration.kind).includes(declaration.column);
    case 'join': {
      const same = JSON.stringify({ from: oneOrMore(declaration.from), to: oneOrMore(declaration.to) });
      return Array.isArray(joins) && joins.some((join) => JSON.stringify(join) === same);
    }
  }
}

function asMap(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}

/** What declaring it means, for whoever decides. */
export function declarationText(declaration: Declaration): Text {
  switch (declaration.what) {
    case 'join': {
      const [from, to] = [declaration.from.join(', '), declaration.to.join(', ')];
      return {
        fr: `Une ligne est celle de la personne dont la ligne porte la même valeur (${from} désigne ${to}). Une ligne qui conviendrait aussi à quelqu’un d’autre n’est pas touchée, et elle est signalée.`,
        en: `A row is the person’s whose row holds the same value (${from} refers to ${to}). A row that would fit somebody else too is left alone, and told.`,
      };
    }
    case 'identity':
      return {
        fr: `La colonne ${declaration.column} dit de qui est la ligne : ses lignes sont effacées avec la personne.`,
        en: `The column ${declaration.column} says whose the row is: its rows are erased with the person.`,
      };
    case 'ignore':
      return {
        fr: `La table ${declaration.table} ne concerne pas les personnes : plus rien n’y est cherché ni effacé, pour personne.`,
        en: `The table ${declaration.table} does not concern persons: nothing is looked for or erased there any more, for anybody.`,
      };
  }
}

/** Why a place counts: what was seen there, without a value. */
export function sightingText({ where, by, rows, about }: Sighting): Text {
  const columns = (about?.columns ?? []).join(', ');
  const counted = {
    fr: rows === 1 ? 'une ligne' : `${rows} lignes`,
    en: rows === 1 ? 'one row' : `${rows} rows`,
  };
  switch (by) {
    case 'name':
      return {
        fr: `${counted.fr} de ${where} ${rows === 1 ? 'porte' : 'portent'} le nom de la personne${columns === '' ? '' : ` (${columns})`}, et rien ne dit de qui ${rows === 1 ? 'elle est' : 'elles sont'}.`,
        en: `${counted.en} of ${where} ${rows === 1 ? 'bears' : 'bear'} the person’s name${columns === '' ? '' : ` (${columns})`}, and nothing says whose ${rows === 1 ? 'it is' : 'they are'}.`,
      };
    case 'key':
      return {
        fr: `${where} semble désigner la personne (${counted.fr}), sans que rien le déclare ou le tranche.`,
        en: `${where} seems to refer to the person (${counted.en}), and nothing declares or settles it.`,
      };
    case 'alone':
      return {
        fr: `L’identifiant figure seul dans ${where} (${counted.fr}), et rien ne dit de qui est la ligne. Un ordre n’y changerait rien.`,
        en: `The identifier stands alone in ${where} (${counted.en}), and nothing says whose row it is. An order would change nothing there.`,
      };
    case 'identity':
    case 'sweep':
      return {
        fr: `${where} porte un identifiant de la personne (${counted.fr}), et rien ne dit que la ligne est la sienne.`,
        en: `${where} holds an identifier of the person (${counted.en}), and nothing says that the row is theirs.`,
      };
    case 'row':
      return {
        fr: `${where} tient encore quelque chose dans ${counted.fr} de la personne, après l’effacement.`,
        en: `${where} still holds something in ${counted.en} of the person’s, after the erasure.`,
      };
  }
}

/** For programs: where something was seen, why it counts, and the lines of the map that would settle it. */
export function sightingView(sighting: Sighting) {
  return {
    ...sighting,
    words: sightingText(sighting),
    declarations: declarationsFor(sighting).map((declaration) => ({
      declaration,
      words: declarationText(declaration),
      map: declarationLines(declaration),
    })),
  };
}
