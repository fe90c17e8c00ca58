import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../kernel/index.ts';

/**
 * DejaVu, embedded as far as a document uses it: a PDF reads the same wherever it is opened, and names from all of Europe
 * keep their letters. The condensed cuts run about as wide as Helvetica.
 */
const files = {
  regular: 'DejaVuSansCondensed.ttf',
  bold: 'DejaVuSansCondensed-Bold.ttf',
  code: 'DejaVuSansMono.ttf',
} as const;

export type Weight = keyof typeof files;

const read = new Map<Weight, Buffer>();

/** The bytes of a font, read once. */
export function fontOf(weight: Weight): Buffer {
  const known = read.get(weight);
  if (known !== undefined) return known;
  const bytes = readFileSync(join(projectRoot, 'node_modules/dejavu-fonts-ttf/ttf', files[weight]));
  read.set(weight, bytes);
  return bytes;
}
