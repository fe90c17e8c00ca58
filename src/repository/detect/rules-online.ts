import { found, hasAny, hasOnly, hasWord, isAbout, isOfPersons, isTextual, namesPerson, type Rule } from './reading.ts';

const trace: Rule = (field) => {
  if (field.kind === 'boolean' || field.kind === 'time' || field.kind === 'date') return null;
  if (field.kind === 'inet') return found('online', 0.93, 'adresse de réseau', 'a network address');
  const isHeld = field.table.role !== 'reference' || field.table.confidence <= 0.5;
  if (
    (hasAny(field, 'ip') || (hasWord(field, 'remote') && hasAny(field, 'address'))) &&
    (isTextual(field) || field.kind === 'integer' || field.kind === 'binary') &&
    !hasAny(field, 'type', 'count')
  )
    return found('online', isHeld ? 0.92 : 0.6, 'adresse IP', 'an IP address');
  if (hasWord(field, 'ua') || (hasAny(field, 'agent') && !isAbout(field)))
    return found('online', 0.85, 'navigateur de la personne', 'the person’s browser');
  const isBrowser = hasWord(field, 'agent') && isTextual(field) && field.neighbours.has('ip');
  if (isBrowser) return found('online', 0.8, 'navigateur de la personne', 'the person’s browser');
  if (!isHeld) return null;
  if (hasAny(field, 'cookie', 'referer') && isTextual(field))
    return found('online', 0.75, 'trace de navigation', 'a trace of browsing');
  if (
    hasAny(field, 'session', 'device') &&
    isTextual(field) &&
    hasOnly(field, 'session', 'device', 'id', 'token', 'number', 'name', 'password', 'user', 'secret') &&
    !field.field.isPrimaryKey
  ) {
    return found('online', 0.65, 'session ou appareil', 'a session or a device');
  }
  return null;
};

const account: Rule = (field) => {
  if (field.kind === 'boolean' || field.kind === 'time' || field.kind === 'date') return null;
  const isPersonal = isOfPersons(field) || field.table.role === 'activity';
  const username = isTextual(field) && hasWord(field, 'user') && hasWord(field, 'name');
  if (
    (username ||
      (hasAny(field, 'login') &&
        isTextual(field) &&
        !isAbout({ ...field, concepts: new Set([...field.concepts].filter((each) => each !== 'id')) }))) &&
    (isPersonal || namesPerson(field) || username)
  ) {
    return found('online', 0.85, 'nom de connexion', 'a sign-in name');
  }
  if (!isPersonal) return null;
  if (hasAny(field, 'password', 'secret') && (isTextual(field) || field.kind === 'binary') && !isAbout(field))
    return found('online', 0.8, 'mot de passe ou secret de la personne', 'a password or a secret of the person');
  if (hasAny(field, 'token') && isTextual(field) && isOfPersons(field))
    return found('online', 0.65, 'jeton de la personne', 'a token of the person');
  if (hasAny(field, 'network') && isTextual(field))
    return found('online', 0.8, 'compte sur un réseau', 'an account on a network');
  if (
    hasAny(field, 'website') &&
    isTextual(field) &&
    !isAbout(field) &&
    (field.table.role === 'persons' || namesPerson(field))
  ) {
    return found('online', 0.7, 'site ou lien de la personne', 'a site or link of the person');
  }
  return null;
};

const freeText: Rule = (field) => {
  if (field.table.role === 'reference' && !namesPerson(field)) return null;
  if (field.kind === 'json')
    return found(
      'free_text',
      0.55,
      'document JSON d’une ligne de personne : il peut tout contenir',
      'a JSON document in a person’s row: it may hold anything',
    );
  if (isTextual(field) && hasAny(field, 'bio', 'note') && !hasAny(field, 'id', 'code', 'when')) {
    return found('free_text', 0.8, 'texte libre sur la personne', 'free text about the person');
  }
  if (
    !isTextual(field) ||
    hasWord(field, 'error', 'erreur') ||
    isAbout({
      ...field,
      concepts: new Set([...field.concepts].filter((each) => each !== 'type' || hasWord(field, 'type'))),
    })
  )
    return null;
  const isShort = field.length !== null && field.length <= 20;
  if (isShort || hasAny(field, 'code', 'id')) return null;
  if (hasAny(field, 'message', 'subject'))
    return found('free_text', 0.7, 'texte écrit par la personne ou pour elle', 'a text written by or for the person');
  if (field.isLongText && !hasAny(field, 'code', 'status', 'type', 'technical', 'website', 'address')) {
    return found('free_text', 0.5, 'texte long d’une ligne de personne', 'a long text in a person’s row');
  }
  if (hasAny(field, 'description'))
    return found('free_text', isOfPersons(field) ? 0.65 : 0.5, 'description libre', 'a free description');
  if (hasAny(field, 'payload') && hasOnly(field, 'payload', 'user', 'customer', 'person'))
    return found('free_text', 0.55, 'valeur libre : elle peut tout contenir', 'a free value: it may hold anything');
  if (hasAny(field, 'title') && field.table.role === 'activity')
    return found('free_text', 0.5, 'titre écrit par la personne', 'a title written by the person');
  return null;
};

export const traceRules: readonly Rule[] = [trace];

export const onlineRules: readonly Rule[] = [account, freeText];
