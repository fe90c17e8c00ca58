import type { Text } from '../../kernel/index.ts';
import type { Attribute, TypeModel, Value } from '../../model/index.ts';
import { columnsOfAttribute } from '../file-columns.ts';
import { inLabel, isEmpty } from '../input.ts';
import { problem } from '../refusals.ts';
import { type CellReader, cellReader } from './cell.ts';
import type { ImportOptions } from './options.ts';
import type { FileRecord } from './records.ts';

export interface LineProblem {
  /** The file's column; null: the line as a whole. */
  readonly column: string | null;
  readonly code: string;
  readonly text: Text;
}

/** What a line says of one object, on its way to being known. */
export interface Draft {
  readonly line: number;
  /** Attributes that were given and are well formed; null empties one. */
  readonly values: Map<Attribute, Value>;
  /** References as they were written, to be looked up. */
  readonly references: { readonly attribute: Attribute; readonly wanted: string; readonly column: string }[];
  readonly problems: LineProblem[];
  /** Names of attributes that were given and are not well formed. */
  readonly faulty: Set<string>;
  readonly number: string | null;
  readonly id: string | null;
}

interface Part {
  readonly at: number;
  readonly name: string;
}

interface MappedAttribute {
  readonly attribute: Attribute;
  readonly read: CellReader;
  readonly value: Part | null;
  readonly second: Part | null;
}

/** Reads records by what was decided of the file's columns. */
export class DraftReader {
  readonly #mapped: readonly MappedAttribute[];
  readonly #number: Part | null;
  readonly #id: Part | null;

  constructor(
    type: TypeModel,
    columns: readonly string[],
    private readonly options: ImportOptions,
  ) {
    const parts = new Map<string, Part>();
    columns.forEach((name, at) => {
      const target = options.mapping[name];
      if (target !== undefined) parts.set(target, { at, name });
    });
    this.#number = parts.get('number') ?? null;
    this.#id = parts.get('id') ?? null;
    this.#mapped = [...type.attributes.values()].flatMap((attribute) => {
      const [value, second] = columnsOfAttribute(attribute).map(({ target }) => parts.get(target) ?? null);
      if ((value ?? null) === null && (second ?? null) === null) return [];
      return [{ attribute, read: cellReader(attribute, options), value: value ?? null, second: second ?? null }];
    });
  }

  /** Attributes that the file gives. */
  get attributes(): readonly Attribute[] {
    return this.#mapped.map(({ attribute }) => attribute);
  }

  columnOf(attribute: Attribute): string | null {
    return this.#mapped.find((one) => one.attribute === attribute)?.value?.name ?? null;
  }

  read(record: FileRecord): Draft {
    const draft: Draft = {
      line: record.line,
      values: new Map(),
      references: [],
      problems: record.unknown.map((name) => ({
        column: name,
        code: 'import.unknown_column',
        text: unknownColumn(name),
      })),
      faulty: new Set(),
      number: codeOf(record, this.#number),
      id: codeOf(record, this.#id),
    };
    for (const mapped of this.#mapped) this.#readOne(draft, record, mapped);
    return draft;
  }

  #readOne(draft: Draft, record: FileRecord, { attribute, read, value, second }: MappedAttribute): void {
    const cell = value === null ? null : (record.cells[value.at] ?? null);
    const other = second === null ? null : (record.cells[second.at] ?? null);
    const column = (value ?? second)?.name ?? null;
    if (isEmpty(cell) && (attribute.type.control.kind !== 'localised' || isEmpty(other))) {
      if (this.options.empty === 'clear') draft.values.set(attribute, null);
      return;
    }
    const input = together(attribute, read(cell), other);
    if (attribute.type.kind === 'reference' && typeof input === 'string') {
      draft.references.push({ attribute, wanted: input, column: column ?? '' });
      return;
    }
    const parsed = attribute.type.parse(input);
    if (parsed.ok) draft.values.set(attribute, parsed.value);
    else {
      const { code, text } = inLabel(attribute, problem(attribute.name, parsed.fault.code, parsed.fault.text));
      draft.faulty.add(attribute.name);
      draft.problems.push({ column, code, text });
    }
  }
}

/** An amount and the currency of another column; a text and its English. */
function together(attribute: Attribute, input: unknown, other: unknown): unknown {
  if (isEmpty(other)) return input;
  if (attribute.type.control.kind === 'money' && typeof input === 'object' && input !== null) {
    return { ...input, currency: other };
  }
  if (attribute.type.control.kind === 'localised' && (typeof input === 'string' || input === null)) {
    return { fr: input ?? '', en: other };
  }
  return input;
}

function codeOf(record: FileRecord, part: Part | null): string | null {
  const cell = part === null ? null : record.cells[part.at];
  const text = typeof cell === 'string' || typeof cell === 'number' ? String(cell).trim() : '';
  return text === '' ? null : text;
}

const unknownColumn = (name: string): Text => ({
  fr: `« ${name.slice(0, 60)} » n’était dans aucun des premiers éléments du fichier : retirez-le, ou donnez-le dès le premier.`,
  en: `“${name.slice(0, 60)}” was in none of the first items of the file: remove it, or give it from the first one on.`,
});
