import { z } from 'zod';

/** How an application receives its orders, as the connection keeps it. */
export const channels = ['sql', 'webhook', 'pull', 'file', 'email'] as const;
export type Channel = (typeof channels)[number];

/** `--identity KIND=table.column` or `KIND=schema.table.column`. */
export interface IdentityDeclaration {
  readonly kind: string;
  readonly column: string;
}

export interface ConnectionInput {
  readonly channel: Channel;
  /** Needed by the SQL channel: `postgres://` or `mysql://account:password@host/database`. A secret. */
  readonly url: string | null;
  readonly identities: readonly IdentityDeclaration[];
  /** The text of the `--map` file (YAML); null for none. */
  readonly map: string | null;
  /** Whether harvests may also check a sample of values, in the application's own database. */
  readonly mayBeSampled?: boolean;
  /** The name of that file, for messages. */
  readonly mapName?: string;
}

export const identityDeclaration = z.object({
  kind: z
    .string()
    .trim()
    .regex(/^[a-z][a-z0-9_]{0,39}$/),
  column: z
    .string()
    .trim()
    .regex(/^[^.\s]+(\.[^.\s]+){1,2}$/),
});

const declarationText = /^\s*([a-z][a-z0-9_]{0,39})\s*=\s*([^\s=]+)\s*$/;

/** Reads `email=customer.email`; null when it isn't one. */
export function readDeclaration(text: string): IdentityDeclaration | null {
  const match = declarationText.exec(text);
  const parsed = identityDeclaration.safeParse({ kind: match?.[1], column: match?.[2] });
  return parsed.success ? parsed.data : null;
}
