import { join, resolve } from 'node:path';
import { projectRoot } from '../kernel/index.ts';
import { type CheckedPacks, checkPacks } from './compile.ts';
import { systemPackRooms } from './generated-files.ts';

/** Folders of the system packs, which every installation has. */
export const systemPackFolders: readonly string[] = systemPackRooms.map((room) => join(projectRoot, 'src', room));

/**
 * `model check DIR …`: packs beside the system packs, so that what they refer to is known and no name is taken twice. A
 * system pack may be named too.
 */
export async function checkPack(...folders: readonly string[]): Promise<CheckedPacks> {
  const named = new Set(folders.map((folder) => resolve(folder)));
  return checkPacks([...systemPackFolders.filter((system) => !named.has(system)), ...folders]);
}
