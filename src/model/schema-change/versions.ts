import type pg from 'pg';
import { stringify } from 'yaml';
import { Refusal } from '../../kernel/index.ts';
import { compileModel } from '../compile.ts';
import type { Model } from '../model.ts';
import type { PackSource } from '../pack/pack-schema.ts';
import { assignNames, type NamesKept, namesOf, readNames } from './name-registry.ts';

/** A version of the model whose tables were all made. Each is kept. */
export interface Version {
  readonly number: number;
  readonly packs: readonly PackSource[];
  /** What the files of its packs say, by pack; those that come with the product have none. */
  readonly texts: Readonly<Record<string, string>>;
  /** The proposal it came from; null for what the product itself brought. */
  readonly proposal: string | null;
  /** Null for a version that an older product applied. */
  readonly names: NamesKept | null;
}

export interface CompiledVersion extends Version {
  readonly model: Model;
}

const columns = `number, packs, coalesce(texts, '{}'::json) as texts, names, proposal`;

export async function versionInForce(client: pg.Client): Promise<Version | null> {
  const { rows } = await client.query<Version>(
    `select ${columns} from public.socle_model_version where finished_at is not null order by number desc limit 1`,
  );
  return rows[0] ?? null;
}

/** Refuses (404) a number that no version has. */
export async function readVersion(client: pg.Client, number: number): Promise<Version> {
  const { rows } = await client.query<Version>(
    `select ${columns} from public.socle_model_version where finished_at is not null and number = $1`,
    [number],
  );
  if (rows[0] !== undefined) return rows[0];
  throw new Refusal('model.no_version', 404, {
    fr: `Le modèle n’a pas de version ${number}.`,
    en: `The model has no version ${number}.`,
  });
}

/**
 * Read only, by the names it keeps: another process may well be on its way to the next version, whose names are not these.
 */
export async function compiled(client: pg.Client, version: Version): Promise<CompiledVersion> {
  const { packs } = version;
  const names = version.names ?? assignNames(compileModel(packs), await readNames(client)).names;
  return { ...version, names, model: compileModel(packs, namesOf(names)) };
}

export interface VersionFacts {
  readonly number: number;
  readonly finishedAt: Date;
  /** Name and version of each pack. */
  readonly packs: readonly { readonly name: string; readonly version: string }[];
  readonly proposal: string | null;
  /** Who asked for it, as `user:…`; null for what the product itself brought. */
  readonly proposedBy: string | null;
}

/** The last first. */
export async function listVersions(client: pg.Client): Promise<readonly VersionFacts[]> {
  const { rows } = await client.query<VersionFacts>(
    `select v.number, v.finished_at as "finishedAt", v.proposal, p.proposed_by as "proposedBy",
            (select json_agg(json_build_object('name', one->'pack', 'version', one->'version'))
               from json_array_elements(v.packs) as one) as packs
       from public.socle_model_version v left join public.socle_model_proposal p on p.id = v.proposal
      where v.finished_at is not null order by v.number desc limit 200`,
  );
  return rows;
}

/** What the file of a pack says: as it was given, or made from what is kept of it. */
export function textOf({ packs, texts }: Pick<Version, 'packs' | 'texts'>, name: string): string | null {
  const source = packs.find((pack) => pack.pack === name);
  if (source === undefined) return null;
  return texts[name] ?? stringify(source, { lineWidth: 140 });
}
