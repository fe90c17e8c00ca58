import { Refusal } from '../../kernel/index.ts';

/** One value of a JSON file that holds many; `place` is its rank, from 1. */
export interface JsonItem {
  readonly place: number;
  readonly value: unknown;
}

/** In characters: an item beyond it is no record of a table. */
const longestItem = 10_000_000;

/**
 * The values of a JSON file: the items of its array, or values one after the other (NDJSON). Each text that comes gives the
 * items that end in it, so that a file of any size is read in the memory of one item. Refuses (422) what isn't JSON.
 */
export async function* readJsonItems(texts: AsyncIterable<string>): AsyncGenerator<readonly JsonItem[]> {
  const reader = new JsonItemReader();
  for await (const text of texts) {
    const items = reader.read(text);
    if (items.length > 0) yield items;
  }
  const rest = reader.end();
  if (rest.length > 0) yield rest;
}

class JsonItemReader {
  /** Null before the first character: whether the file is one array. */
  #isArray: boolean | null = null;
  #isOver = false;
  #depth = 0;
  #isInText = false;
  #isEscaped = false;
  #item = '';
  #place = 0;
  #items: JsonItem[] = [];

  read(text: string): readonly JsonItem[] {
    this.#items = [];
    let from = 0;
    for (let at = 0; at < text.length; at += 1) {
      const character = text.charCodeAt(at);
      if (this.#isInText) {
        if (this.#isEscaped) this.#isEscaped = false;
        else if (character === 92) this.#isEscaped = true;
        else if (character === 34) this.#isInText = false;
        continue;
      }
      switch (character) {
        case 34: // "
          this.#isInText = true;
          break;
        case 91: // [
          if (this.#isArray === null) {
            this.#isArray = true;
            from = at + 1;
          } else this.#depth += 1;
          break;
        case 123: // {
          this.#isArray ??= false;
          this.#depth += 1;
          break;
        case 93: // ]
        case 125: // }
          if (this.#depth === 0) {
            this.#end(text.slice(from, at));
            this.#isOver = true;
            from = at + 1;
          } else {
            this.#depth -= 1;
            if (this.#depth === 0 && this.#isArray === false) {
              this.#end(text.slice(from, at + 1));
              from = at + 1;
            }
          }
          break;
        case 44: // ,
          if (this.#depth === 0) {
            this.#end(text.slice(from, at));
            from = at + 1;
          }
          break;
        default:
      }
    }
    this.#item += text.slice(from);
    if (this.#item.length > longestItem) throw notJson(this.#place + 1);
    return this.#items;
  }

  end(): readonly JsonItem[] {
    this.#items = [];
    if (this.#isInText || this.#depth > 0) throw notJson(this.#place + 1);
    if (this.#isArray === true && !this.#isOver) throw notJson(this.#place + 1);
    this.#end('');
    return this.#items;
  }

  #end(last: string): void {
    const text = (this.#item + last).trim();
    this.#item = '';
    if (text === '') return;
    this.#place += 1;
    if (this.#isOver) throw notJson(this.#place);
    try {
      this.#items.push({ place: this.#place, value: JSON.parse(text) });
    } catch {
      throw notJson(this.#place);
    }
  }
}

function notJson(place: number): Refusal {
  return new Refusal('json.malformed', 422, {
    fr: `Élément ${place} : ce n’est pas du JSON ; la suite ne peut pas être lue. Corrigez-le, puis renvoyez le fichier.`,
    en: `Item ${place}: this is not JSON; what follows can’t be read. Mend it, then send the file again.`,
  });
}
