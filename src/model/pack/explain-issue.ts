import type { z } from 'zod';
import { attributeKinds } from '../attributes/attribute-type.ts';
import { viewSchemas } from '../views/view-schema.ts';
import { keysAt } from './known-keys.ts';
import { laterViews } from './later.ts';
import { type Finding, finding, type Path, suggestion } from './pack-problem.ts';

type Issue = z.core.$ZodIssue;

/** The schema's issues in words that say what to do, each with its path in the file. */
export function explainIssue(issue: Issue, pack: unknown): readonly Finding[] {
  const path = issue.path.filter((part) => typeof part !== 'symbol');
  const value = valueAt(pack, path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(path, key, value));
    case 'invalid_key':
      return [badName(path)];
    case 'invalid_union':
      return (
        likeliest(issue, value)?.flatMap((one) =>
          explainIssue({ ...one, path: [...issue.path, ...one.path] }, pack),
        ) ?? [badUnion(path, value)]
      );
    case 'invalid_value':
      return [badChoice(path, value, issue.values.map(String))];
    case 'invalid_format':
      return [badFormat(path, value)];
    case 'too_small':
    case 'too_big':
      return [badSize(path, value, issue)];
    case 'invalid_type':
      return [value === undefined ? missing(path) : wrongType(path, issue.expected)];
    default:
      return [
        finding(path, 'value', 'invalid', 'Cette valeur n’est pas acceptée ici.', 'This value is not accepted here.'),
      ];
  }
}

/** Of several forms, the one that was meant: what is wrong inside it says more than that none fits. */
function likeliest(issue: Issue & { readonly code: 'invalid_union' }, value: unknown): readonly Issue[] | null {
  const isMeant = (form: readonly Issue[]): boolean =>
    !form.some((one) => one.code === 'invalid_type' && one.path.length === 0);
  if (typeof value !== 'object' || value === null) return null;
  // A constraint says `unique` or `if`: the form that doesn't know the key isn't meant.
  const knows = (form: readonly Issue[]): boolean =>
    !form.some((one) => one.code === 'unrecognized_keys' && one.keys.some((key) => key === 'unique' || key === 'if'));
  return issue.errors.find((form) => isMeant(form) && knows(form)) ?? issue.errors.find(isMeant) ?? null;
}

export function valueAt(root: unknown, path: Path): unknown {
  let value = root;
  for (const part of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Reflect.get(value, part);
  }
  return value;
}

export function laterFinding(path: Path, at: 'key' | 'value', word: string): Finding {
  return finding(
    path,
    at,
    'later_version',
    `« ${word} » viendra avec une prochaine version du moteur de modèle : retirez-le pour l’instant.`,
    `“${word}” comes with a later version of the model engine: remove it for now.`,
  );
}

function unknownKey(path: Path, key: string, value: unknown): Finding {
  const place = keysAt(path, value);
  if (place.later.includes(key)) return laterFinding([...path, key], 'key', key);
  const hint = suggestion(key, place.known);
  return finding(
    [...path, key],
    'key',
    'unknown_key',
    `Clé inconnue « ${key} ».${hint.fr}`,
    `Unknown key “${key}”.${hint.en}`,
  );
}

function badName(path: Path): Finding {
  const key = String(path.at(-1));
  return finding(
    path,
    'key',
    'bad_name',
    `« ${key} » n’est pas un nom : minuscules, chiffres et _, en commençant par une lettre, 40 au plus.`,
    `“${key}” isn’t a name: lower-case letters, digits and _, beginning with a letter, at most 40.`,
  );
}

function badUnion(path: Path, value: unknown): Finding {
  const isAttribute = path[0] === 'types' && path[2] === 'attributes' && path.length === 5 && path[4] === 'type';
  const kind = isAttribute ? value : valueAt(value, ['type']);
  if (path[0] === 'types' && path[2] === 'attributes' && (isAttribute || path.length === 4)) {
    const place = isAttribute ? path : [...path, 'type'];
    if (typeof kind !== 'string') {
      return finding(
        path,
        'key',
        'missing_type',
        'Cet attribut n’a pas de type : ajoutez « type: text », par exemple.',
        'This attribute has no type: add “type: text”, for instance.',
      );
    }
    if (kind === 'computed' || kind === 'rollup') {
      return finding(
        place,
        'value',
        'type_of_result',
        `Donnez le type du résultat, et « ${kind}: … » à côté : « type: money, ${kind}: … ».`,
        `Give the type of the result, and “${kind}: …” beside it: “type: money, ${kind}: …”.`,
      );
    }
    const hint = suggestion(kind, [...attributeKinds, 'children']);
    return finding(
      place,
      'value',
      'unknown_type',
      `Type d’attribut inconnu « ${kind} ».${hint.fr}`,
      `Unknown attribute type “${kind}”.${hint.en}`,
    );
  }
  if (path[0] === 'views') return badView(path, value);
  if (value === undefined) return missing(path);
  if (path.at(-1) === 'to' || path.at(-1) === 'from' || path.at(-1) === 'not_by') {
    return finding(
      path,
      'value',
      'not_names',
      'Un nom, ou une liste de noms, est attendu.',
      'A name, or a list of names, is expected.',
    );
  }
  return finding(path, 'value', 'invalid', 'Un nombre exact est attendu.', 'An exact number is expected.');
}

