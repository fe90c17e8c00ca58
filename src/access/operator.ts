import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { randomSecret, sha256 } from '../kernel/index.ts';

export const operatorPrefix = 'socleop_';
const fileName = 'operator-token';

/**
 * The token by which the command line on this machine speaks to the running server: whoever can read the data folder
 * may use it. Made once, in a file only its owner can read; the server keeps only its hash.
 */
export async function openOperatorToken(dataFolder: string): Promise<{ readonly hash: Buffer; readonly path: string }> {
  const path = join(dataFolder, fileName);
  const known = await readOperatorToken(dataFolder);
  if (known !== null) return { hash: sha256(known), path };
  await mkdir(dataFolder, { recursive: true });
  const token = `${operatorPrefix}${randomSecret().toString('base64url')}`;
  const file = await open(path, 'w', 0o600);
  try {
    await file.chmod(0o600);
    await file.writeFile(`${token}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  return { hash: sha256(token), path };
}

/** The operator's token, for the command line; null when there is none. */
export async function readOperatorToken(dataFolder: string): Promise<string | null> {
  const text = await readFile(join(dataFolder, fileName), 'utf8').catch(() => null);
  const token = text?.trim() ?? '';
  return token.startsWith(operatorPrefix) && token.length === operatorPrefix.length + 43 ? token : null;
}
