import type { Text } from '../../kernel/index.ts';
import { type FieldShape, kindOf, type TableShape } from './shape.ts';
import { tableNoise, wordsOf } from './tokens.ts';
import { isKnown } from './vocabulary.ts';

/** A reference that the schema doesn't declare but that names and types say: `orders.customer_id` → `customer.id`. */
export interface ImpliedJoin {
  readonly from: { readonly schema: string; readonly table: string; readonly column: string };
  readonly to: { readonly schema: string; readonly table: string; readonly column: string };
  readonly confidence: number;
  readonly reason: Text;
}

interface Target {
  readonly table: TableShape;
  readonly key: FieldShape;
  /** Endings of a column's name that mean this key, as words joined by spaces. */
  readonly endings: ReadonlySet<string>;
  /** The key's own name, when it says by itself which table it is of (`ipp`, `numfam`). */
  readonly ownName: string | null;
}

/** Joins that the names say. Each column gets one at most; a name that fits two tables gets none. */
export function impliedJoins(tables: readonly TableShape[]): readonly ImpliedJoin[] {
  const targets = tables.flatMap(targetOf);
  return tables.flatMap((table) =>
    table.fields.flatMap((field) => {
      if (field.references !== null || isOwnKey(table, field)) return [];
      const words = wordsOf(field.name);
      const fits = targets.filter(
        (target) => family(target.key) === family(field) && fitsName(words, target) && target.key !== field,
      );
      const target = fits[0];
      if (fits.length !== 1 || target === undefined) return [];
      return [join(table, field, target)];
    }),
  );
}

function join(table: TableShape, field: FieldShape, target: Target): ImpliedJoin {
  return {
    from: { schema: table.schema, table: table.name, column: field.name },
    to: { schema: target.table.schema, table: target.table.name, column: target.key.name },
    confidence: 0.8,
    reason: {
      fr: `le nom et le type désignent la clé de ${target.table.name}`,
      en: `the name and the type mean the key of ${target.table.name}`,
    },
  };
}

function targetOf(table: TableShape): readonly Target[] {
  const keys = table.fields.filter((field) => field.isPrimaryKey);
  const key = keys[0];
  if (keys.length !== 1 || key === undefined || key.references !== null) return [];
  const noun = wordsOf(table.name)
    .filter((word) => !tableNoise.has(word))
    .map(singular);
  const own = wordsOf(key.name);
  const endings = new Set<string>();
  const keyWord = own.find((word) => keyWords.has(word));
  if (own.length > 1) endings.add(own.join(' '));
  if (noun.length > 0 && keyWord !== undefined) {
    for (const name of [noun, noun.slice(-1)]) {
      endings.add([...name, keyWord].join(' '));
      endings.add([keyWord, ...name].join(' '));
    }
  }
  const isGeneric = own.length === 1 && (isKnown(own[0] ?? '') || (own[0]?.length ?? 0) < 3);
  return [{ table, key, endings, ownName: isGeneric ? null : own.join(' ') }];
}

const keyWords: ReadonlySet<string> = new Set(['id', 'uuid', 'no', 'num', 'code', 'key']);

function fitsName(words: readonly string[], target: Target): boolean {
  if (target.ownName === words.join(' ')) return true;
  const singulars = words.map(singular);
  for (let start = 0; start < words.length - 1; start += 1) {
    if (target.endings.has(singulars.slice(start).join(' ')) || target.endings.has(words.slice(start).join(' ')))
      return true;
  }
  // French order: `id_client_facture`.
  return words.length > 2 && target.endings.has(singulars.slice(0, 2).join(' '));
}

function isOwnKey(table: TableShape, field: FieldShape): boolean {
  return field.isPrimaryKey && table.fields.filter((each) => each.isPrimaryKey).length === 1;
}

function family(field: FieldShape): string {
  const kind = kindOf(field.type);
  return kind === 'decimal' ? 'integer' : kind;
}

function singular(word: string): string {
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  return word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;
}
