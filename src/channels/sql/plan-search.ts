import { type Column, columnKey, findColumn, type Table, tableKey } from './catalogue.ts';
import type { Category } from './category.ts';
import { wordsOf } from './names.ts';
import type { IdentityColumn } from './plan.ts';
import type { ReferenceGraph } from './references.ts';

export interface SearchQuestion {
  readonly categories: ReadonlyMap<string, Category>;
  readonly graph: ReferenceGraph;
  readonly identities: readonly IdentityColumn[];
}

/** A document, or a text that people write freely. */
export function isSearchedDocument(question: SearchQuestion, table: Table, name: string): boolean {
  const family = findColumn(table, name)?.family;
  return family === 'json' || family === 'xml' || question.categories.get(columnKey(table, name)) === 'free_text';
}

/** Texts long enough for an identifier, that aren't keys, identifiers themselves, or held to a form. */
export function searchedColumns(question: SearchQuestion, table: Table, isReached: boolean): readonly string[] {
  const { graph, identities } = question;
  if (isKeyValue(table) && !isReached) return [];
  const key = tableKey(table);
  const bound = new Set([
    ...table.primaryKey,
    ...table.partitionKey,
    ...table.uniques.filter((unique) => unique.columns.length === 1).flatMap((unique) => unique.columns),
    ...table.checks.filter((check) => !/json_valid|is json/i.test(check.expression)).flatMap((check) => check.columns),
    ...graph.from(table).flatMap((reference) => reference.from.columns),
    ...graph.to(table).flatMap((reference) => reference.to.columns),
    ...identities.filter((identity) => tableKey(identity) === key).map((identity) => identity.column),
  ]);
  return table.columns
    .filter((column) => column.generated === null && column.domain === null && column.canUpdate)
    .filter((column) => mayHoldIdentifier(column) && !bound.has(column.name))
    .map((column) => column.name);
}

const mostOfKeyValue = 6;

/**
 * Rows of keys and values, each of which is a field of something else: an e-mail taken out of one of them would leave
 * the name and the address in the others, and nothing would tell any more.
 */
function isKeyValue(table: Table): boolean {
  const has = (...names: readonly string[]): boolean =>
    table.columns.some(
      ({ name }) => wordsOf(name).some((word) => names.includes(word)) && !table.primaryKey.includes(name),
    );
  return table.columns.length <= mostOfKeyValue && has('value', 'valeur') && has('key', 'attribute', 'attribut', 'cle');
}

const shortestIdentifier = 20;

function mayHoldIdentifier({ family, elementFamily, length }: Column): boolean {
  if (family === 'array') return elementFamily === 'text' || elementFamily === 'json';
  if (family === 'text') return length === null || length >= shortestIdentifier;
  return family === 'json' || family === 'xml';
}
