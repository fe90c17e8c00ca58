import {
  found,
  hasAll,
  hasAny,
  hasOnly,
  hasWord,
  isAbout,
  isOfPersons,
  isTextual,
  isValue,
  namesPerson,
  type Rule,
} from './reading.ts';
import { conceptsOf } from './tokens.ts';

const names: Rule = (field) => {
  if (!isTextual(field) || hasWord(field, 'file', 'host', 'domain', 'table', 'column', 'class', 'fichier')) return null;
  const says = (confidence: number) =>
    found('identity', confidence, 'le nom du champ dit un nom de personne', 'the field’s name says a person’s name');
  if (hasAny(field, 'firstname', 'lastname', 'maiden') && !hasAny(field, 'id')) return says(0.97);
  if (hasAll(field, 'first', 'name') || hasAll(field, 'last', 'name') || hasAll(field, 'birth', 'name'))
    return says(0.96);
  if (hasAny(field, 'middle') && (hasAny(field, 'name') || isOfPersons(field))) return says(0.9);
  if (field.table.role === 'reference' && !namesPerson(field)) return null;
  if (hasAny(field, 'full') && hasAny(field, 'name')) return says(0.93);
  if (
    hasAny(field, 'full', 'initials', 'suffix') &&
    hasOnly(field, 'full', 'initials', 'suffix', 'name') &&
    isOfPersons(field)
  )
    return says(0.8);
  if (hasAny(field, 'nickname') || hasAll(field, 'display', 'name')) return says(0.85);
  return null;
};

/** `name` alone: a person's in a table of persons, a product's in a table of products. */
const plainName: Rule = (field) => {
  if (
    !isTextual(field) ||
    !hasAny(field, 'name') ||
    hasAny(field, 'login', 'id', 'status', 'company', 'organisation', 'product', 'content', 'technical')
  )
    return null;
  const { role, confidence } = field.table;
  const isBare = hasOnly(
    field,
    'name',
    'customer',
    'employee',
    'patient',
    'user',
    'person',
    'contact',
    'profile',
    'holder',
    'full',
  );
  if (hasAny(field, 'user') && field.words.length === 2 && hasWord(field, 'user')) return null;
  if (hasAny(field, 'card') || hasAny(field, 'account', 'bank')) return null;
  if (
    namesPerson(field) &&
    isBare &&
    !(role === 'reference' && confidence > 0.8 && !hasAny(field, 'contact', 'employee', 'person'))
  ) {
    return found('identity', 0.9, 'le champ dit le nom d’une personne', 'the field says the name of a person');
  }
  if (!isBare) return null;
  const place = hasAny(field, 'address', 'city', 'region', 'country', 'place', 'department', 'job', 'type');
  if (place) return null;
  if (role === 'persons')
    return found('identity', 0.9, 'un nom, dans une table de personnes', 'a name, in a table of persons');
  const isOfMachine = field.table.words.some((word) =>
    /^(device|appareil|token|key|session|preference|consent|setting|attribute|attribut|meta|field|property|data)s?$/.test(
      word,
    ),
  );
  if (role === 'belongings' && isOfMachine) return null;
  if (role === 'belongings')
    return found(
      'identity',
      0.75,
      'un nom, dans une table de choses de personnes',
      'a name, in a table of persons’ things',
    );
  const near = field.neighbours.has('email') || field.neighbours.has('phone') || field.neighbours.has('postal');
  const isUsed = hasWord(field, 'ship', 'shipping', 'billing', 'delivery', 'bill', 'livraison', 'facturation');
  if (role === 'activity' && (near || isUsed)) {
    return found('identity', 0.75, 'un nom, à côté de coordonnées', 'a name, next to contact details');
  }
  if (role === 'reference' && confidence <= 0.5 && near && field.neighbours.has('email')) {
    return found('identity', 0.55, 'un nom, à côté d’un e-mail', 'a name, next to an e-mail');
  }
  return null;
};

