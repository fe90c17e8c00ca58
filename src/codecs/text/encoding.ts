/** Encodings of text files that people's tools write. `windows-1252` holds all of Latin-1 that can be seen. */
export const encodings = ['utf-8', 'windows-1252', 'utf-16le', 'utf-16be'] as const;
export type Encoding = (typeof encodings)[number];

/**
 * Finds the encoding of a file from its bytes as they pass, the whole of it: a byte order mark says it; else what is not
 * well-formed UTF-8 anywhere is Windows-1252, which any bytes are.
 *
 *   const detector = new EncodingDetector(); for (…) detector.add(chunk); detector.end();
 */
export class EncodingDetector {
  #marked: Encoding | null = null;
  #isUtf8 = true;
  #isFirst = true;
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });

  add(chunk: Uint8Array): void {
    if (this.#isFirst && chunk.length > 0) {
      this.#isFirst = false;
      if (chunk[0] === 0xff && chunk[1] === 0xfe) this.#marked = 'utf-16le';
      if (chunk[0] === 0xfe && chunk[1] === 0xff) this.#marked = 'utf-16be';
    }
    if (this.#isUtf8 && this.#marked === null) this.#try(() => this.#decoder.decode(chunk, { stream: true }));
  }

  end(): Encoding {
    if (this.#marked !== null) return this.#marked;
    if (this.#isUtf8) this.#try(() => this.#decoder.decode());
    return this.#isUtf8 ? 'utf-8' : 'windows-1252';
  }

  #try(decode: () => unknown): void {
    try {
      decode();
    } catch {
      this.#isUtf8 = false;
    }
  }
}

/** Texts of a file's bytes, as they come; a byte order mark is left out. */
export async function* decoded(bytes: AsyncIterable<Uint8Array>, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of bytes) {
    const text = decoder.decode(chunk, { stream: true });
    if (text !== '') yield text;
  }
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}
