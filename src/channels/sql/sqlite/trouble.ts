import type { Trouble } from '../trouble.ts';
import { SqliteError } from './thread.ts';

/** Primary codes (sqlite3.h). */
const [busy, locked, readonly, interrupted, inputOutput, cantOpen, schema] = [5, 6, 8, 9, 10, 14, 17];
/** SQLITE_CONSTRAINT, and that of a trigger's RAISE. */
const [constraint, raised] = [19, 1811];

export function troubleOf(error: unknown): Trouble | null {
  if (!(error instanceof SqliteError) || error.number === null) return null;
  const { message, number } = error;
  return { kind: kindOf(number, message), code: String(number), ...namedIn(number, message) };
}

function kindOf(number: number, message: string): Trouble['kind'] {
  if (number === raised) return 'other';
  switch (number & 0xff) {
    case busy:
    case locked:
    case interrupted:
      return 'busy';
    case readonly:
    case 3:
    case 23:
      return 'not_allowed';
    case cantOpen:
    case inputOutput:
      return 'gone';
    case schema:
      return 'schema_changed';
    case constraint:
      return 'constraint';
    case 1:
      return /^no such (table|column)/i.test(message) ? 'schema_changed' : 'statement';
    default:
      return 'other';
  }
}

/** `UNIQUE constraint failed: customer.email` names columns, never values. A trigger's own words may. */
function namedIn(number: number, message: string): Pick<Trouble, 'table' | 'about'> {
  if (number === raised || (number & 0xff) !== constraint) return { table: null, about: [] };
  const about = /constraint failed: (.+)$/.exec(message)?.[1]?.split(', ') ?? [message.replace(/ failed$/, '')];
  const table = /^([^.\s]+)\.[^.\s]+$/.exec(about[0] ?? '')?.[1];
  return { table: table === undefined ? null : `main.${table}`, about };
}
