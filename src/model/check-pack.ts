import { join } from 'node:path';
import { projectRoot } from '../kernel/index.ts';
import { type CheckedPacks, checkPacks } from './compile.ts';
import { systemPackRooms } from './generated-files.ts';

/** Folders of the system packs, which every installation has. */
export const systemPackFolders: readonly string[] = systemPackRooms.map((room) => join(projectRoot, 'src', room));

/**
 * `model check DIR`: a pack beside the system packs, so that what it refers to is known and no
 * name is taken twice.
 */
export async function checkPack(folder: string): Promise<CheckedPacks> {
  const beside = systemPackFolders.filter((system) => join(system) !== join(folder));
  return checkPacks([...beside, folder]);
}
