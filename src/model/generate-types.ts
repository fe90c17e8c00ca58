import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { generatedFiles } from './generated-files.ts';

/** `npx tsx src/model/generate-types.ts`: types of the system packs, and the JSON Schema of `pack.yaml` for editors. */
for (const { path, text } of await generatedFiles()) {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
