import { sql } from 'kysely';
import { Refusal, type Text } from '../kernel/index.ts';
import type { Scope, Tx } from '../store/index.ts';
import { type Checkpoint, openCheckpoint } from './checkpoint.ts';
import { emptyRoot } from './merkle.ts';
import type { Signer } from './note.ts';
import { edgeOf, type Tile, type TileAddress, TileTree } from './tiles.ts';

/** Where the journal stands: its last signed checkpoint, and that note. */
export interface Head extends Checkpoint {
  /** Empty before the first entry. */
  readonly note: string;
}

export async function readHead(db: Tx | Scope['db'], signer: Signer): Promise<Head> {
  const row = await db
    .selectFrom('journal.checkpoint')
    .select(['note', 'size'])
    .orderBy('size', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return { origin: signer.name, size: 0, root: emptyRoot, epoch: 1, note: '' };
  const checkpoint = openCheckpoint(row.note, signer);
  if (checkpoint === null || BigInt(checkpoint.size) !== row.size) throw brokenJournal();
  return { ...checkpoint, note: row.note };
}

/**
 * The tree as the tiles have it, ready to grow. Refused when its root is not the one that was signed: a checkpoint
 * must never lend its signature to something altered.
 */
export async function openTree(tx: Tx, head: Head, onFull: (tile: Tile) => void): Promise<TileTree> {
  const edge = await readTiles(tx, edgeOf(head.size));
  let tree: TileTree;
  try {
    tree = new TileTree(head.size, edge, onFull);
  } catch {
    throw brokenJournal();
  }
  if (!tree.root().equals(head.root)) throw brokenJournal();
  return tree;
}

export async function readTiles(db: Tx | Scope['db'], addresses: readonly TileAddress[]): Promise<readonly Tile[]> {
  if (addresses.length === 0) return [];
  const levels = addresses.map(({ level }) => level);
  const indices = addresses.map(({ index }) => index);
  const { rows } = await sql<{ level: number; index: bigint; hashes: Buffer }>`
    select t.level, t.index, t.hashes
      from unnest(${levels}::smallint[], ${indices}::bigint[]) as wanted (level, index)
      join journal.tile t on t.org = store.current_org() and t.level = wanted.level and t.index = wanted.index`.execute(
    db,
  );
  return rows.map(({ level, index, hashes }) => ({ level, index: Number(index), hashes }));
}

const broken: Text = {
  fr: 'Le journal ne correspond plus à son dernier point de contrôle signé : rien n’y est ajouté. Lancez « socle journal verify » pour trouver la première écriture fautive, puis restaurez une sauvegarde.',
  en: 'The journal no longer matches its last signed checkpoint: nothing is added to it. Run “socle journal verify” to find the first bad entry, then restore a backup.',
};

function brokenJournal(): Refusal {
  return new Refusal('journal.broken', 409, broken);
}