function badView(path: Path, value: unknown): Finding {
  if (path.at(-1) === 'kind') {
    if (typeof value !== 'string') return missing(path);
    if (laterViews.includes(value)) return laterFinding(path, 'value', `kind: ${value}`);
    const hint = suggestion(value, Object.keys(viewSchemas));
    return finding(
      path,
      'value',
      'unknown_kind',
      `Sorte de vue inconnue « ${value} ».${hint.fr}`,
      `Unknown kind of view “${value}”.${hint.en}`,
    );
  }
  if (value === undefined) return missing(path);
  const fr =
    path.at(-1) === 'measure' ? '« count » ou « { sum: attribut } »' : 'Un attribut, ou « { attribute: …, per: … } »';
  const en =
    path.at(-1) === 'measure' ? '“count” or “{ sum: attribute }”' : 'An attribute, or “{ attribute: …, per: … }”';
  return finding(path, 'value', 'invalid', `${fr} est attendu ici.`, `${en} is expected here.`);
}

function badChoice(path: Path, value: unknown, known: readonly string[]): Finding {
  if (value === undefined) return missing(path);
  const word = typeof value === 'string' ? value : JSON.stringify(value);
  const hint = suggestion(word, known);
  return finding(
    path,
    'value',
    'unknown_value',
    `Valeur inconnue « ${word} ».${hint.fr}`,
    `Unknown value “${word}”.${hint.en}`,
  );
}

function badFormat(path: Path, value: unknown): Finding {
  const word = String(value);
  if (path.length === 1 && path[0] === 'version') {
    return finding(
      path,
      'value',
      'bad_version',
      `« ${word} » n’est pas une version : trois nombres, comme 1.0.0.`,
      `“${word}” isn’t a version: three numbers, such as 1.0.0.`,
    );
  }
  return { ...badName([...path.slice(0, -1), word]), path, at: 'value' };
}

function badSize(path: Path, value: unknown, issue: Issue & { code: 'too_small' | 'too_big' }): Finding {
  if (issue.code === 'too_small' && (value === '' || (Array.isArray(value) && value.length === 0))) {
    return finding(
      path,
      'value',
      'empty',
      'Cette valeur est vide : remplissez-la ou retirez la clé.',
      'This value is empty: fill it or remove the key.',
    );
  }
  return issue.code === 'too_small'
    ? finding(path, 'value', 'too_small', `Au moins ${issue.minimum}.`, `At least ${issue.minimum}.`)
    : finding(path, 'value', 'too_large', `Au plus ${issue.maximum}.`, `At most ${issue.maximum}.`);
}

const languageNames = { fr: { fr: 'français', en: 'French' }, en: { fr: 'anglais', en: 'English' } } as const;

function missing(path: Path): Finding {
  const key = String(path.at(-1));
  if (key === 'fr' || key === 'en') {
    const language = languageNames[key];
    return finding(
      path,
      'key',
      'missing_language',
      `Il manque le texte en ${language.fr} : ajoutez « ${key}: … ».`,
      `The text in ${language.en} is missing: add “${key}: …”.`,
    );
  }
  return finding(path, 'key', 'missing_key', `Il manque « ${key} ».`, `“${key}” is missing.`);
}

const kinds: Readonly<Record<string, { readonly fr: string; readonly en: string }>> = {
  string: { fr: 'un texte', en: 'a text' },
  number: { fr: 'un nombre', en: 'a number' },
  int: { fr: 'un nombre entier', en: 'a whole number' },
  boolean: { fr: 'true ou false', en: 'true or false' },
  array: { fr: 'une liste', en: 'a list' },
  object: { fr: 'un groupe de clés', en: 'a group of keys' },
  record: { fr: 'un groupe de clés', en: 'a group of keys' },
};

function wrongType(path: Path, expected: string): Finding {
  const isText = ['label', 'plural', 'definition', 'help'].includes(String(path.at(-1))) && expected === 'object';
  const what = isText ? { fr: '{ fr: …, en: … }', en: '{ fr: …, en: … }' } : kinds[expected];
  return finding(
    path,
    'value',
    'wrong_kind',
    `${what?.fr ?? 'une autre valeur'} est attendu ici.`.replace(/^./, (first) => first.toUpperCase()),
    `${what?.en ?? 'another value'} is expected here.`.replace(/^./, (first) => first.toUpperCase()),
  );
}
