import type { ZodError, ZodType, z } from 'zod';
import { type Problem, Refusal, type RefusalStatus, same, type Text } from '../kernel/index.ts';

type Issue = z.core.$ZodIssue;

const said = new Map<string, Text>();

/**
 * The message of a schema, in both languages: `z.string().min(12, saying({ fr: '…', en: '…' }))`.
 * Zod carries one string, the English one; this room finds its Text again.
 */
export function saying(text: Text): string {
  said.set(text.en, text);
  return text.en;
}

/** Parses an input, or refuses with one problem for each thing wrong. `text` says what the refusal is about. */
export function parseInput<Schema extends ZodType>(
  schema: Schema,
  value: unknown,
  status: RefusalStatus,
  text: Text,
): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Refusal('input.invalid', status, text, problemsOf(parsed.error));
}

function problemsOf(error: ZodError): readonly Problem[] {
  return error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ pointer: pointerOf([...issue.path, key]), code: 'unknown', text: unknownField }))
      : [{ pointer: pointerOf(issue.path), code: issue.code, text: textOf(issue) }],
  );
}

/** A JSON pointer (RFC 6901): `/identities/0/value`. */
function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

const unknownField: Text = { fr: 'Champ inconnu.', en: 'Unknown field.' };
const missing: Text = { fr: 'Valeur nécessaire.', en: 'A value is needed.' };

function textOf(issue: Issue): Text {
  const own = said.get(issue.message);
  if (own !== undefined) return own;
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined || /received undefined/.test(issue.message) ? missing : expected(issue.expected);
    case 'too_small':
      return bound('au moins', 'at least', issue.minimum, issue.origin);
    case 'too_big':
      return bound('au plus', 'at most', issue.maximum, issue.origin);
    case 'invalid_value':
      return {
        fr: `Une de ces valeurs est attendue : ${issue.values.map(String).join(', ')}.`,
        en: `One of these values is expected: ${issue.values.map(String).join(', ')}.`,
      };
    case 'invalid_format':
      return (
        formats[issue.format] ?? { fr: 'Le format n’est pas celui attendu.', en: 'The format is not the expected one.' }
      );
    default:
      return { fr: 'Valeur refusée.', en: 'Value refused.' };
  }
}

const formats: Readonly<Record<string, Text>> = {
  email: {
    fr: 'Une adresse e-mail est attendue, telle que nom@exemple.fr.',
    en: 'An e-mail address is expected, such as name@example.org.',
  },
  url: { fr: 'Une adresse web complète est attendue.', en: 'A complete web address is expected.' },
  date: { fr: 'Une date est attendue, telle que 2026-11-22.', en: 'A date is expected, such as 2026-11-22.' },
  datetime: {
    fr: 'Un instant est attendu, tel que 2026-11-22T09:00:00Z.',
    en: 'An instant is expected, such as 2026-11-22T09:00:00Z.',
  },
  uuid: { fr: 'Un identifiant est attendu.', en: 'An id is expected.' },
};

const typeNames: Readonly<Record<string, Text>> = {
  string: { fr: 'un texte', en: 'a text' },
  number: { fr: 'un nombre', en: 'a number' },
  int: { fr: 'un nombre entier', en: 'a whole number' },
  boolean: { fr: 'vrai ou faux', en: 'true or false' },
  array: { fr: 'une liste', en: 'a list' },
  object: { fr: 'un objet', en: 'an object' },
  date: { fr: 'une date', en: 'a date' },
};

function expected(type: string): Text {
  const name = typeNames[type] ?? same(type);
  return { fr: `La valeur attendue est ${name.fr}.`, en: `The value expected is ${name.en}.` };
}

function bound(fr: string, en: string, limit: number | bigint, origin: string): Text {
  if (origin === 'string' && fr === 'au moins' && Number(limit) === 1) return missing;
  const unit =
    origin === 'string'
      ? { fr: ' caractères', en: ' characters' }
      : origin === 'array' || origin === 'set'
        ? { fr: ' éléments', en: ' items' }
        : { fr: '', en: '' };
  const number = (language: string) => new Intl.NumberFormat(language).format(limit);
  return { fr: `Il faut ${fr} ${number('fr')}${unit.fr}.`, en: `It must be ${en} ${number('en')}${unit.en}.` };
}
