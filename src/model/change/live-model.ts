import { sql } from 'kysely';
import { actorText, type Cause, newId, Refusal, type Uuid } from '../../kernel/index.ts';
import type { Beat, Store } from '../../store/index.ts';
import { checkRead, loadPacks, refusePacks } from '../compile.ts';
import type { Model } from '../model.ts';
import type { PackSource } from '../pack/pack-schema.ts';
import { parsePack, type ReadPack, readPack } from '../pack/read-pack.ts';
import { applyModel } from '../schema-change/apply.ts';
import { type Consequence, consequencesOf } from './consequences.ts';
import { differences } from './difference.ts';

/** Packs as files say them. */
export interface PackFile {
  readonly file: string;
  readonly text: string;
}

export interface ChangeAsked {
  readonly files: readonly PackFile[];
  /** Names of packs to take away. */
  readonly without: readonly string[];
}

export interface Proposal {
  readonly id: Uuid;
  readonly consequences: readonly Consequence[];
}

/**
 * The model in force, while it changes: system packs come with the product, the others were applied to this installation and are
 * remembered by it. A request asks `current()` once and goes by that snapshot to its end; another process's change is learnt by
 * notification, and by looking every second.
 */
export class LiveModel {
  #version = 0;

  private constructor(
    readonly store: Store,
    readonly system: readonly string[],
    private model: Model,
    private packs: readonly PackSource[],
  ) {}

  /** Applies the system packs of this version of the product, beside the packs that this installation has. */
  static async open(store: Store, system: readonly string[]): Promise<LiveModel> {
    const own = await loadPacks(system);
    const kept = await appliedPacks(store);
    const names = new Set(own.map((pack) => pack.pack));
    const packs = [...own, ...(kept?.packs ?? []).filter((pack) => !names.has(pack.pack))];
    const { sources, problems } = checkRead(packs.map(asRead));
    if (sources === null) throw refusePacks(problems);
    const live = new LiveModel(store, system, await applyModel(store, sources), sources);
    live.#version = (await appliedPacks(store))?.number ?? 0;
    return live;
  }

  current(): Model {
    return this.model;
  }

