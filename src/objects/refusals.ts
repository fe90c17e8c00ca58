import { type Problem, Refusal, type Text } from '../kernel/index.ts';
import { type Model, nearest, type TypeModel, typeOf } from '../model/index.ts';

/** The type of that name, or a 404 that suggests the nearest one. */
export function expectType(model: Model, name: string): TypeModel {
  const type = typeOf(model, name);
  if (type !== null) return type;
  const close = nearest(name, model.types.keys());
  throw new Refusal('object.unknown_type', 404, {
    fr: `Aucun type d’objet ne s’appelle « ${name} ».${close === null ? '' : ` Vouliez-vous dire « ${close} » ?`}`,
    en: `No type of object is called “${name}”.${close === null ? '' : ` Did you mean “${close}”?`}`,
  });
}

export function notFound(type: TypeModel): Refusal {
  return new Refusal('object.not_found', 404, {
    fr: `${type.label.fr} introuvable : l’objet n’existe pas, ou n’est pas dans votre périmètre.`,
    en: `${type.label.en} not found: the object does not exist, or is outside of your perimeter.`,
  });
}

export function forbidden(text: Text): Refusal {
  return new Refusal('object.forbidden', 403, text);
}

export function conflict(present: number): Refusal {
  return new Refusal('version.conflict', 412, {
    fr: `Quelqu’un d’autre a modifié cet objet entre-temps (version ${present}) ; rien de votre envoi n’a été enregistré. Relisez-le, puis recommencez.`,
    en: `Somebody else changed this object meanwhile (version ${present}); nothing of yours was saved. Read it again, then try once more.`,
  });
}

/** Everything that is wrong with what was given, at once. */
export function invalid(type: TypeModel, problems: readonly Problem[]): Refusal {
  const list = (language: 'fr' | 'en'): string => problems.map((problem) => problem.text[language]).join(' ');
  return new Refusal(
    'object.invalid',
    422,
    {
      fr: `${type.label.fr} : rien n’a été enregistré. ${list('fr')}`,
      en: `${type.label.en}: nothing was saved. ${list('en')}`,
    },
    problems,
  );
}

export function problem(name: string, code: string, text: Text): Problem {
  return { pointer: `/values/${name}`, code, text };
}

/**
 * Runs a query that holds somebody's expression. PostgreSQL's data exceptions (class 22: a date beyond the calendar, more digits
 * than a number keeps) become a refusal that says whose fault it is: nothing was read nor changed.
 */
export async function calculated<T>(run: Promise<T>): Promise<T> {
  try {
    return await run;
  } catch (error) {
    throw isDataException(error) ? beyondRange() : error;
  }
}

export function isDataException(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('22');
}

function beyondRange(): Refusal {
  return new Refusal('expression.out_of_range', 422, {
    fr: 'Une expression donne ici une date ou un nombre hors de ce qui peut être calculé. Rien n’a changé ; vérifiez le filtre ou les valeurs sur lesquelles elle porte.',
    en: 'An expression gives a date or a number here beyond what can be calculated. Nothing has changed; check the filter, or the values it stands on.',
  });
}
