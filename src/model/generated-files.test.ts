import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { generatedFiles } from './generated-files.ts';

test.each(await generatedFiles())(
  '$path is what the packs make (npx tsx src/model/generate-types.ts writes it)',
  async (file) => {
    expect(await readFile(file.path, 'utf8')).toBe(file.text);
  },
);
