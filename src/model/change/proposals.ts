import type pg from 'pg';
import { actorText, type Cause, newId, Refusal, type Uuid } from '../../kernel/index.ts';

/** Packs as files say them. */
export interface PackFile {
  readonly file: string;
  readonly text: string;
}

/** What somebody asks to change: packs given, packs taken away, or all as a former version had them. */
export interface ChangeAsked {
  readonly files: readonly PackFile[];
  /** Names of packs to take away. */
  readonly without: readonly string[];
  /** Number of the version to go back to; null: none, the packs given say all. */
  readonly version: number | null;
}

/** A change that was shown, as it waits to be applied. */
export interface KeptProposal extends ChangeAsked {
  readonly id: Uuid;
  /** The version of the model it was shown against. */
  readonly base: number;
  readonly isApplied: boolean;
}

/** Keeps what was asked against a version of the model, for whoever applies it. */
export async function keepProposal(
  client: pg.Client,
  asked: ChangeAsked,
  base: number,
  facts: { readonly cause: Cause; readonly org: Uuid; readonly now: Date },
): Promise<Uuid> {
  const id = newId();
  await client.query(
    `insert into public.socle_model_proposal (id, files, without, version, base, proposed_at, proposed_by, org)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      id,
      JSON.stringify(asked.files),
      asked.without,
      asked.version,
      base,
      facts.now,
      actorText(facts.cause.actor),
      facts.org,
    ],
  );
  return id;
}

/** Refuses (404) an id that no proposal has. */
export async function readProposal(client: pg.Client, id: Uuid): Promise<KeptProposal> {
  const { rows } = await client.query<KeptProposal>(
    `select id, files, without, version, base, applied_at is not null as "isApplied"
       from public.socle_model_proposal where id = $1`,
    [id],
  );
  if (rows[0] !== undefined) return rows[0];
  throw new Refusal('model.no_proposal', 404, {
    fr: 'Cette proposition n’existe pas : refaites-la.',
    en: 'There is no such proposal: make it again.',
  });
}
