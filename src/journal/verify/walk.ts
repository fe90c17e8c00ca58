import { parseId } from '../../kernel/index.ts';
import type { Tx } from '../../store/index.ts';
import { openCheckpoint } from '../checkpoint.ts';
import { type EntryBody, entryHash, readBody } from '../entry.ts';
import { epochOpened } from '../epoch.ts';
import { keyChanged, successorOf } from '../key-change.ts';
import { type Hash, rootOf } from '../merkle.ts';
import type { VerifierKey } from '../note.ts';
import { type Tile, TileTree, tileHashes, tileWidth } from '../tiles.ts';
import { type Finding, findings } from './findings.ts';
import {
  type CheckpointRow,
  checkpointStream,
  type EntryRow,
  entryStream,
  entryWithHash,
  keptHash,
  StoredTiles,
} from './stored.ts';

/** A hash of the upper tree that isn't what the entries give: which of the two is bad, the next checkpoint says. */
interface Suspicion {
  readonly from: number;
  readonly through: number;
}

export interface Walked {
  readonly finding: Finding | null;
  /** Entries that hold, from the first. */
  readonly size: number;
  readonly checkpoints: number;
  readonly epoch: number;
  readonly root: Hash;
  /** The root at the size that was asked for, when the walk came that far. */
  readonly rootAsked: Hash | null;
  /** Entries that opened an epoch. */
  readonly epochs: readonly { readonly epoch: number; readonly number: number }[];
  /** The keys that signed, in order, each with the size of the first checkpoint it signed. */
  readonly keys: readonly { readonly key: VerifierKey; readonly from: number }[];
}

/**
 * Reads the journal once, from the first entry, and holds against each other what is kept apart: each entry and its leaf
 * hash, each full tile and the hash above it, the tree and every signed checkpoint. Stops at the first thing that
 * does not hold. Checkpoints are held against the key of their time: a key takes over by an entry that both signed.
 */
export class Walk {
  readonly #tx: Tx;
  #key: VerifierKey;
  readonly #keys: { key: VerifierKey; from: number }[] = [];
  readonly #entries;
  readonly #checkpoints;
  readonly #tiles: StoredTiles;
  readonly #tree: TileTree;
  #full: Tile[] = [];
  #suspicion: Suspicion | null = null;
  #previous: CheckpointRow | null = null;
  #checkpointCount = 0;
  readonly #epochs: { epoch: number; number: number }[] = [];
  #lastOpening: EntryBody | null = null;

  constructor(tx: Tx, key: VerifierKey) {
    this.#tx = tx;
    this.#key = key;
    this.#keys.push({ key, from: 1 });
    this.#entries = entryStream(tx);
    this.#checkpoints = checkpointStream(tx);
    this.#tiles = new StoredTiles(tx);
    this.#tree = new TileTree(0, [], (tile) => this.#full.push(tile));
  }