  /** Checks a change and says what it would do, without doing any of it. Refuses (422) with every problem of every file. */
  async propose(asked: ChangeAsked, cause: Cause): Promise<Proposal> {
    const sources = await this.#withChange(asked);
    const consequences = await consequencesOf(this.store, this.packs, sources, differences(this.packs, sources));
    const id = newId();
    await this.store.asOwner((client) =>
      client.query(
        `insert into public.socle_model_proposal (id, files, without, base, proposed_at, proposed_by)
         values ($1, $2, $3, $4, $5, $6)`,
        [id, JSON.stringify(asked.files), asked.without, this.#version, this.store.clock.now(), actorText(cause.actor)],
      ),
    );
    return { id, consequences };
  }

  /** Applies a proposal, once. Refuses (409) one that was shown against a model that has changed since. */
  async apply(id: Uuid, cause: Cause): Promise<Model> {
    await this.refresh();
    const proposal = await this.#proposal(id);
    if (proposal.isApplied) return this.model;
    if (proposal.base !== this.#version) throw refuseStale();
    const sources = await this.#withChange(proposal);
    const consequences = await consequencesOf(this.store, this.packs, sources, differences(this.packs, sources));
    const inTheWay = consequences.filter((one) => one.isInTheWay);
    if (inTheWay.length > 0) throw refuseInTheWay(inTheWay);
    await applyModel(this.store, sources);
    await this.store.asOwner(async (client) => {
      await client.query('update public.socle_model_proposal set applied_at = $2, applied_by = $3 where id = $1', [
        id,
        this.store.clock.now(),
        actorText(cause.actor),
      ]);
      await client.query("select pg_notify('socle_model', '')");
    });
    await this.refresh();
    return this.model;
  }

  /** Takes the model that another process applied; nothing when there is none. */
  async refresh(): Promise<void> {
    const { rows } = await sql<{ number: number | null }>`select store.model_version() as number`.execute(
      this.store.unbound,
    );
    if ((rows[0]?.number ?? 0) === this.#version) return;
    const applied = await appliedPacks(this.store);
    if (applied === null) return;
    // Its tables are there: this compiles, with the physical names.
    this.model = await applyModel(this.store, applied.packs);
    this.packs = applied.packs;
    this.#version = applied.number;
  }

  async #proposal(id: Uuid): Promise<ChangeAsked & { readonly base: number; readonly isApplied: boolean }> {
    const { rows } = await this.store.asOwner((client) =>
      client.query<ChangeAsked & { base: number; isApplied: boolean }>(
        'select files, without, base, applied_at is not null as "isApplied" from public.socle_model_proposal where id = $1',
        [id],
      ),
    );
    if (rows[0] !== undefined) return rows[0];
    throw new Refusal('model.no_proposal', 404, {
      fr: 'Cette proposition n’existe pas : refaites-la.',
      en: 'There is no such proposal: make it again.',
    });
  }

  /** All packs as they would be: a file replaces the pack of its name. */
  async #withChange({ files, without }: ChangeAsked): Promise<readonly PackSource[]> {
    const system = await Promise.all(this.system.map(readPack));
    const systemNames = new Set(system.flatMap(({ source }) => source?.pack ?? []));
    const given = files.map(({ file, text }) => parsePack(text, file));
    const replaced = new Set([...given.flatMap(({ source }) => source?.pack ?? []), ...without, ...systemNames]);
    const untouched = this.packs.filter((pack) => !replaced.has(pack.pack)).map(asRead);
    expectRemovable(without, this.packs, systemNames);
    const { sources, problems } = checkRead([...system, ...untouched, ...given]);
    if (sources === null) throw refusePacks(problems);
    return sources;
  }
}

/** How a process learns of a model that another one applied: at once by its notification, within a second without it. */
export function modelBeat(live: LiveModel): Beat {
  return { name: 'model', everyMs: 1_000, hint: 'socle_model', run: () => live.refresh() };
}

function expectRemovable(without: readonly string[], packs: readonly PackSource[], system: ReadonlySet<string>): void {
  for (const name of without) {
    if (!system.has(name) && packs.some((pack) => pack.pack === name)) continue;
    throw new Refusal('model.not_removable', 422, {
      fr: `« ${name} » n’est pas un module que l’on puisse retirer : il n’est pas là, ou il vient avec Socle.`,
      en: `“${name}” is not a pack that can be taken away: it isn’t there, or comes with Socle.`,
    });
  }
}

function asRead(source: PackSource): ReadPack {
  return parsePack(JSON.stringify(source), `${source.pack}/pack.yaml`);
}

async function appliedPacks(
  store: Pick<Store, 'asOwner'>,
): Promise<{ readonly number: number; readonly packs: readonly PackSource[] } | null> {
  const { rows } = await store.asOwner((client) =>
    client.query<{ number: number; packs: readonly PackSource[] }>(
      'select number, packs from public.socle_model_version where finished_at is not null order by number desc limit 1',
    ),
  );
  return rows[0] ?? null;
}

function refuseStale(): Refusal {
  return new Refusal('model.stale_proposal', 409, {
    fr: 'Le modèle a changé depuis cette proposition ; rien n’a été appliqué. Refaites-la pour en revoir les conséquences.',
    en: 'The model has changed since this proposal; nothing was applied. Make it again to see its consequences anew.',
  });
}

function refuseInTheWay(consequences: readonly Consequence[]): Refusal {
  const list = (language: 'fr' | 'en'): string => consequences.map(({ text }) => text[language]).join('\n');
  return new Refusal(
    'model.rows_in_the_way',
    409,
    {
      fr: `Des objets existants empêchent ce changement ; rien n’a été appliqué.\n${list('fr')}`,
      en: `Existing objects stand in the way of this change; nothing was applied.\n${list('en')}`,
    },
    consequences.map(({ place, text }) => ({ pointer: `/${place}`, code: 'model.rows_in_the_way', text })),
  );
}
