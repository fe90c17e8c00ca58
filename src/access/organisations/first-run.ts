import { sql } from 'kysely';
import { randomSecret, sameBytes, sha256 } from '../../kernel/index.ts';
import type { AccessOptions } from '../context.ts';
import type { ExampleOffer } from './example.ts';

/**
 * The first run: an installation without a user shows its welcome page, to whoever holds the token that this start
 * printed. The token lives in memory, and is worth nothing once there is a user.
 */
export class FirstRun {
  /** Printed once, in the address of the welcome page. */
  readonly token = randomSecret().toString('base64url');
  /** What it may start with instead of nothing. */
  readonly example: ExampleOffer | null;
  readonly #options: AccessOptions;

  constructor(options: AccessOptions, example: ExampleOffer | null = null) {
    this.#options = options;
    this.example = example;
  }

  async isOpen(): Promise<boolean> {
    const { rows } = await sql<{ has_users: boolean }>`select access.has_users() as has_users`.execute(
      this.#options.store.unbound,
    );
    return rows[0]?.has_users === false;
  }

  matches(token: string): boolean {
    return sameBytes(sha256(token), sha256(this.token));
  }
}
