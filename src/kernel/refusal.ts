import type { Text } from './text.ts';

/** What is wrong with one field of an input. `pointer` is a JSON pointer (RFC 6901): `/identities/0/value`. */
export interface Problem {
  readonly pointer: string;
  readonly code: string;
  readonly text: Text;
}

export type RefusalStatus = 400 | 401 | 403 | 404 | 409 | 412 | 413 | 415 | 422 | 429 | 502 | 503;

/**
 * An expected refusal: something a caller did or met that the product foresaw.
 * Bugs throw other errors and become a 500. `code` is stable and public (`request.not_found`);
 * `text` says what happened and what to do. It never holds a personal value.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly code: string,
    readonly status: RefusalStatus,
    readonly text: Text,
    readonly problems: readonly Problem[] = [],
  ) {
    super(`${code}: ${text.en}`);
  }
}

/** For branches that the types say can't be reached. */
export function unreachable(value: never): never {
  throw new Error(`unreachable value: ${JSON.stringify(value)}`);
}
