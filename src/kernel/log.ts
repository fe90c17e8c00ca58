import { type DestinationStream, type Logger, pino } from 'pino';

export type Log = Logger;
export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/**
 * Structured logs, one JSON line an event. Callers pass ids, counts and codes, never personal values: no request
 * body, no identifier, no SQL parameter. An error is logged by its name, code and stack frames; its message only
 * when we wrote it, because drivers quote the offending values in theirs (PostgreSQL's `detail` does).
 */
export function createLog(level: LogLevel, destination?: DestinationStream): Log {
  const options = {
    level,
    base: null,
    timestamp: () => `,"at":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { error: describeError },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

export interface DescribedError {
  readonly name: string;
  readonly code?: string;
  readonly where?: string;
}

/** What may be said of an error without repeating the values that caused it. */
export function describeError(error: unknown): DescribedError {
  if (!(error instanceof Error)) return { name: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const frames = (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
    .map((line) => line.trim())
    .join(' | ');
  return { name: error.name, ...(code === undefined ? {} : { code }), ...(frames === '' ? {} : { where: frames }) };
}
