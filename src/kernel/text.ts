/**
 * Words a person sees, always in both languages: a string that lacks one does not compile.
 * A text with values in it is a function that returns a Text, so that each language can place and
 * inflect them its own way:
 *
 *   const late = (days: number): Text => ({ fr: `${days} j de retard`, en: `${days} d late` });
 */
export interface Text {
  readonly fr: string;
  readonly en: string;
}

export const languages = ['fr', 'en'] as const;
export type Language = (typeof languages)[number];

export function isLanguage(value: unknown): value is Language {
  return value === 'fr' || value === 'en';
}

/** The same word in both languages: names of products, codes, values. */
export function same(value: string): Text {
  return { fr: value, en: value };
}

/** `2 demandes`, `1 request`: French counts zero as singular, English doesn't. */
export function counted(count: number, one: Text, many: Text): Text {
  const pick = (language: Language): string => {
    const isOne = new Intl.PluralRules(language).select(count) === 'one';
    return `${new Intl.NumberFormat(language).format(count)} ${(isOne ? one : many)[language]}`;
  };
  return { fr: pick('fr'), en: pick('en') };
}

/** Joins texts language by language. */
export function joined(texts: readonly Text[], separator = ' '): Text {
  return {
    fr: texts.map((text) => text.fr).join(separator),
    en: texts.map((text) => text.en).join(separator),
  };
}

/**
 * A text in one language, as it is set: French keeps `; : ! ? »` on the line of the word before, and `«` on that of the
 * word after, by a space that doesn't break.
 */
export function typeset(text: Text, language: Language): string {
  const words = text[language];
  return language === 'fr' ? words.replaceAll(/ (?=[;:!?»])|(?<=«) /g, '\u00a0') : words;
}
