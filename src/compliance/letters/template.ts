import type { Language, Problem, Text } from '../../kernel/index.ts';
import { defaultTemplatesEn } from './defaults-en.ts';
import { defaultTemplatesFr } from './defaults-fr.ts';
import type { LetterKind } from './letter.ts';
import { allowedPlaceholders, isPlaceholder, type Placeholder, requiredPlaceholders } from './placeholders.ts';

/**
 * A letter to fill in, in one language: plain text, placeholders between braces, paragraphs apart by an empty line.
 * A paragraph whose list or value is empty is left out whole, so that its heading stands in the same paragraph.
 */
export interface LetterTemplate {
  readonly subject: string;
  readonly body: string;
}

/** The template shipped for a kind of letter. */
export function defaultTemplate(kind: LetterKind, language: Language): LetterTemplate {
  return (language === 'fr' ? defaultTemplatesFr : defaultTemplatesEn)[kind];
}

/** Everything wrong with an edited template: none when it may be used. */
export function checkTemplate(kind: LetterKind, template: LetterTemplate): readonly Problem[] {
  const parts = [
    { pointer: '/subject', text: template.subject },
    { pointer: '/body', text: template.body },
  ] as const;
  const problems: Problem[] = [];
  for (const { pointer, text } of parts) {
    if (text.trim() === '') problems.push({ pointer, code: 'template.empty', text: words.empty });
    for (const { 1: name = '', index } of text.matchAll(/\{([^{}]*)\}/g)) {
      const said = (wrong: Text): Text => (pointer === '/body' ? atLine(text, index, wrong) : wrong);
      if (!isPlaceholder(name)) {
        problems.push({ pointer, code: 'template.unknown', text: said(words.unknown(name, kind)) });
      } else if (!allowedPlaceholders(kind).includes(name)) {
        problems.push({ pointer, code: 'template.not_here', text: said(words.notHere(name, kind)) });
      }
    }
    const lone = /[{}]/.exec(text.replaceAll(/\{[^{}]*\}/g, (whole) => ' '.repeat(whole.length)));
    if (lone !== null) problems.push({ pointer, code: 'template.brace', text: atLine(text, lone.index, words.brace) });
  }
  if (template.subject.includes('\n'))
    problems.push({ pointer: '/subject', code: 'template.lines', text: words.lines });
  const { names, why } = requiredPlaceholders(kind);
  for (const name of names) {
    const isNamed = template.body.includes(`{${name}}`) || template.subject.includes(`{${name}}`);
    if (!isNamed) problems.push({ pointer: '/body', code: 'template.missing', text: words.missing(name, why) });
  }
  return problems;
}

/** `Ligne 3 : …`: where in a long text. */
function atLine(text: string, index: number, wrong: Text): Text {
  const line = text.slice(0, index).split('\n').length;
  return { fr: `Ligne ${line} : ${wrong.fr}`, en: `Line ${line}: ${wrong.en}` };
}

export type PlaceholderValues = Readonly<Partial<Record<Placeholder, string>>>;

/** Fills a template that `checkTemplate` accepts. Placeholders without a value take their whole paragraph with them. */
export function fillTemplate(
  template: LetterTemplate,
  values: PlaceholderValues,
): { readonly subject: string; readonly paragraphs: readonly string[] } {
  const paragraphs = template.body
    .replaceAll('\r\n', '\n')
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '' && named(paragraph).every((name) => (values[name] ?? '') !== ''))
    .map((paragraph) => filled(paragraph, values));
  return { subject: filled(template.subject.trim(), values), paragraphs };
}

/** One pass: what a value holds is never read as a placeholder. */
function filled(text: string, values: PlaceholderValues): string {
  return text.replaceAll(/\{([a-z_]+)\}/g, (whole, name: string) =>
    isPlaceholder(name) ? (values[name] ?? '') : whole,
  );
}

function named(text: string): readonly Placeholder[] {
  return [...text.matchAll(/\{([a-z_]+)\}/g)].map(([, name = '']) => name).filter(isPlaceholder);
}

const words = {
  empty: {
    fr: 'Ce texte est vide : écrivez-le, ou reprenez le modèle fourni.',
    en: 'This text is empty: write it, or take the shipped template.',
  },
  lines: { fr: 'L’objet tient sur une ligne.', en: 'The subject is one line.' },
  brace: {
    fr: 'Une accolade est seule : les accolades n’entourent que le nom d’un champ, par exemple {request_number}.',
    en: 'A brace stands alone: braces only surround the name of a placeholder, such as {request_number}.',
  },
  unknown: (name: string, kind: LetterKind): Text => ({
    fr: `{${name}} n’est pas un champ. Champs possibles : ${list(kind)}.`,
    en: `{${name}} is not a placeholder. Possible ones: ${list(kind)}.`,
  }),
  notHere: (name: string, kind: LetterKind): Text => ({
    fr: `{${name}} n’a pas de valeur dans cette lettre. Champs possibles : ${list(kind)}.`,
    en: `{${name}} has no value in this letter. Possible ones: ${list(kind)}.`,
  }),
  missing: (name: string, why: Text): Text => ({
    fr: `Il manque {${name}} : ${why.fr}.`,
    en: `{${name}} is missing: ${why.en}.`,
  }),
} as const;

function list(kind: LetterKind): string {
  return allowedPlaceholders(kind)
    .map((name) => `{${name}}`)
    .join(', ');
}
