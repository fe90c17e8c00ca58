import { Refusal } from '../kernel/index.ts';
import { words } from './words.ts';

/** One part of a form as it comes (RFC 7578): a field, or a file with its bytes still on their way. */
export interface Part {
  readonly name: string;
  /** Null for a field. Empty when a file control was left empty. */
  readonly fileName: string | null;
  /** What the sender says it is; empty when it doesn't. */
  readonly mediaType: string;
  /** To be read before the next part is asked for; what is left unread is skipped. */
  readonly bytes: AsyncIterable<Uint8Array>;
}

const headersLimitBytes = 16_384;

/**
 * The parts of a `multipart/form-data` body, in the order they were sent, never holding more than a piece of one. Refuses (400)
 * what is not well formed, or ends before its end.
 */
export async function* readMultipart(body: AsyncIterable<Uint8Array>, boundary: string): AsyncGenerator<Part> {
  const source = new Source(body);
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  for await (const _preamble of source.until(delimiter));
  while (!(await source.takes('--'))) {
    const { name, fileName, mediaType } = headersOf(await source.text('\r\n\r\n', headersLimitBytes));
    const bytes = source.until(delimiter);
    yield { name, fileName, mediaType, bytes };
    for await (const _unread of bytes);
  }
}

/** The boundary that the content type names (RFC 2046 §5.1.1); null when it names none. */
export function boundaryOf(contentType: string): string | null {
  const found = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;]{1,70}))/i.exec(contentType);
  return found?.[1] ?? found?.[2] ?? null;
}

class Source {
  readonly #pieces: AsyncIterator<Uint8Array>;
  // As if a line had ended before the first boundary: it is found like the others.
  #held: Buffer = Buffer.from('\r\n');

  constructor(body: AsyncIterable<Uint8Array>) {
    this.#pieces = body[Symbol.asyncIterator]();
  }

  /** The bytes up to the mark, which is taken away. */
  async *until(mark: Buffer): AsyncGenerator<Uint8Array> {
    for (;;) {
      const at = this.#held.indexOf(mark);
      // What may be the beginning of the mark waits for the rest.
      const sure = at === -1 ? this.#held.length - mark.length + 1 : at;
      if (sure > 0) {
        const piece = this.#held.subarray(0, sure);
        this.#held = this.#held.subarray(sure);
        yield piece;
      }
      if (at !== -1) {
        this.#held = this.#held.subarray(mark.length);
        return;
      }
      await this.#more();
    }
  }

  async text(mark: string, limitBytes: number): Promise<string> {
    for (;;) {
      const at = this.#held.indexOf(mark);
      if (at !== -1) {
        const text = this.#held.subarray(0, at).toString('utf8');
        this.#held = this.#held.subarray(at + mark.length);
        return text;
      }
      if (this.#held.length > limitBytes) throw malformed();
      await this.#more();
    }
  }

  /** Whether these two characters come next; they are taken away if so. */
  async takes(two: string): Promise<boolean> {
    while (this.#held.length < two.length) await this.#more();
    if (this.#held.subarray(0, two.length).toString('latin1') !== two) return false;
    this.#held = this.#held.subarray(two.length);
    return true;
  }

  async #more(): Promise<void> {
    const step = await this.#pieces.next();
    if (step.done === true) throw malformed();
    this.#held = this.#held.length === 0 ? Buffer.from(step.value) : Buffer.concat([this.#held, step.value]);
  }
}

function headersOf(text: string): Pick<Part, 'name' | 'fileName' | 'mediaType'> {
  const header = (name: string): string => new RegExp(`^${name}:[ \\t]*(.*)$`, 'im').exec(text)?.[1]?.trim() ?? '';
  const disposition = header('content-disposition');
  const name = parameter(disposition, 'name');
  if (!/^form-data\b/i.test(disposition) || name === null) throw malformed();
  const mediaType = header('content-type').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return { name, fileName: parameter(disposition, 'filename'), mediaType };
}

/** Browsers write quotes and line ends of names as %22, %0D and %0A (WHATWG HTML, multipart/form-data encoding). */
function parameter(disposition: string, name: string): string | null {
  const found = new RegExp(`;\\s*${name}="([^"]*)"`, 'i').exec(disposition)?.[1];
  return found === undefined ? null : found.replace(/%22/g, '"').replace(/%0[DA]/gi, ' ');
}

function malformed(): Refusal {
  return new Refusal('body.malformed', 400, words.malformedForm);
}
