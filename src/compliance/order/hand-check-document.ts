import { z } from 'zod';
import type { Sighting } from '../../channels/index.ts';
import { type Basis, bases, type Finding, findings } from './hand-check-words.ts';

/** What somebody says of one table of one order, having looked at its rows. */
export interface HandCheck {
  /** `schema.table`, or the column that looks like a key, as the proof names it. */
  readonly where: string;
  readonly by: Sighting['by'];
  /** As many as were seen: more of them, later, were not looked at. */
  readonly rows: number;
  readonly finding: Finding;
  readonly basis: Basis;
  /** As what they said it; never who. */
  readonly role: string;
  readonly at: Date;
}

const documentSchema = z.object({
  at: z.iso.datetime().transform((text) => new Date(text)),
  where: z.string(),
  by: z.enum(['name', 'key']),
  rows: z.number(),
  finding: z.enum(findings),
  basis: z.enum(bases),
  role: z.string(),
});

export function handCheckOf(body: unknown): HandCheck | null {
  return documentSchema.safeParse(body).data ?? null;
}

/** Only a name, or a number that looks like theirs: an identifier of the person is theirs, whoever looks at it. */
export function mayBeChecked({ by, mayStay }: Pick<Sighting, 'by' | 'mayStay'>): boolean {
  return !mayStay && (by === 'name' || by === 'key');
}

/** Whether what was seen is what somebody looked at. */
export function isChecked(checks: readonly HandCheck[], { where, by, rows }: Sighting): boolean {
  return checks.some((check) => check.where === where && check.by === by && rows <= check.rows);
}
