import type { Column } from './catalogue.ts';
import { keyWords, wordList, wordsOf } from './names.ts';

const markWords = wordList('version rowversion revision checksum digest etag flags mask bitmap');

/** Longest key that is written as bytes: a digest of 512 bits. */
const longestKey = 64;

/**
 * Whether bytes are something that was put there (a portrait, a scan, a letter) rather than a key, a version or a mark of
 * the application.
 */
export function isContent({ name, baseType }: Column): boolean {
  const [, type = '', length = ''] = /^(\w+)\s*\((\d+)\)/.exec(baseType.toLowerCase()) ?? [];
  if (type === 'bit' || (type.endsWith('binary') && Number(length) <= longestKey)) return false;
  return !wordsOf(name).some((word) => keyWords.has(word) || markWords.has(word));
}
