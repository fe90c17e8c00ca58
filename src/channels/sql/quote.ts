import type { TableName } from './catalogue.ts';

/** `"Nom"`: an identifier, whatever is in it. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** `"schema"."table"`. */
export function quotedTable(name: TableName): string {
  return `${quoted(name.schema)}.${quoted(name.table)}`;
}

/** `'text'`: a constant of a plan (never a person's value, which travels as a parameter). */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
