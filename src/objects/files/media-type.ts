import { extname } from 'node:path';

/** What a file is by its first bytes, not by what somebody calls it. */
export interface Known {
  readonly mediaType: string;
  /** Of an image, in pixels; null when its header doesn't say. */
  readonly width: number | null;
  readonly height: number | null;
}

/** Bytes from the start that are looked at. */
export const lookedAtBytes = 65_536;

/** First bytes that only one kind of file has (WHATWG MIME Sniffing §6–7, and the formats' own specifications). */
const signatures: readonly { readonly at?: number; readonly bytes: string; readonly mediaType: string }[] = [
  { bytes: '%PDF-', mediaType: 'application/pdf' },
  { bytes: '\x89PNG\r\n\x1a\n', mediaType: 'image/png' },
  { bytes: '\xff\xd8\xff', mediaType: 'image/jpeg' },
  { bytes: 'GIF87a', mediaType: 'image/gif' },
  { bytes: 'GIF89a', mediaType: 'image/gif' },
  { at: 8, bytes: 'WEBP', mediaType: 'image/webp' },
  { at: 4, bytes: 'ftypheic', mediaType: 'image/heic' },
  { at: 4, bytes: 'ftypavif', mediaType: 'image/avif' },
  { at: 4, bytes: 'ftypM4A', mediaType: 'audio/mp4' },
  { at: 4, bytes: 'ftyp', mediaType: 'video/mp4' },
  { bytes: 'II*\0', mediaType: 'image/tiff' },
  { bytes: 'MM\0*', mediaType: 'image/tiff' },
  { bytes: 'ID3', mediaType: 'audio/mpeg' },
  { at: 8, bytes: 'WAVE', mediaType: 'audio/wav' },
  { bytes: 'OggS', mediaType: 'audio/ogg' },
  { bytes: '\x1aE\xdf\xa3', mediaType: 'video/webm' },
  { bytes: '\x1f\x8b', mediaType: 'application/gzip' },
  { bytes: '7z\xbc\xaf\x27\x1c', mediaType: 'application/x-7z-compressed' },
  { bytes: 'Rar!\x1a\x07', mediaType: 'application/vnd.rar' },
  { bytes: 'MZ', mediaType: 'application/vnd.microsoft.portable-executable' },
  { bytes: '\x7fELF', mediaType: 'application/x-elf' },
  { bytes: '{\\rtf', mediaType: 'application/rtf' },
];

/** Older office files share one container: only their name tells them apart. */
const container = '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1';
const contained: Readonly<Record<string, string>> = {
  '.doc': 'application/msword',
  '.xls': 'application/vnd.ms-excel',
  '.ppt': 'application/vnd.ms-powerpoint',
  '.msg': 'application/vnd.ms-outlook',
};

