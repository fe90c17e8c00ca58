import { sql } from 'kysely';
import type pg from 'pg';
import { record } from '../../journal/index.ts';
import { actorText, type Cause, publicId, Refusal, systemCause, type Uuid } from '../../kernel/index.ts';
import { type Beat, type Scope, type Store, write } from '../../store/index.ts';
import { checkRead, compileModel, loadPacks, refusePacks } from '../compile.ts';
import type { Model } from '../model.ts';
import type { PackSource } from '../pack/pack-schema.ts';
import { parsePack, type ReadPack, readPack } from '../pack/read-pack.ts';
import { type Change, changeModel } from '../schema-change/apply.ts';
import {
  type CompiledVersion,
  compiled,
  listVersions,
  readVersion,
  textOf,
  type Version,
  type VersionFacts,
  versionInForce,
} from '../schema-change/versions.ts';
import { type Consequence, consequencesOf } from './consequences.ts';
import { type Difference, differences } from './difference.ts';
import { type ChangeAsked, keepProposal, readProposal } from './proposals.ts';
import { renamedBack } from './take-back.ts';

export interface Proposal {
  readonly id: Uuid;
  readonly consequences: readonly Consequence[];
}

export interface Preview {
  /** What is wrong in its files, each with file, line and column. */
  readonly problems: Refusal['problems'];
  readonly consequences: readonly Consequence[];
  /** Compiled with plain names: to look at, not to read with. Null while there are problems. */
  readonly model: Model | null;
}

/**
 * The model in force, while it changes: system packs come with the product, the others were applied to this installation and are
 * remembered by it. A request asks `current()` once and goes by that snapshot to its end; another process's change is learnt by
 * notification, and by looking every second.
 */
export class LiveModel {
  private constructor(
    readonly store: Store,
    readonly system: readonly string[],
    private inForce: CompiledVersion,
  ) {}

  /**
   * Applies the system packs of this version of the product, beside the packs that this installation has. `mending` replaces or
   * takes away packs of the installation that this version of the product refuses: without it, they stop the start.
   */
  static async open(store: Store, system: readonly string[], mending: ChangeAsked = nothing): Promise<LiveModel> {
    await loadPacks(system);
    const inForce = await changeModel(store, (_client, kept) =>
      changed(system, kept, mending, null).catch((error: unknown) => {
        throw error instanceof Refusal && error.code === 'model.invalid_pack' ? refuseStart(error) : error;
      }),
    );
    const live = new LiveModel(store, system, inForce);
    await live.#recordUnrecorded();
    return live;
  }

  current(): Model {
    return this.inForce.model;
  }

  /** Names of the packs that come with the product: no one changes them here. */
  async systemPacks(): Promise<ReadonlySet<string>> {
    const own = await Promise.all(this.system.map(readPack));
    return new Set(own.flatMap(({ source }) => source?.pack ?? []));
  }

  version(): Version {
    return this.inForce;
  }

  /** All versions the model had, the last first. */
  versions(): Promise<readonly VersionFacts[]> {
    return this.store.asOwner(listVersions);
  }

  /** What differs between two versions, in words. */
  async compare(from: number, to: number): Promise<readonly Difference[]> {
    return this.store.asOwner(async (client) => {
      const [before, after] = [await readVersion(client, from), await readVersion(client, to)];
      return differences(before.packs, after.packs);
    });
  }

  /** What the file of a pack in force says; null when there is no such pack. */
  packText(name: string): string | null {
    return textOf(this.inForce, name);
  }

  /** Checks a change and says what it would do, without doing any of it. Refuses (422) with every problem of every file. */
  async propose(scope: Scope, asked: ChangeAsked, cause: Cause): Promise<Proposal> {
    return this.store.asOwner(async (client) => {
      const kept = await versionInForce(client);
      const { packs, former } = await changed(this.system, kept, asked, null, client);
      const consequences = await consequencesOf(client, kept?.packs ?? [], packs, former);
      const facts = { cause, org: scope.org, now: this.store.clock.now() };
      return { id: await keepProposal(client, asked, kept?.number ?? 0, facts), consequences };
    });
  }

  /** What a change would give, for whoever prepares it: problems when it isn't sound yet, its model and consequences when it is. */
  async preview(asked: ChangeAsked): Promise<Preview> {
    return this.store.asOwner(async (client) => {
      const kept = await versionInForce(client);
      try {
        const { packs, former } = await changed(this.system, kept, asked, null, client);
        const consequences = await consequencesOf(client, kept?.packs ?? [], packs, former);
        return { problems: [], consequences, model: compileModel(packs) };
      } catch (error) {
        if (!(error instanceof Refusal) || error.code !== 'model.invalid_pack') throw error;
        return { problems: error.problems, consequences: [], model: null };
      }
    });
  }

  /** Applies a proposal, once. Refuses (409) one that was shown against a model that has changed since. */
  async apply(scope: Scope, id: Uuid, cause: Cause): Promise<Model> {
    const applied = await changeModel(this.store, async (client, kept) => {
      const proposal = await readProposal(client, id);
      // Applied, whether or not whoever did it lived to say so.
      if (kept !== null && (proposal.isApplied || kept.proposal === id)) return asItIs(kept);
      if (proposal.base !== (kept?.number ?? 0)) throw refuseStale();
      const change = await changed(this.system, kept, proposal, id, client);
      const consequences = await consequencesOf(client, kept?.packs ?? [], change.packs, change.former);
      const inTheWay = consequences.filter((one) => one.isInTheWay);
      if (inTheWay.length > 0) throw refuseInTheWay(inTheWay);
      return change;
    });
    if (applied.number > this.inForce.number) this.inForce = applied;
    await this.#record(scope, id, applied.number, cause);
    await this.store.asOwner((client) => client.query("select pg_notify('socle_model', '')"));
    return this.current();
  }

