import type { Language } from '../../../kernel/index.ts';

/** What the fonts draw, as first and last code points: Latin, Greek and Cyrillic letters, and the signs of letters. */
const drawn: readonly (readonly [number, number])[] = [
  [0x0a, 0x0a],
  [0x20, 0x7e],
  [0xa0, 0x24f],
  [0x384, 0x3ce],
  [0x400, 0x45f],
  [0x1e00, 0x1ef9],
  [0x2010, 0x2027],
  [0x2030, 0x203a],
  [0x20ac, 0x20ac],
  [0x2190, 0x2193],
  [0x2212, 0x2212],
  [0x2260, 0x2265],
  [0x2713, 0x2713],
];

/** A letter that the fonts don't draw loses its accents rather than itself; one of another script is a question mark. */
export function printable(text: string): string {
  let out = '';
  for (const character of text.normalize('NFC')) out += isDrawn(character) ? character : replacement(character);
  return out;
}

function isDrawn(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return drawn.some(([first, last]) => first <= code && code <= last);
}

function replacement(character: string): string {
  if (/\s/u.test(character)) return character === '\u202f' || character === '\u2007' ? '\u00a0' : ' ';
  const base = character.normalize('NFD').replaceAll(/\p{M}/gu, '');
  return base !== character && base !== '' ? printable(base) : '?';
}

/** Spaces that may not end a line: before double punctuation and inside quotation marks, after `n°`, `art.` and `§`. */
export function typeset(text: string, language: Language): string {
  if (language !== 'fr') return printable(text);
  const spaced = text
    .replaceAll(/ ([:;!?»])/g, '\u00a0$1')
    .replaceAll('« ', '«\u00a0')
    .replaceAll(/(n°|art\.|§|M\.|Mme) /g, '$1\u00a0')
    .replaceAll(/(\d) (\d{3})(?!\d)/g, '$1\u00a0$2')
    .replaceAll(/(\d|1er) (?=(?:jan|f[ée]v|mars|avr|mai|juin|juil|ao[ûu]|sep|oct|nov|d[ée]c)\p{L}*)/gu, '$1\u00a0');
  return printable(spaced);
}
