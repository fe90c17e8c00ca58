import type { Trouble } from '../trouble.ts';

const busy = new Set(['40001', '40P01', '55P03', '57014', '55006']);
const gone = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
  '53300',
  '57P01',
  '57P02',
  '57P03',
  '58000',
]);
const constraints = new Set(['23502', '23503', '23505', '23514', '23P01', '23001']);

export function troubleOf(error: unknown): Trouble | null {
  if (!(error instanceof Error)) return null;
  const read = (name: string): string | null => {
    const value: unknown = Reflect.get(error, name);
    return typeof value === 'string' && value !== '' ? value : null;
  };
  const code = read('code') ?? (isLostConnection(error) ? 'ECONNRESET' : null);
  if (code === null) return null;
  const table = read('table');
  return {
    kind: kindOf(code),
    code,
    table: table === null ? null : `${read('schema') ?? 'public'}.${table}`,
    about: [read('column'), read('constraint')].filter((name) => name !== null),
  };
}

/** PostgreSQL documentation, appendix A. */
function kindOf(code: string): Trouble['kind'] {
  if (gone.has(code) || code.startsWith('08')) return 'gone';
  if (busy.has(code)) return 'busy';
  if (code === '42501') return 'not_allowed';
  if (code === '42P01' || code === '42703') return 'schema_changed';
  if (constraints.has(code)) return 'constraint';
  return code.startsWith('42') ? 'statement' : 'other';
}

/** The driver gives no code when the server goes away in the middle. */
function isLostConnection(error: Error): boolean {
  return /connection (terminated|ended|error|timeout)|timeout expired|not queryable|socket/i.test(error.message);
}
