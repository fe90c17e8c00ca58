import type { Catalogue } from './catalogue.ts';
import type { ErasureMap } from './map.ts';

/**
 * Reads a `--map` file against the catalogue. Throws a `Refusal` (`sql.map_invalid`, 422) with one problem for each
 * error: file, line, what to do; unknown tables and columns come with the nearest names.
 */
export function parseMap(_text: string, _fileName: string, _catalogue: Catalogue): ErasureMap {
  throw new Error('being built');
}
