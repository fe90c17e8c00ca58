import type { Trouble } from '../trouble.ts';

const gone = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'ENOENT',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
  'PROTOCOL_CONNECTION_LOST',
]);
/** Too many connections, shutting down, connection killed, gone away, lost. */
const goneNumbers = new Set([1040, 1053, 1152, 1158, 1159, 1160, 1161, 1203, 1927, 2006, 2013, 4031]);
/** Changed since read, lock wait, table locked, query interrupted, deadlock, statement too long (MariaDB, MySQL). */
const busyNumbers = new Set([1020, 1099, 1205, 1213, 1317, 1969, 3024, 3572]);
const notAllowed = new Set([1036, 1044, 1142, 1143, 1227, 1290, 1370, 1792, 1836]);
const schemaChanged = new Set([1051, 1054, 1146, 1412]);
const constraints = new Set([
  1048, 1062, 1169, 1216, 1217, 1264, 1265, 1292, 1364, 1366, 1406, 1451, 1452, 1557, 3819, 4025,
]);
const statements = new Set([1064, 1093, 1137, 1221, 1267, 1305, 1582, 1690, 1139]);

/** Settings of the server that forbid what another server does. */
const settings: Readonly<Record<number, string>> = {
  1197: 'max_binlog_cache_size',
  1785: 'enforce_gtid_consistency',
  3698: 'regexp_stack_limit',
  3699: 'regexp_time_limit',
};

/** Server errors keep their number as code: MariaDB and MySQL give some of them different names. */
export function troubleOf(error: unknown): Trouble | null {
  if (!(error instanceof Error)) return null;
  const errno: unknown = Reflect.get(error, 'errno');
  const name: unknown = Reflect.get(error, 'code');
  const isServers = typeof errno === 'number' && errno > 0;
  const code = isServers ? String(errno) : typeof name === 'string' ? name : isLost(error) ? 'ECONNRESET' : null;
  if (code === null) return null;
  const setting = isServers ? settings[errno] : undefined;
  if (setting !== undefined) return { kind: 'setting', code, table: null, about: [setting] };
  return { kind: isServers ? kindOf(errno) : gone.has(code) ? 'gone' : 'other', code, ...namedIn(error.message) };
}

function kindOf(errno: number): Trouble['kind'] {
  if (goneNumbers.has(errno)) return 'gone';
  if (busyNumbers.has(errno)) return 'busy';
  if (notAllowed.has(errno)) return 'not_allowed';
  if (schemaChanged.has(errno)) return 'schema_changed';
  if (constraints.has(errno)) return 'constraint';
  return statements.has(errno) ? 'statement' : 'other';
}

function isLost(error: Error): boolean {
  return /closed state|connection (is|was) (closed|lost)|socket/i.test(error.message);
}

/** Names of tables, columns and constraints; the values that messages quote are left out. */
function namedIn(message: string): Pick<Trouble, 'table' | 'about'> {
  const table =
    /[`"]([^`"]+)[`"]\.[`"]([^`"]+)[`"]/.exec(message) ?? /table '([^'.]+)\.([^'.]+)' doesn't exist/i.exec(message);
  const constraint =
    /CONSTRAINT [`"]([^`"]+)[`"]/.exec(message)?.[1] ?? /check constraint '([^']+)'/i.exec(message)?.[1];
  const key = /' for key '([^']+)'$/.exec(message)?.[1];
  const column =
    /^(?:Column|Field) '([^']+)'/.exec(message)?.[1] ??
    /for column [`'"]?(?:[^`'"]*[`'"]\.[`'"])*([^`'". ]+)[`'"]? at row/.exec(message)?.[1];
  return {
    table: table === null ? null : `${table[1]}.${table[2]}`,
    about: [column, constraint, key].filter((name) => name !== undefined),
  };
}
