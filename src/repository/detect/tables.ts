import { kindOf, type TableShape } from './shape.ts';
import { judgeTable } from './table-judgement.ts';
import { withReferences } from './table-links.ts';
import { personNouns } from './table-nouns.ts';
import { fieldWords, type TableReading } from './table-reading.ts';
import { conceptsOf, tableNoise, wordsOf } from './tokens.ts';
import type { Concept } from './vocabulary.ts';

const referencePrefixes: ReadonlySet<string> = new Set([
  'ref',
  'tr',
  'lkp',
  'lookup',
  'param',
  'r',
  'cfg',
  'conf',
  'config',
  'sys',
]);

/** Reads every table of a schema; prefixes shared by the tables (`wp_`, `ps_`, `T_`) say nothing and are dropped. */
export function readTables(tables: readonly TableShape[]): ReadonlyMap<TableShape, TableReading> {
  const shared = sharedPrefixes(tables);
  const hints = [...new Set(tables.flatMap((table) => wordsOf(table.name)))].filter((word) => word.length > 3);
  const readings = new Map(tables.map((table) => [table, readTable(table, shared, hints)]));
  return withReferences(tables, readings);
}

function readTable(table: TableShape, shared: ReadonlySet<string>, hints: readonly string[]): TableReading {
  const all = wordsOf(table.name);
  const words = all.filter(
    (word, index) => !(tableNoise.has(word) || (index === 0 && all.length > 1 && shared.has(word))),
  );
  const isReference = words.length > 1 && referencePrefixes.has(words[0] ?? '');
  const concepts = conceptsOf(words);
  const prefix = columnPrefix(table);
  const columns = columnConcepts(table, prefix, words, hints);
  const person = personNouns.find((noun) => concepts.has(noun)) ?? null;
  const reading = judgeTable({ table, words, columns, isReference });
  return { ...reading, person: person ?? reading.person, words, prefix, hints };
}

function sharedPrefixes(tables: readonly TableShape[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const table of tables) {
    const first = wordsOf(table.name)[0];
    if (first !== undefined) counts.set(first, (counts.get(first) ?? 0) + 1);
  }
  return new Set(
    [...counts].filter(([, count]) => tables.length >= 4 && count >= tables.length * 0.6).map(([word]) => word),
  );
}

/** `cli` when nearly all the columns are `CLI_…`. */
function columnPrefix(table: TableShape): string | null {
  const firsts = table.fields
    .map((field) => wordsOf(field.name))
    .filter((words) => words.length > 1)
    .map((words) => words[0]);
  const first = firsts[0];
  if (first === undefined || table.fields.length < 3) return null;
  const share = firsts.filter((word) => word === first).length / table.fields.length;
  return share >= 0.6 ? first : null;
}

function columnConcepts(
  table: TableShape,
  prefix: string | null,
  own: readonly string[],
  hints: readonly string[],
): readonly ReadonlySet<Concept>[] {
  return table.fields
    .filter((field) => !['boolean', 'time'].includes(kindOf(field.type)))
    .map((field) => conceptsOf(fieldWords(field.name, { prefix, words: own, hints })));
}
