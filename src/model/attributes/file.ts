import { type Json, parseId, type Uuid } from '../../kernel/index.ts';
import { type AttributeType, faulty, parsed, type Value, wrongValue } from './attribute-type.ts';

export interface FileOptions {
  readonly maxBytes: number;
  /** Such as `application/pdf` and `image/*`; null: any. */
  readonly mediaTypes: readonly string[] | null;
}

/** A stored file as an attribute holds it: what lists and history say of it without asking where its bytes are. */
export interface FileValue {
  readonly id: Uuid;
  readonly name: string;
  readonly size_bytes: number;
  readonly media_type: string;
}

/**
 * One file. Its bytes are kept by the objects room, which turns the id of an upload into this value before it is parsed here
 * against the attribute's limits.
 */
export function fileType(options: FileOptions): AttributeType {
  return {
    kind: 'file',
    to: null,
    columns: [{ suffix: '', sqlType: 'jsonb' }],
    parse: (input) => {
      const value = fileOf(input);
      if (value === null) {
        return faulty(
          'not_file',
          'Un fichier est attendu : envoyez-le, puis donnez l’identifiant reçu (fil_…).',
          'A file is expected: upload it, then give the id you got (fil_…).',
        );
      }
      if (value.size_bytes > options.maxBytes) {
        const mega = options.maxBytes / 1_000_000;
        return faulty('file_too_large', `Ce fichier dépasse ${mega} Mo.`, `This file is larger than ${mega} MB.`);
      }
      if (!isAccepted(options.mediaTypes, value.media_type)) {
        const taken = options.mediaTypes?.join(', ') ?? '';
        return faulty(
          'file_type',
          `Ce fichier est de type ${value.media_type}, quel que soit son nom ; sont acceptés : ${taken}.`,
          `This file is of type ${value.media_type}, whatever its name; accepted are: ${taken}.`,
        );
      }
      return parsed(plain(value));
    },
    encode: (value) => [JSON.stringify(plain(fileOf(value) ?? wrongValue('file')))],
    decode: ([stored]) => plain(fileOf(stored) ?? wrongValue('file')),
    show: (value) => fileOf(value)?.name ?? '',
    expression: { kind: 'none' },
    control: { kind: 'file', accept: options.mediaTypes, maxBytes: options.maxBytes },
    jsonSchema: {
      description: 'a file: give the id of an upload (fil_…); read as its id, name, size and media type',
      anyOf: [{ type: 'string' }, fileSchema],
    },
    typescript:
      '{ readonly id: string; readonly name: string; readonly size_bytes: number; readonly media_type: string }',
  };
}

const fileSchema: { readonly [key: string]: Json } = {
  type: 'object',
  required: ['id', 'name', 'size_bytes', 'media_type'],
  properties: {
    id: { type: 'string' },
    name: { type: 'string' },
    size_bytes: { type: 'integer' },
    media_type: { type: 'string' },
  },
};

/** `image/*` takes every image but those that are programs: an SVG has to be named. */
export function isAccepted(taken: readonly string[] | null, mediaType: string): boolean {
  if (taken === null) return true;
  return taken.some((one) => {
    if (!one.endsWith('/*')) return one === mediaType;
    return mediaType.startsWith(one.slice(0, -1)) && mediaType !== 'image/svg+xml';
  });
}

export function fileOf(value: unknown): FileValue | null {
  if (typeof value !== 'object' || value === null) return null;
  if (!('id' in value && 'name' in value && 'size_bytes' in value && 'media_type' in value)) return null;
  const { id: text, name, size_bytes, media_type } = value;
  const id = typeof text === 'string' ? parseId('fil', text) : null;
  if (id === null || typeof name !== 'string' || typeof size_bytes !== 'number' || typeof media_type !== 'string') {
    return null;
  }
  return { id, name, size_bytes, media_type };
}

/** Always in one order: two values of the same file are written alike. */
function plain({ id, name, size_bytes, media_type }: FileValue): Value {
  return { id, name, size_bytes, media_type };
}