const civility: Rule = (field) => {
  if (hasAny(field, 'civility') && !hasAny(field, 'id') && ['text', 'integer', 'other'].includes(field.kind)) {
    return found('identity', 0.85, 'civilité', 'a form of address');
  }
  if (
    hasWord(field, 'prefix') &&
    isTextual(field) &&
    (field.neighbours.has('firstname') || field.neighbours.has('first'))
  ) {
    return found('identity', 0.75, 'civilité, à côté d’un prénom', 'a form of address, next to a first name');
  }
  if (hasAny(field, 'gender') && !hasAny(field, 'id', 'count'))
    return found('identity', 0.9, 'sexe ou genre de la personne', 'the person’s sex or gender');
  if (hasAny(field, 'genre') && field.table.role === 'persons')
    return found('identity', 0.7, 'genre, dans une table de personnes', 'gender, in a table of persons');
  if (hasAny(field, 'nationality')) return found('identity', 0.88, 'nationalité', 'nationality');
  if (hasAny(field, 'marital') && !hasAny(field, 'id', 'name'))
    return found('family', 0.8, 'situation familiale', 'family situation');
  if (
    hasAny(field, 'signature', 'photo') &&
    (isOfPersons(field) || namesPerson(field)) &&
    field.kind !== 'boolean' &&
    field.kind !== 'integer' &&
    field.kind !== 'time' &&
    !hasAny(field, 'when', 'type')
  ) {
    return found('image', 0.78, 'signature ou image de la personne', 'a signature or a picture of the person');
  }
  const children =
    hasWord(field, 'enfant', 'enfants', 'children', 'dependents', 'child') &&
    hasAny(field, 'count', 'number', 'person') &&
    hasOnly(field, 'count', 'number', 'person');
  if (children && (field.kind === 'integer' || field.kind === 'decimal') && isOfPersons(field))
    return found('family', 0.7, 'composition de la famille', 'the make-up of the family');
  return null;
};

const civilTitle: Rule = (field) => {
  if (!hasAny(field, 'title') || !isTextual(field)) return null;
  if (hasAny(field, 'job') || hasAny(field, 'contact'))
    return found('employment', 0.85, 'intitulé de poste', 'a job title');
  if (field.table.role !== 'persons') return null;
  if (field.table.person === 'employee')
    return found('employment', 0.75, 'un titre, dans une table de salariés', 'a title, in a table of staff');
  return found('identity', 0.7, 'un titre, dans une table de personnes', 'a title, in a table of persons');
};

/** Numbers that the State, an employer or a shop gave to a person. */
const numbers: Rule = (field) => {
  if (field.kind === 'boolean' || field.kind === 'date' || field.kind === 'time') return null;
  const official = (fr: string, en: string) => found('identity', 0.93, fr, en);
  if (hasAny(field, 'nir') || hasAll(field, 'social', 'security'))
    return official('numéro de sécurité sociale', 'a social security number');
  if (hasAny(field, 'type', 'when', 'country')) return null;
  if (
    hasAny(field, 'passport', 'nationalid') ||
    hasAll(field, 'national', 'id') ||
    hasAll(field, 'national', 'number')
  ) {
    return official('numéro d’une pièce d’identité', 'the number of an identity document');
  }
  const identityPaper =
    hasAll(field, 'licence', 'number') ||
    (hasAny(field, 'licence') && hasWord(field, 'driver', 'driving', 'permis', 'conduire', 'drivers'));
  if (identityPaper && isValue(field) && !hasAny(field, 'type'))
    return official('numéro de permis', 'the number of a licence');
  const isTax = hasWord(field, 'taxvat', 'nif') || (hasAny(field, 'tax') && hasAny(field, 'number', 'id', 'code'));
  if (
    isTax &&
    isTextual(field) &&
    !hasAny(field, 'amount', 'type') &&
    (field.table.role === 'persons' || namesPerson(field))
  ) {
    return found('identity', 0.7, 'numéro fiscal', 'a tax number');
  }
  if (hasAny(field, 'siret') && isOfPersons(field))
    return found('identity', 0.7, 'numéro d’entreprise de la personne', 'the company number of the person');
  if (hasAny(field, 'plate')) return found('identity', 0.75, 'immatriculation', 'a licence plate');
  if (hasAny(field, 'matricule')) return found('identity', 0.8, 'matricule', 'a staff number');
  return null;
};