const office: readonly (readonly [string, string])[] = [
  ['word/', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['xl/', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ['ppt/', 'application/vnd.openxmlformats-officedocument.presentationml.presentation'],
];

/** Texts that nothing but their name tells apart; each is harmless under any of these names. */
const texts: Readonly<Record<string, string>> = {
  '.csv': 'text/csv',
  '.md': 'text/markdown',
  '.json': 'application/json',
  '.yaml': 'application/yaml',
  '.yml': 'application/yaml',
  '.ics': 'text/calendar',
  '.vcf': 'text/vcard',
  '.eml': 'message/rfc822',
};

/** The media type of a file whose first bytes these are. What nothing tells is `application/octet-stream`. */
export function mediaTypeOf(head: Buffer, name: string): Known {
  const mediaType = kindOf(head, extname(name).toLowerCase());
  return { mediaType, ...(sizeOf(head, mediaType) ?? { width: null, height: null }) };
}

function kindOf(head: Buffer, extension: string): string {
  const found = signatures.find(({ at = 0, bytes }) => startsAt(head, at, bytes));
  if (found !== undefined) return found.mediaType;
  if (startsAt(head, 0, 'PK\x03\x04')) return zipped(head);
  if (startsAt(head, 0, container)) return contained[extension] ?? 'application/x-ole-storage';
  const text = textOf(head);
  if (text === null) return 'application/octet-stream';
  const begin = text.trimStart().slice(0, 1000).toLowerCase();
  if (/^(<!doctype html|<html\b|<head\b|<body\b|<script\b|<iframe\b)/.test(begin)) return 'text/html';
  if (begin.startsWith('<') && /<svg[\s>]/.test(begin)) return 'image/svg+xml';
  if (begin.startsWith('<?xml')) return 'application/xml';
  return texts[extension] ?? 'text/plain';
}

function startsAt(head: Buffer, at: number, bytes: string): boolean {
  return head.subarray(at, at + bytes.length).toString('latin1') === bytes;
}

/** Documents of office suites are zips that begin with what they are (ECMA-376 part 2; OASIS ODF 1.3 part 2 §3.3). */
function zipped(head: Buffer): string {
  const nameLength = head.length < 30 ? 0 : head.readUInt16LE(26);
  const skipped = head.length < 30 ? 0 : head.readUInt16LE(28);
  const first = head.subarray(30, 30 + nameLength).toString('latin1');
  if (first === 'mimetype') {
    const kind = /^application\/[\w.+-]+/.exec(head.subarray(30 + nameLength + skipped).toString('latin1', 0, 100));
    if (kind !== null) return kind[0].replace(/PK$/, '');
  }
  const names = head.toString('latin1');
  if (!names.includes('[Content_Types].xml') && !names.includes('_rels/')) return 'application/zip';
  return office.find(([folder]) => names.includes(folder))?.[1] ?? 'application/zip';
}

/** The bytes as UTF-8 text; null when they aren't. The last character may be cut. */
function textOf(head: Buffer): string | null {
  if (head.includes(0)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
  } catch {
    // Old French texts are in windows-1252, which no byte contradicts: it is text when it has no control characters.
    return head.some(isControl) ? null : head.toString('latin1');
  }
}

/** Tabs, ends of lines and of pages are of texts; so is the escape of old terminals. */
function isControl(byte: number): boolean {
  return byte < 0x20 && ![0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x1b].includes(byte);
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Pixels, so that a page keeps the place of an image that has yet to come. */
function sizeOf(head: Buffer, mediaType: string): Size | null {
  if (mediaType === 'image/png' && head.length >= 24)
    return { width: head.readUInt32BE(16), height: head.readUInt32BE(20) };
  if (mediaType === 'image/gif' && head.length >= 10)
    return { width: head.readUInt16LE(6), height: head.readUInt16LE(8) };
  if (mediaType === 'image/jpeg') return jpegSize(head);
  if (mediaType === 'image/webp' && head.length >= 30) return webpSize(head);
  return null;
}

/** The first frame header (ITU-T T.81 §B.2.2): markers C0 to CF but C4, C8 and CC. */
function jpegSize(head: Buffer): Size | null {
  let at = 2;
  while (at + 9 < head.length && head[at] === 0xff) {
    const marker = head[at + 1] ?? 0;
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return { width: head.readUInt16BE(at + 7), height: head.readUInt16BE(at + 5) };
    at += 2 + head.readUInt16BE(at + 2);
  }
  return null;
}

/** RFC 9649 §2: extended, lossless, lossy. */
function webpSize(head: Buffer): Size | null {
  switch (head.toString('latin1', 12, 16)) {
    case 'VP8X':
      return { width: head.readUIntLE(24, 3) + 1, height: head.readUIntLE(27, 3) + 1 };
    case 'VP8L': {
      const bits = head.readUInt32LE(21);
      return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
    }
    case 'VP8 ':
      return { width: head.readUInt16LE(26) & 0x3fff, height: head.readUInt16LE(28) & 0x3fff };
    default:
      return null;
  }
}
