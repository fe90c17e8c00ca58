import type { Text } from '../../kernel/index.ts';
import { type AttributeType, faulty, parsed, textOf, textStorage } from './attribute-type.ts';

export const identifierSchemes = ['siren', 'siret', 'iban', 'gtin'] as const;
export type IdentifierScheme = (typeof identifierSchemes)[number];

interface Scheme {
  readonly isValid: (value: string) => boolean;
  /** How a person reads it. */
  readonly grouped: (value: string) => string;
  readonly expected: Text;
}

const schemes: Readonly<Record<IdentifierScheme, Scheme>> = {
  siren: {
    isValid: (value) => /^\d{9}$/.test(value) && isLuhn(value),
    grouped: inGroups(3),
    expected: { fr: 'Un SIREN a 9 chiffres, dont une clé.', en: 'A SIREN has 9 digits with a check digit.' },
  },
  siret: {
    isValid: isSiret,
    grouped: (value) => `${inGroups(3)(value.slice(0, 9))} ${value.slice(9)}`,
    expected: { fr: 'Un SIRET a 14 chiffres, dont une clé.', en: 'A SIRET has 14 digits with a check digit.' },
  },
  iban: {
    isValid: isIban,
    grouped: inGroups(4),
    expected: {
      fr: 'Cet IBAN n’est pas valable : vérifiez chaque caractère.',
      en: 'This IBAN isn’t valid: check each character.',
    },
  },
  gtin: {
    isValid: (value) => /^(?:\d{8}|\d{12,14})$/.test(value) && isGtin(value),
    grouped: (value) => value,
    expected: {
      fr: 'Un GTIN a 8, 12, 13 ou 14 chiffres, dont une clé.',
      en: 'A GTIN has 8, 12, 13 or 14 digits with a check digit.',
    },
  },
};

export function identifierType(name: IdentifierScheme): AttributeType {
  const scheme = schemes[name];
  return {
    ...textStorage,
    kind: 'identifier',
    parse: (input) => {
      const compact = typeof input === 'string' ? input.replace(/[\s.\u00a0\u202f-]/g, '').toUpperCase() : '';
      return scheme.isValid(compact) ? parsed(compact) : faulty(`not_${name}`, scheme.expected.fr, scheme.expected.en);
    },
    show: (value) => scheme.grouped(textOf(value)),
    control: { kind: 'line', inputType: 'text' },
    jsonSchema: { type: 'string', description: name.toUpperCase() },
  };
}

function inGroups(size: number): (value: string) => string {
  return (value) => value.replace(new RegExp(`.{${size}}(?=.)`, 'g'), '$& ');
}

/** ISO/IEC 7812-1 annex B. */
export function isLuhn(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const digit = Number(digits.charAt(digits.length - 1 - place));
    const doubled = place % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** La Poste's establishments (SIREN 356 000 000) have no Luhn key of their own: the sum of the digits is a multiple of 5. */
function isSiret(value: string): boolean {
  if (!/^\d{14}$/.test(value)) return false;
  if (isLuhn(value)) return true;
  return value.startsWith('356000000') && [...value].reduce((sum, digit) => sum + Number(digit), 0) % 5 === 0;
}

/** ISO 13616: the number, its first four characters moved to the end and letters as 10–35, is 1 modulo 97. */
export function isIban(value: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(value)) return false;
  const moved = value.slice(4) + value.slice(0, 4);
  let rest = 0;
  for (const character of moved) {
    for (const digit of Number.parseInt(character, 36).toString()) rest = (rest * 10 + Number(digit)) % 97;
  }
  return rest === 1;
}

/** GS1 General Specifications §7.9: weights 3 and 1 from the right, check digit last. */
function isGtin(value: string): boolean {
  const sum = [...value]
    .reverse()
    .reduce((total, digit, place) => total + Number(digit) * (place % 2 === 1 ? 3 : 1), 0);
  return sum % 10 === 0;
}
