import { fault } from './fault.mjs';

/**
 * Reads an evidence archive: a ZIP of a few stored files, one after the other, and nothing else. Such a ZIP is fully
 * determined by the names and contents of its files, so after a bounded reading it is written anew and compared: one
 * comparison refuses compression (and so bombs), overlaps, gaps, comments, extra fields, dates, attributes, encryption,
 * ZIP64, and any name that is not plain.
 */
const maxArchiveSizeBytes = 256 * 1024 * 1024;
const maxFiles = 64;
const localSize = 30;
const endSize = 22;
const localSignature = 0x04034b50;
const centralSignature = 0x02014b50;
const endSignature = 0x06054b50;
const versionNeeded = 20;
/** 1980-01-01, the first day that a ZIP can say. */
const fixedDate = 0x0021;

const namePattern = /^[a-z0-9][a-z0-9.-]{0,99}$/;

/** @param {Uint8Array} given @returns {Map<string, Buffer>} */
export function readArchive(given) {
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength);
  if (bytes.length > maxArchiveSizeBytes) fault('L’archive est trop grande.', 'The archive is too large.');
  if (bytes.length < endSize) fault('Ce fichier n’est pas une archive ZIP.', 'This file is not a ZIP archive.');
  const files = new Map();
  let at = 0;
  while (at + localSize <= bytes.length && bytes.readUInt32LE(at) === localSignature) {
    const { name, body, next } = readLocal(bytes, at);
    if (files.has(name)) fault(`L’archive contient deux fois ${name}.`, `The archive holds ${name} twice.`);
    if (files.size === maxFiles) fault('L’archive contient trop de fichiers.', 'The archive holds too many files.');
    files.set(name, body);
    at = next;
  }
  if (files.size === 0) fault('Ce fichier n’est pas une archive ZIP.', 'This file is not a ZIP archive.');
  if (!writeArchive(files).equals(bytes)) {
    fault(
      'L’archive n’est pas telle que Socle l’a écrite : un octet hors des fichiers a été modifié, ou elle a été réemballée.',
      'The archive is not as Socle wrote it: a byte outside the files was changed, or it was packed again.',
    );
  }
  return files;
}

function readLocal(bytes, at) {
  const method = bytes.readUInt16LE(at + 8);
  if (method !== 0) {
    fault(
      'L’archive est compressée : un dossier de preuve ne l’est jamais. Vérifiez le fichier tel qu’il a été remis.',
      'The archive is compressed: an evidence file never is. Verify the file as it was handed over.',
    );
  }
  const size = bytes.readUInt32LE(at + 22);
  const nameSize = bytes.readUInt16LE(at + 26);
  const start = at + localSize + nameSize;
  const next = start + size;
  if (next > bytes.length) fault('L’archive est tronquée.', 'The archive is cut short.');
  const name = bytes.toString('latin1', at + localSize, start);
  if (!namePattern.test(name))
    fault('L’archive contient un nom de fichier inattendu.', 'The archive holds an unexpected file name.');
  return { name, body: bytes.subarray(start, next), next };
}

/** The one archive that holds these files. @param {Map<string, Buffer>} files */
export function writeArchive(files) {
  const locals = [];
  const centrals = [];
  let offset = 0;
  for (const [name, body] of files) {
    const fields = commonFields(name, body);
    const local = Buffer.concat([uint32(localSignature), fields, Buffer.from(name, 'latin1'), body]);
    const place = Buffer.concat([uint16(0), uint16(0), uint16(0), uint32(0), uint32(offset)]);
    centrals.push(
      Buffer.concat([uint32(centralSignature), uint16(versionNeeded), fields, place, Buffer.from(name, 'latin1')]),
    );
    locals.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(centrals);
  const count = Buffer.concat([uint16(files.size), uint16(files.size)]);
  const end = [uint32(endSignature), uint32(0), count, uint32(central.length), uint32(offset), uint16(0)];
  return Buffer.concat([...locals, central, ...end]);
}

/** From the version needed to the length of the extra fields: the same in both headers. */
function commonFields(name, body) {
  return Buffer.concat([
    uint16(versionNeeded),
    uint16(0),
    uint16(0),
    uint16(0),
    uint16(fixedDate),
    uint32(crc32(body)),
    uint32(body.length),
    uint32(body.length),
    uint16(name.length),
    uint16(0),
  ]);
}

function uint16(value) {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function uint32(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

const crcTable = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value >>> 0;
});

function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = crcTable[(crc ^ byte) & 0xff] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
