import { join } from 'node:path';
import { projectRoot } from '../kernel/index.ts';
import { compileModel, loadPacks } from './compile.ts';
import { packJsonSchema } from './pack/pack-schema.ts';
import { typescriptOf } from './typescript.ts';

/** Rooms that own a system pack: `src/<room>/pack.yaml`. */
export const systemPackRooms = ['repository', 'compliance'] as const;

export interface GeneratedFile {
  readonly path: string;
  readonly text: string;
}

/** What is generated from the pack format and the system packs, and committed: the same here and in the test. */
export async function generatedFiles(): Promise<readonly GeneratedFile[]> {
  const folders = systemPackRooms.map((room) => join(projectRoot, 'src', room));
  const sources = await loadPacks(folders);
  const model = compileModel(sources);
  return [
    ...sources.map((source, at) => ({
      path: join(folders[at] ?? '', 'pack.generated.ts'),
      text: typescriptOf(model, source.pack),
    })),
    {
      path: join(projectRoot, 'docs/reference/pack.schema.json'),
      text: `${JSON.stringify({ title: 'A Socle pack (pack.yaml)', ...packJsonSchema() }, null, 2)}\n`,
    },
  ];
}
