import type { Language } from '../../../kernel/index.ts';

/**
 * The standard fonts of PDF know the characters of Windows-1252: all of French and most of Western Europe. Names from
 * elsewhere lose their accents (Łukasz becomes Lukasz) rather than letters.
 */
const extras = '€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ';
const nearest: Readonly<Record<string, string>> = {
  Ł: 'L',
  ł: 'l',
  Đ: 'D',
  đ: 'd',
  ı: 'i',
  İ: 'I',
  Ħ: 'H',
  ħ: 'h',
  '→': '->',
  '≥': '>=',
  '≤': '<=',
  '✓': 'v',
  '−': '-',
  '‑': '-',
  '′': "'",
};

export function printable(text: string): string {
  let out = '';
  for (const character of text.normalize('NFC')) out += isKnown(character) ? character : replacement(character);
  return out;
}

function isKnown(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return (
    code === 0x0a || (code >= 0x20 && code <= 0x7e) || (code >= 0xa0 && code <= 0xff) || extras.includes(character)
  );
}

function replacement(character: string): string {
  const near = nearest[character];
  if (near !== undefined) return near;
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