  /** Takes the model that another process applied; nothing when there is none. */
  async refresh(): Promise<void> {
    const { rows } = await sql<{ number: number | null }>`select store.model_version() as number`.execute(
      this.store.unbound,
    );
    if ((rows[0]?.number ?? 0) === this.inForce.number) return;
    const found = await this.store.asOwner(async (client) => {
      const version = await versionInForce(client);
      return version === null ? null : compiled(client, version);
    });
    if (found !== null && found.number > this.inForce.number) this.inForce = found;
  }

  /** The decision and its entry in the journal are one transaction; told once, whoever comes to tell it. */
  async #record(scope: Scope, id: Uuid, version: number, cause: Cause): Promise<void> {
    await write(scope, cause, async (writing) => {
      const { rows } = await sql<{ isFirst: boolean }>`
        select store.proposal_applied(${id}, ${writing.now}, ${actorText(cause.actor)}) as "isFirst"`.execute(
        writing.tx,
      );
      if (rows[0]?.isFirst !== true) return;
      const data = { version, fingerprint: this.inForce.model.fingerprint };
      await record(writing, { kind: 'model.changed', subject: publicId('mod', id), data });
    });
  }

  /** A process that died between the change and its entry: said by the next one that starts. */
  async #recordUnrecorded(): Promise<void> {
    const { proposal, number } = this.inForce;
    if (proposal === null) return;
    const { rows } = await this.store.asOwner((client) =>
      client.query<{ id: Uuid; org: Scope['org'] }>(
        'select id, org from public.socle_model_proposal where id = $1 and applied_at is null and org is not null',
        [proposal],
      ),
    );
    for (const { id, org } of rows) await this.#record(this.store.scope(org), id, number, systemCause('model'));
  }
}

/** How a process learns of a model that another one applied: at once by its notification, within a second without it. */
export function modelBeat(live: LiveModel): Beat {
  return { name: 'model', everyMs: 1_000, hint: 'socle_model', run: () => live.refresh() };
}

const nothing: ChangeAsked = { files: [], without: [], version: null };

function asItIs(kept: Version): Change {
  return { ...kept, former: null };
}

/** All packs as they would be: those of the product, those that stay, and what the change gives. */
async function changed(
  system: readonly string[],
  kept: Version | null,
  asked: ChangeAsked,
  proposal: Uuid | null,
  client: pg.Client | null = null,
): Promise<Change> {
  const own = await Promise.all(system.map(readPack));
  const ownNames = new Set(own.flatMap(({ source }) => source?.pack ?? []));
  const isTheirs = ({ pack }: PackSource): boolean => !ownNames.has(pack);
  if (asked.version !== null && client !== null && kept !== null) {
    const former = await readVersion(client, asked.version);
    const theirs = renamedBack(former, kept).filter(isTheirs);
    return {
      packs: sound([...own, ...theirs.map(asRead)]),
      texts: former.texts,
      proposal,
      former: former.names,
    };
  }
  const present = (kept?.packs ?? []).filter(isTheirs);
  expectRemovable(asked.without, present);
  const given = asked.files.map(({ file, text }) => ({ text, read: parsePack(text, file) }));
  const replaced = new Set([...given.flatMap(({ read }) => read.source?.pack ?? []), ...asked.without]);
  const untouched = present.filter(({ pack }) => !replaced.has(pack));
  const packs = sound([...own, ...untouched.map(asRead), ...given.map(({ read }) => read)]);
  const stay = new Set(untouched.map(({ pack }) => pack));
  const texts = {
    ...Object.fromEntries(Object.entries(kept?.texts ?? {}).filter(([pack]) => stay.has(pack))),
    ...Object.fromEntries(given.map(({ read, text }) => [read.source?.pack ?? '', text])),
  };
  return { packs, texts, proposal, former: null };
}

function sound(read: readonly ReadPack[]): readonly PackSource[] {
  const { sources, problems } = checkRead(read);
  if (sources === null) throw refusePacks(problems);
  return sources;
}

/** What this installation remembers, and this version of the product refuses. */
function refuseStart(refusal: Refusal): Refusal {
  const { fr, en } = refusal.text;
  return new Refusal(
    refusal.code,
    refusal.status,
    {
      fr: `${fr}\nCes modules métier ont été appliqués à cette installation ; leurs objets sont intacts. Corrigez le fichier puis « socle model mend DOSSIER », ou retirez le module par « socle model mend --without MODULE », et démarrez de nouveau.`,
      en: `${en}\nThese packs were applied to this installation; their objects are unharmed. Mend the file, then “socle model mend DIR”, or take the pack away by “socle model mend --without PACK”, and start again.`,
    },
    refusal.problems,
  );
}

function expectRemovable(without: readonly string[], present: readonly PackSource[]): void {
  for (const name of without) {
    if (present.some((pack) => pack.pack === name)) continue;
    throw new Refusal('model.not_removable', 422, {
      fr: `« ${name} » n’est pas un module que l’on puisse retirer : il n’est pas là, ou il vient avec Socle.`,
      en: `“${name}” is not a pack that can be taken away: it isn’t there, or comes with Socle.`,
    });
  }
}

function asRead(source: PackSource): ReadPack {
  return parsePack(JSON.stringify(source), `${source.pack}/pack.yaml`);
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
