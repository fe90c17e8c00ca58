import {
  type FieldReading,
  type Finding,
  found,
  hasAny,
  hasWord,
  isOfPersons,
  isTextual,
  type Rule,
} from './reading.ts';
import { contactRules } from './rules-contact.ts';
import { identityRules } from './rules-identity.ts';
import { lifeRules } from './rules-life.ts';
import { onlineRules, traceRules } from './rules-online.ts';

/** A key that the schema declares, or that ends in `_id`: kept, so that rows go on holding together. */
const key: Rule = (field) => {
  const { isPrimaryKey, references } = field.field;
  if (field.isImpliedReference && !hasAny(field, 'email')) {
    return found(
      'technical',
      0.85,
      'le nom et le type disent la clé d’une autre table',
      'the name and type say the key of another table',
    );
  }
  if (references !== null) return found('technical', 0.95, 'clé étrangère', 'a foreign key');
  if (isPrimaryKey && !isTextual(field)) return found('technical', 0.95, 'clé de la table', 'the table’s key');
  if (field.kind === 'uuid') return found('technical', 0.85, 'identifiant technique', 'a technical identifier');
  const bare = field.words.every((word) => ['id', 'uuid', 'guid', 'uid', 'oid', 'rowid', 'pk', 'key'].includes(word));
  if (bare && field.words.length > 0) return found('technical', 0.9, 'identifiant technique', 'a technical identifier');
  const isReferenceWord =
    hasWord(field, 'id', 'fk', 'ref') &&
    !hasAny(
      field,
      'email',
      'phone',
      'national',
      'nationalid',
      'nir',
      'network',
      'session',
      'device',
      'cookie',
      'token',
      'rib',
      'passport',
      'login',
      'tax',
    );
  if (isReferenceWord && (field.kind === 'integer' || field.kind === 'text' || field.kind === 'decimal')) {
    return found(
      'technical',
      0.8,
      'le nom dit un renvoi à une autre table',
      'the name says a pointer to another table',
    );
  }
  return null;
};

/** Dates of the row and yes/no marks: what remains once the rules on persons have passed. */
const mechanics: Rule = (field) => {
  if (field.kind === 'boolean')
    return found('technical', 0.7, 'oui ou non, sans sens personnel', 'yes or no, with no personal meaning');
  if (field.kind === 'date' || field.kind === 'time')
    return found('technical', 0.75, 'date de la vie de la ligne', 'a date of the row’s life');
  if (field.kind === 'integer' || field.kind === 'decimal')
    return found('technical', 0.7, 'nombre ou montant', 'a number or an amount');
  const isNumbered = hasAny(field, 'number') && !hasAny(field, 'status', 'type', 'when', 'amount', 'template');
  if (isNumbered && isTextual(field) && field.table.role === 'persons' && !field.field.isPrimaryKey) {
    return found('identity', 0.5, 'un numéro, dans une table de personnes', 'a number, in a table of persons');
  }
  if (hasAny(field, 'status', 'type', 'code', 'when', 'count', 'amount', 'template', 'number')) {
    return found('technical', 0.65, 'code, état ou numéro de la ligne', 'a code, state or number of the row');
  }
  return null;
};

/**
 * In a table of something else, reached by somebody's e-mail, what names that something else is kept: blanking a
 * report's title or a vendor's name erases nobody.
 */
const subjectMatter: Rule = (field) => {
  const isSurelyOther = field.table.role === 'reference' && field.table.confidence >= 0.8;
  const isReached = field.neighbours.has('email') || field.neighbours.has('phone');
  if (!isSurelyOther || !isReached || !isTextual(field) || hasAny(field, 'note', 'message', 'email', 'phone'))
    return null;
  return found(
    'technical',
    0.6,
    'dit ce qu’est la ligne, qui n’est pas une personne',
    'says what the row is, which is not a person',
  );
};

const leftOver: Rule = (field) => {
  if (!isOfPersons(field))
    return found(
      'none',
      field.table.role === 'reference' ? 0.7 : 0.5,
      'rien n’y désigne une personne',
      'nothing in it means a person',
    );
  if (field.kind === 'binary')
    return found('free_text', 0.4, 'contenu binaire d’une ligne de personne', 'binary content in a person’s row');
  return found(
    'none',
    0.3,
    'texte d’une ligne de personne, sans sens reconnu : à décider',
    'a text in a person’s row with no recognised meaning: to decide',
  );
};

const rules: readonly Rule[] = [
  key,
  ...traceRules,
  ...identityRules,
  ...contactRules,
  ...lifeRules,
  ...onlineRules,
  mechanics,
  subjectMatter,
  leftOver,
];

/** The first rule that knows the field decides; the last one always does. */
export function judgeField(field: FieldReading): Finding {
  for (const rule of rules) {
    const finding = rule(field);
    if (finding) return finding;
  }
  return found('none', 0.2, 'sens inconnu', 'meaning unknown');
}
