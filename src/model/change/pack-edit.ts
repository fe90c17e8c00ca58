import { type Document, isMap, isPair, isScalar, parseDocument } from 'yaml';
import type { Text } from '../../kernel/index.ts';

/**
 * Changes what the file of a pack says, one thing at a time, and leaves the rest as it was written: comments, order, style. It edits;
 * whether the whole still makes sense is for the checks to say.
 */
export class PackEdit {
  readonly #document: Document;

  constructor(text: string) {
    this.#document = parseDocument(text);
  }

  /** Whether the text is YAML whose root is a map: the rest can be mended here, this can't. */
  static isReadable(text: string): boolean {
    const document = parseDocument(text);
    return document.errors.length === 0 && isMap(document.contents);
  }

  text(): string {
    return this.#document.toString({ lineWidth: 140, flowCollectionPadding: true });
  }

  /** Writes each of these keys at a place; null takes the key away, and keys that aren't named stay. */
  put(place: readonly string[], values: Readonly<Record<string, unknown>>): void {
    this.#ensure(place);
    for (const [key, value] of Object.entries(values)) {
      const path = [...place, key];
      if (value === null) this.#document.deleteIn(path);
      else this.#document.setIn(path, this.#node(value));
    }
  }

  take(place: readonly string[]): void {
    this.#document.deleteIn(place);
  }

  has(place: readonly string[]): boolean {
    return this.#document.hasIn(place);
  }

  /** What stands there, as plain data; undefined when nothing does. */
  read(place: readonly string[]): unknown {
    const found = this.#document.getIn(place);
    return typeof found === 'object' && found !== null && 'toJSON' in found && typeof found.toJSON === 'function'
      ? found.toJSON()
      : found;
  }

  /** Gives a key another name, in its place among the others. */
  rename(place: readonly string[], from: string, to: string): void {
    const map = this.#document.getIn(place);
    if (!isMap(map)) return;
    for (const pair of map.items) {
      if (isPair(pair) && isScalar(pair.key) && pair.key.value === from) pair.key.value = to;
    }
  }

  #ensure(place: readonly string[]): void {
    for (let length = 1; length <= place.length; length += 1) {
      const path = place.slice(0, length);
      if (!isMap(this.#document.getIn(path))) this.#document.setIn(path, this.#document.createNode({}));
    }
  }

  /** Short things on one line, as packs are written by hand: a label, an attribute. */
  #node(value: unknown): unknown {
    return typeof value === 'object' && value !== null
      ? this.#document.createNode(value, { flow: JSON.stringify(value).length < 110 })
      : value;
  }
}

/** The file of a pack that holds nothing yet. */
export function emptyPack(name: string, label: Text): string {
  const edit = new PackEdit(`pack: ${name}\nversion: 0.1.0\n`);
  edit.put([], { label });
  edit.put([], { types: {} });
  return edit.text();
}

/** `Numéro de série` and `Serial number` become `serial_number`: a name of the model, from what people call it. */
export function nameFrom(label: string): string {
  const plain = label
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^[_0-9]+|_+$/g, '');
  return plain.slice(0, 40).replace(/_+$/, '');
}

/** `1.4.2` → `1.5.0`: what a change is called unless its author says otherwise. */
export function nextVersion(version: string): string {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return `${major}.${minor + 1}.0`;
}
