import { zipSync } from 'fflate';
import { canonicalJson, sha256 } from '../../kernel/index.ts';

export interface ArchiveFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** `manifest.json`: the size and digest of every file it stands for. Its own digest goes into the journal. */
export function manifestJson(files: readonly ArchiveFile[]): string {
  return canonicalJson({
    format: 'socle-manifest',
    version: 1,
    files: files.map(({ name, bytes }) => ({
      name,
      sizeBytes: bytes.length,
      sha256: sha256(bytes).toString('hex'),
    })),
  });
}

/**
 * A ZIP whose every byte is determined by its files: stored (a compressed stream has more than one spelling, and
 * could be a bomb), dated 1980-01-01, without comments or extra fields. The verifier refuses any other.
 */
export function packArchive(files: readonly ArchiveFile[]): Buffer {
  const entries = Object.fromEntries(files.map(({ name, bytes }) => [name, bytes]));
  return Buffer.from(zipSync(entries, { level: 0, mtime: new Date(1980, 0, 1) }));
}
