import { z } from 'zod';
import type { Language } from '../../kernel/index.ts';

const text = z.object({ fr: z.string(), en: z.string() });

/** Where something was seen that nothing links, as the API tells it. */
export const metSchema = z.looseObject({
  where: z.string(),
  by: z.string(),
  rows: z.number(),
  words: text,
  declarations: z.array(z.looseObject({ words: text, map: z.string() })),
});

/** Why each place counts, then the lines of the `--map` file that would settle it, to be copied as they are. */
export function metLines(met: readonly z.output<typeof metSchema>[], language: Language): readonly string[] {
  return met.flatMap(({ words, declarations }) => [
    `  ${words[language]}`,
    ...declarations.flatMap((declaration) => [
      `    # ${declaration.words[language]}`,
      ...declaration.map
        .trimEnd()
        .split('\n')
        .map((line) => `    ${line}`),
    ]),
  ]);
}