/** The number by which an organisation calls a person: kept as identity unless it is the row's own key. */
const organisationNumber: Rule = (field) => {
  if (field.field.isPrimaryKey || !isValue(field) || isAbout(field)) return null;
  if (hasAny(field, 'loyalty') && hasAny(field, 'number', 'card', 'code', 'account'))
    return found('identity', 0.88, 'numéro de fidélité', 'a loyalty number');
  const isNumber =
    hasAny(field, 'number', 'code', 'account') && !hasAny(field, 'postal', 'phone', 'bank', 'country', 'product');
  if (!isNumber || hasAny(field, 'address', 'city', 'region', 'department', 'employee')) return null;
  if (hasAny(field, 'customer', 'patient') && hasOnly(field, 'number', 'code', 'customer', 'patient', 'account')) {
    return found(
      'identity',
      0.8,
      'numéro de la personne dans l’organisation',
      'the person’s number in the organisation',
    );
  }
  if (
    field.table.role === 'persons' &&
    hasOnly(field, 'number', 'account', 'user', 'person', 'card') &&
    hasAny(field, 'account', 'user', 'person', 'number') &&
    !hasAny(field, 'count')
  ) {
    return found('identity', 0.6, 'numéro, dans une table de personnes', 'a number, in a table of persons');
  }
  return null;
};

/** `comment_author`, `vendeur`, `medecin`: a text that says who, with no other word. */
const someone: Rule = (field) => {
  if (!isTextual(field) || field.field.isPrimaryKey || field.table.role === 'reference') return null;
  if (field.length !== null && field.length < 20) return null;
  const known = field.words.every((word) => conceptsOf([word]).size > 0);
  const nouns = ['customer', 'employee', 'patient', 'person', 'holder'] as const;
  const last = conceptsOf(field.words.slice(-1));
  const isLast = nouns.some((noun) => last.has(noun));
  const isSomeone =
    known &&
    hasAny(field, ...nouns) &&
    hasOnly(field, ...nouns, 'user', ...(isLast ? (['note', 'health'] as const) : []));
  return isSomeone ? found('identity', 0.6, 'le champ dit qui', 'the field says who') : null;
};

/** `identifier` in a table of persons' identifiers; `emergency_contact`, `signed_by`: someone, by what they do. */
const named: Rule = (field) => {
  if (!isTextual(field) || field.field.isPrimaryKey || field.field.references !== null) return null;
  const isSignIn = field.neighbours.has('password');
  if (
    hasWord(field, 'identifier', 'identifiant') &&
    !isSignIn &&
    isOfPersons(field) &&
    hasOnly(field, 'id', 'login', 'patient', 'person', 'customer')
  ) {
    return found(
      'identity',
      0.65,
      'un identifiant, dans une table de personnes',
      'an identifier, in a table of persons',
    );
  }
  if (field.table.role === 'reference' || (field.length !== null && field.length < 20)) return null;
  const isContact = hasAny(field, 'contact') && hasAny(field, 'use') && hasOnly(field, 'contact');
  const isSigner = hasWord(field, 'signed', 'signe', 'signataire', 'signatory') && hasOnly(field, 'status', 'when');
  return isContact || isSigner ? found('identity', 0.65, 'le champ dit qui', 'the field says who') : null;
};

export const identityRules: readonly Rule[] = [
  names,
  civility,
  civilTitle,
  numbers,
  organisationNumber,
  plainName,
  named,
  someone,
];
