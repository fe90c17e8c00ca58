import { sha256 } from '../kernel/index.ts';

/**
 * Physical names of tables (schema `model`) and columns. They are given once and never reused: a rename only changes
 * what the model calls them, and a name that comes back after a removal gets a new physical name.
 */
export interface PhysicalNames {
  table(type: string): string;
  column(type: string, attribute: string): string;
}

/** Before any database is asked: the names themselves. */
export const plainNames: PhysicalNames = { table: (type) => type, column: (_type, attribute) => attribute };

/** PostgreSQL cuts names at 63 bytes, silently; ours stay distinct. */
export function shortName(name: string): string {
  return name.length <= 63 ? name : `${name.slice(0, 54)}_${sha256(name).toString('hex').slice(0, 8)}`;
}
