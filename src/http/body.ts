import { type Problem, Refusal } from '../kernel/index.ts';
import { boundaryOf, readMultipart } from './multipart.ts';
import { tooLarge, unsupportedType, words } from './words.ts';

/** Bodies of this size and more are refused (413), unless a route says otherwise. */
export const bodyLimitBytes = 10_000_000;
/** Forms are typed by people. */
export const formLimitBytes = 1_000_000;

/** The media type of a request, without parameters, lower-cased; empty when absent. */
export function mediaType(request: Request): string {
  return (request.headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/** Refuses (415) another media type than those taken. `application/json` also takes `application/x+json`; any is taken by all. */
export function expectType(request: Request, taken: readonly string[]): void {
  const type = mediaType(request);
  const isJson = /^application\/([\w.-]+\+)?json$/.test(type);
  if (taken.includes('*/*') || taken.includes(type) || (isJson && taken.includes('application/json'))) return;
  throw new Refusal('body.unsupported_type', 415, unsupportedType(taken));
}

/**
 * The body as it comes, cut off with a refusal (413) as soon as it is known to be too large: by its announced length
 * before a byte is read, else when the limit is passed. Nothing is buffered here.
 */
export async function* limitedBody(request: Request, limitBytes: number): AsyncGenerator<Uint8Array> {
  if (Number(request.headers.get('content-length') ?? 0) >= limitBytes) throw refusedSize(limitBytes);
  if (request.body === null) return;
  const reader = request.body.getReader();
  let size = 0;
  try {
    for (let step = await reader.read(); !step.done; step = await reader.read()) {
      size += step.value.byteLength;
      if (size >= limitBytes) throw refusedSize(limitBytes);
      yield step.value;
    }
  } finally {
    // Neither cancelled nor closed: the refusal must reach a caller who is still sending. The adapter lets some of the
    // rest flow away unread, then cuts the connection.
    reader.releaseLock();
  }
}

function refusedSize(limitBytes: number): Refusal {
  return new Refusal('body.too_large', 413, tooLarge(limitBytes));
}

export async function readBytes(request: Request, limitBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of limitedBody(request, limitBytes)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

export function parseJson(bytes: Buffer): unknown {
  if (bytes.length === 0) throw new Refusal('body.missing', 400, words.missingBody);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new Refusal('body.malformed', 400, words.malformedJson);
  }
}

export interface Form {
  /** Fields that have a value: one as it is, several of the same name as a list. Files are `File` values. */
  readonly values: Readonly<Record<string, FormField | readonly FormField[]>>;
  /** What was typed, to show it again; several values of one name stand one a line. */
  readonly typed: Readonly<Record<string, string>>;
  readonly csrf: string | null;
  readonly key: string | null;
  /** What was refused of its files, by field. */
  readonly problems: readonly Problem[];
  /** Of the files that were taken, by what stands for them. */
  readonly digests: ReadonlyMap<string, string>;
}

/** A file of a form, its bytes on their way. */
export interface IncomingFile {
  readonly name: string;
  /** What the sender says it is; empty when it doesn't. */
  readonly mediaType: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

export interface TakenFile {
  /** What stands for it among the form's values. */
  readonly value: string;
  /** SHA-256, hexadecimal: the same form sent twice is known by it. */
  readonly digest: string;
}

/** Where the bytes of a form's files go as they come. */
export interface FileTaking {
  /** Of the whole form. */
  readonly limitBytes: number;
  /** Called before the first file, with the form's token: it must stand before every file. Throws to stop. */
  begin(csrf: string | null): void;
  /** A refusal becomes a problem of its field. */
  take(file: IncomingFile): Promise<TakenFile>;
}

type FormField = string | File;

const formTypes = ['application/x-www-form-urlencoded', 'multipart/form-data'];

/** Reads a form. A field left empty is absent, so that "optional" and "required" mean what people see. */
export async function readForm(request: Request, files: FileTaking | null = null): Promise<Form> {
  expectType(request, formTypes);
  if (files !== null && mediaType(request) === 'multipart/form-data') return readFormWithFiles(request, files);
  const isMultipart = mediaType(request) === 'multipart/form-data';
  const bytes = await readBytes(request, isMultipart ? bodyLimitBytes : formLimitBytes);
  return formOf(await entriesOf(request, bytes, isMultipart));
}

async function entriesOf(
  request: Request,
  bytes: Buffer,
  isMultipart: boolean,
): Promise<Iterable<[string, FormField]>> {
  if (!isMultipart) return new URLSearchParams(bytes.toString('utf8'));
  try {
    const headers = { 'content-type': request.headers.get('content-type') ?? '' };
    return await new Response(bytes, { headers }).formData();
  } catch {
    throw new Refusal('body.malformed', 400, words.malformedForm);
  }
}

/** Files go where they are kept, piece by piece; only what people typed is held. */
async function readFormWithFiles(request: Request, files: FileTaking): Promise<Form> {
  const boundary = boundaryOf(request.headers.get('content-type') ?? '');
  if (boundary === null) throw new Refusal('body.malformed', 400, words.malformedForm);
  const entries: [string, string][] = [];
  const problems: Problem[] = [];
  const digests = new Map<string, string>();
  let typedBytes = 0;
  let hasBegun = false;
  for await (const part of readMultipart(limitedBody(request, files.limitBytes), boundary)) {
    const { name, fileName, mediaType: type, bytes } = part;
    if (fileName === null) {
      const chunks: Uint8Array[] = [];
      for await (const chunk of bytes) {
        typedBytes += chunk.byteLength;
        if (typedBytes > formLimitBytes) throw refusedSize(formLimitBytes);
        chunks.push(chunk);
      }
      entries.push([name, Buffer.concat(chunks).toString('utf8')]);
    } else if (fileName !== '') {
      if (!hasBegun) files.begin(entries.find(([each]) => each === 'csrf')?.[1] ?? null);
      hasBegun = true;
      try {
        const taken = await files.take({ name: fileName, mediaType: type, bytes });
        entries.push([name, taken.value]);
        digests.set(taken.value, taken.digest);
      } catch (error) {
        if (!(error instanceof Refusal) || error.code === 'body.too_large') throw error;
        problems.push({ pointer: `/${name.replaceAll('.', '/')}`, code: error.code, text: error.text });
      }
    }
  }
  return { ...formOf(entries), problems, digests };
}

function formOf(entries: Iterable<[string, FormField]>): Form {
  const values = new Map<string, FormField | FormField[]>();
  const typed = new Map<string, string>();
  for (const [name, value] of entries) {
    if (typeof value === 'string') typed.set(name, typed.has(name) ? `${typed.get(name)}\n${value}` : value);
    if (typeof value === 'string' ? value === '' : value.size === 0) continue;
    const before = values.get(name);
    values.set(name, before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value]);
  }
  const csrf = typed.get('csrf') ?? null;
  const key = typed.get('_key') ?? null;
  for (const name of ['csrf', '_key']) {
    values.delete(name);
    typed.delete(name);
  }
  // Object.fromEntries defines own properties: a field named __proto__ stays a field.
  return {
    values: Object.fromEntries(values),
    typed: Object.fromEntries(typed),
    csrf,
    key,
    problems: [],
    digests: new Map(),
  };
}
