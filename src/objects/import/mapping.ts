import type { TypeModel } from '../../model/index.ts';
import { type FileColumn, fileColumns } from '../file-columns.ts';
import { cellReader } from './cell.ts';
import { folded } from './folded.ts';
import { type ImportOptions, importOptions, possibleKeys } from './options.ts';

/** A column found in a file, with a few of its values. */
export interface FoundColumn {
  readonly name: string;
  readonly samples: readonly string[];
}

/** Words that files use for what a type calls otherwise, folded. The first that fits wins. */
const synonyms: readonly (readonly [name: RegExp, target: RegExp])[] = [
  [/^(no|n|num|numero|number|ref|reference|code)$/, /^number$/],
  [/^(id|identifiant|identifier|uuid)$/, /^id$/],
  [/^(nom|name|libelle|intitule|designation|label|title|titre)$/, /^(name|label|title)$/],
  [/(mail|courriel|adresse electronique)/, /email|mail/],
  [/^(tel|telephone|phone|mobile|portable)/, /phone|mobile/],
  [/^(n )?(de )?serie|^serial|^sn$/, /serial/],
  [/^(prix|price|montant|amount|cout|cost)/, /price|amount|cost|total/],
  [/^(devise|currency)$/, /\.currency$/],
  [/^(quantite|quantity|qte|qty|nombre)$/, /quantity|count/],
  [/^(pays|country)$/, /country|origin/],
  [/^(commentaire|comment|remarque|note|notes)/, /note|comment|remark/],
];

/** Kinds whose values can be told from what they look like alone. */
const telling = new Set(['email', 'phone', 'url', 'identifier', 'choice', 'country']);

/**
 * What each column most likely fills: by name, by label in either language, by words often used for it, by its former name, and
 * for what is left by what its values look like. Never two columns for one target. With a key that the file has.
 */
export function proposeOptions(type: TypeModel, columns: readonly FoundColumn[]): ImportOptions {
  const targets = fileColumns(type);
  const mapping = new Map<string, string>();
  const taken = new Set<string>();
  const propose = (fits: (column: FoundColumn, target: FileColumn) => boolean): void => {
    for (const column of columns) {
      if (mapping.has(column.name)) continue;
      const found = targets.filter((target) => !taken.has(target.target) && fits(column, target));
      const [only, another] = found;
      if (only === undefined || another !== undefined) continue;
      mapping.set(column.name, only.target);
      taken.add(only.target);
    }
  };
  propose((column, { target }) => column.name.trim() === target);
  propose((column, { label }) => [folded(label.fr), folded(label.en)].includes(folded(column.name)));
  propose((column, { target, attribute }) =>
    [folded(target), folded(attribute?.was ?? '')].includes(folded(column.name)),
  );
  propose((column, { target }) => synonyms.some(([name, what]) => name.test(folded(column.name)) && what.test(target)));
  propose((column, { attribute, part }) => part === 'value' && attribute !== null && looksLike(column, attribute));
  return importOptions.parse({ mapping: Object.fromEntries(mapping), key: proposedKey(type, taken) });
}

function looksLike(column: FoundColumn, attribute: NonNullable<FileColumn['attribute']>): boolean {
  if (!telling.has(attribute.type.kind) || column.samples.length === 0) return false;
  const read = cellReader(attribute, importOptions.parse({ mapping: {} }));
  return column.samples.every((sample) => attribute.type.parse(read(sample)).ok);
}

/** The number, else what is unique; a line that has neither is a new object. */
function proposedKey(type: TypeModel, taken: ReadonlySet<string>): readonly string[] {
  const key = possibleKeys(type).find(
    (name) => taken.has(name) && (name === 'number' || name === 'id' || type.attributes.get(name)?.unique === true),
  );
  return key === undefined ? [] : [key];
}
