import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds package.json, found from this module upwards: the same from source and from the bundle. */
export const projectRoot: string = (() => {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) || !existsSync(join(folder, 'src'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('Socle’s own folder was not found');
    folder = parent;
  }
  return folder;
})();