  async run(sizeAsked: number | null, onProgress: (size: number) => void): Promise<Walked> {
    let rootAsked: Hash | null = sizeAsked === 0 ? this.#tree.root() : null;
    let finding: Finding | null = null;
    while (finding === null) {
      const checkpoint = await this.#checkpoints.peek();
      if (checkpoint === null) {
        finding = await this.#unsigned();
        break;
      }
      if (checkpoint.size <= this.#tree.size) {
        finding = this.#checkCheckpoint(checkpoint);
        this.#checkpoints.take();
      } else {
        finding = await this.#checkEntry(this.#tree.size + 1, checkpoint);
        if (finding === null && this.#tree.size === sizeAsked) rootAsked = this.#tree.root();
        if (this.#tree.size % 10_000 === 0) onProgress(this.#tree.size);
      }
    }
    return {
      finding,
      size: this.#tree.size,
      checkpoints: this.#checkpointCount,
      epoch: this.#previous?.epoch ?? 1,
      root: this.#tree.root(),
      rootAsked,
      epochs: this.#epochs,
      keys: this.#keys,
    };
  }

  /** What stands after the last checkpoint was never signed. */
  async #unsigned(): Promise<Finding | null> {
    const extra = await this.#entries.peek();
    if (extra === null) return null;
    const last = await this.#tx
      .selectFrom('journal.entry')
      .select((select) => select.fn.max('number').as('last'))
      .executeTakeFirst();
    return findings.unsigned(extra.number, Number(last?.last ?? extra.number));
  }

  async #checkEntry(number: number, checkpoint: CheckpointRow): Promise<Finding | null> {
    const row = await this.#entries.peek();
    if (row !== null && row.number < number) return findings.added(row.number);
    const present = row !== null && row.number === number ? row : null;
    const kept = await this.#tiles.hash(0, number - 1);
    const hash = present === null ? null : entryHash(present.body);
    if (present === null || hash === null || kept === null || !hash.equals(kept)) {
      return this.#judge(number, hash, kept, checkpoint);
    }
    const body = readBody(present.body);
    if (body === null || !isLabelled(present, body)) {
      return body !== null && body.number !== number
        ? findings.reordered(number, body.number)
        : findings.relabelled(number);
    }
    if (body.kind === keyChanged) {
      const next = successorOf(this.#key, body, this.#tree.root());
      if (next === null) return findings.keyChange(number);
      this.#key = next;
      this.#keys.push({ key: next, from: number });
    }
    this.#entries.take();
    this.#tree.append(hash);
    if (body.kind === epochOpened && typeof body.data.epoch === 'number') {
      this.#epochs.push({ epoch: body.data.epoch, number });
      this.#lastOpening = body;
    }
    await this.#compareUpper();
    return null;
  }

  /** Each full tile against the hash kept of it one level above. */
  async #compareUpper(): Promise<void> {
    if (this.#full.length === 0) return;
    const full = this.#full;
    this.#full = [];
    for (const tile of full) {
      const kept = await this.#tiles.hash(tile.level + 1, tile.index);
      if (this.#suspicion === null && (kept === null || !kept.equals(rootOf(tileHashes(tile))))) {
        const width = tileWidth ** (tile.level + 1);
        this.#suspicion = { from: tile.index * width + 1, through: (tile.index + 1) * width };
      }
    }
  }

  #checkCheckpoint(row: CheckpointRow): Finding | null {
    const from = (this.#previous?.size ?? 0) + 1;
    const signed = openCheckpoint(row.note, this.#key);
    const isAsKept = signed?.size === row.size && signed.epoch === row.epoch && signed.root.equals(row.root);
    if (signed === null || !isAsKept || row.size < this.#tree.size) return findings.checkpoint(from, row.size);
    if (!signed.root.equals(this.#tree.root())) {
      const { from: first, through } = this.#suspicion ?? { from, through: row.size };
      return findings.changedWithHash(Math.max(first, from), Math.min(through, row.size));
    }
    if (this.#suspicion !== null) return findings.tile(this.#suspicion.from, this.#suspicion.through);
    if (!this.#isEpochInOrder(row, from)) return findings.epoch(from, row.size);
    this.#previous = row;
    this.#checkpointCount += 1;
    return null;
  }

  /** An epoch goes on, or the next begins with the entry that names the checkpoint before it. */
  #isEpochInOrder(row: CheckpointRow, from: number): boolean {
    const epoch = this.#previous?.epoch ?? 1;
    if (row.epoch === epoch) return this.#lastOpening === null || this.#lastOpening.data.epoch === epoch;
    const opening = this.#lastOpening;
    const previous = opening?.data.previous;
    const names =
      typeof previous === 'object' && previous !== null && 'checkpoint' in previous ? previous.checkpoint : null;
    return row.epoch === epoch + 1 && opening?.number === from && names === (this.#previous?.note ?? '');
  }

  /**
   * An entry and the hash kept of it disagree, or one is absent. The next checkpoint tells which of the two is as
   * signed; where the other copies stand tells what was done.
   */
  async #judge(number: number, hash: Hash | null, kept: Hash | null, checkpoint: CheckpointRow): Promise<Finding> {
    const signed = openCheckpoint(checkpoint.note, this.#key);
    if (hash === null && kept === null && signed === null) return findings.checkpoint(number, checkpoint.size);
    if (hash !== null && signed !== null && (await this.#isEntryAsSigned(number, checkpoint.size, signed.root))) {
      return findings.hash(number);
    }
    const home = kept === null ? null : await entryWithHash(this.#tx, kept);
    if (hash === null) return home === null ? findings.missing(number) : findings.reordered(number, home);
    const place = await keptHash(this.#tx, hash);
    if (home !== null) return place === null ? findings.added(number) : findings.reordered(number, home);
    return place === null ? findings.changed(number) : findings.missing(number);
  }

  /** Whether the entries themselves, up to the next checkpoint, give the root it signed. */
  async #isEntryAsSigned(number: number, size: number, root: Hash): Promise<boolean> {
    const frontier = this.#tree.frontier();
    for (let next = number; next <= size; next += 1) {
      const row = await this.#entries.peek();
      if (row === null || row.number !== next) return false;
      frontier.append(entryHash(row.body));
      this.#entries.take();
    }
    return frontier.root().equals(root);
  }
}

/** Whether the columns that pages read say the same as the body that was signed. */
function isLabelled(row: EntryRow, body: EntryBody): boolean {
  return (
    body.number === row.number &&
    parseId('ent', body.id) === row.id &&
    body.at === row.at.toISOString() &&
    body.kind === row.kind &&
    body.subject === row.subject
  );
}
