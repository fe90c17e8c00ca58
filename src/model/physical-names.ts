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
