import type { Text } from '../../kernel/index.ts';
import type { FieldProposal, TableProposal } from './detect.ts';
import { kindOf } from './shape.ts';
import { fieldWords } from './table-reading.ts';
import { conceptsOf, wordsOf } from './tokens.ts';
import { type Concept, isKnown } from './vocabulary.ts';

/** A column by whose value a person can be found in an application. */
export interface IdentityProposal {
  readonly kind: string;
  readonly schema: string;
  readonly table: string;
  readonly column: string;
  /** `strong` names one person; `fair` may be shared (a household's telephone). */
  readonly strength: 'strong' | 'fair';
  /** The value has a meaning in this application only (a row's key): it can't be carried to another one. */
  readonly isLocal: boolean;
  readonly confidence: number;
  readonly reason: Text;
}

type Sketch = Omit<IdentityProposal, 'schema' | 'table' | 'column'>;

/** The columns that identify persons, by kind: what `--identity` says when nobody says it. */
export function deduceIdentities(tables: readonly TableProposal[]): readonly IdentityProposal[] {
  return tables
    .filter(({ reading }) => reading.role !== 'reference')
    .flatMap((proposal) => {
      const { schema, name: table } = proposal.table;
      const columns = proposal.fields.flatMap((field) => {
        const sketch = identityOf(field, proposal);
        return sketch === null ? [] : [{ schema, table, column: field.field.name, ...sketch }];
      });
      const own = keyOf(proposal);
      const hasNumber = columns.some((column) => column.kind === own?.kind);
      return own === null || hasNumber ? columns : [own, ...columns];
    });
}

function identityOf(proposal: FieldProposal, table: TableProposal): Sketch | null {
  const { field, category } = proposal;
  const kind = kindOf(field.type);
  if (kind === 'boolean' || kind === 'date' || kind === 'time' || kind === 'json' || field.type.endsWith('[]'))
    return null;
  const concepts = conceptsOf(fieldWords(field.name, table.reading));
  const has = (...any: readonly Concept[]): boolean => any.some((concept) => concepts.has(concept));
  if (category === 'contact') return contactIdentity(field.name, has);
  if (category === 'bank' && has('iban')) return sketch('iban', 'strong', false, 0.85, 'IBAN', 'an IBAN');
  if (category === 'online' && has('login', 'user') && !has('password', 'token', 'secret', 'ip', 'agent', 'session')) {
    const isName = has('login') || (has('user') && has('name'));
    return isName ? sketch('username', 'strong', true, 0.8, 'nom de connexion', 'a sign-in name') : null;
  }
  if (category !== 'identity') return null;
  const isNational =
    has('nir', 'nationalid') || (has('national') && has('id', 'number')) || (has('social') && has('security'));
  if (isNational) return sketch('national_id', 'strong', false, 0.9, 'numéro national', 'a national number');
  if (has('passport')) return sketch('passport', 'strong', false, 0.85, 'numéro de passeport', 'a passport number');
  if (has('loyalty')) return sketch('loyalty_number', 'strong', false, 0.85, 'numéro de fidélité', 'a loyalty number');
  if (has('matricule')) return sketch('employee_number', 'strong', true, 0.8, 'matricule', 'a staff number');
  const isNumber = has('number', 'code', 'account') && !has('name', 'siret', 'tax', 'plate', 'licence');
  return isNumber && has('customer')
    ? sketch('customer_id', 'strong', true, 0.8, 'numéro de client', 'a customer number')
    : null;
}

function contactIdentity(name: string, has: (...any: readonly Concept[]) => boolean): Sketch | null {
  // `email_address_id` points to a row that holds one.
  if (has('id') && has('email')) return null;
  if (has('email')) return sketch('email', 'strong', false, 0.95, 'e-mail', 'an e-mail address');
  const isFax = wordsOf(name).some((word) => /^(fax|telecop)/.test(word));
  if (!has('phone') && has('use', 'template', 'person') && !isFax && has('address') !== has('account')) {
    return sketch('email', 'strong', false, 0.75, 'adresse d’un correspondant', 'the address of a correspondent');
  }
  return has('phone') && !isFax ? sketch('phone', 'fair', false, 0.8, 'téléphone', 'a telephone') : null;
}

const keyKinds: readonly (readonly [RegExp, string])[] = [
  [/^(customers?|clients?|cust|cli)$/, 'customer_id'],
  [/^(users?|utilisateurs?|webusers?)$/, 'user_id'],
  [/^(employees?|salaries?|staff|employes?|emp|collaborateurs?)$/, 'employee_id'],
  [/^(patients?)$/, 'patient_id'],
  [/^(members?|membres?|adherents?)$/, 'member_id'],
  [/^(students?|etudiants?|eleves?)$/, 'student_id'],
];

/** The row's own key, in a table that is plainly of one kind of person. */
function keyOf({ table, reading, fields }: TableProposal): IdentityProposal | null {
  if (reading.role !== 'persons') return null;
  const keys = fields.filter(({ field }) => field.isPrimaryKey);
  const key = keys[0];
  // `hr_employee`, `res_users`: a first word that means nothing is the application's own prefix.
  const [first = '', second] = reading.words;
  const noun = second === undefined ? first : reading.words.length === 2 && !isKnown(first) ? second : '';
  const kind = keyKinds.find(([pattern]) => pattern.test(noun))?.[1];
  if (key === undefined || keys.length !== 1 || kind === undefined) return null;
  const reason = { fr: 'clé de la table de ces personnes', en: 'the key of the table of these persons' };
  return {
    schema: table.schema,
    table: table.name,
    column: key.field.name,
    kind,
    strength: 'strong',
    isLocal: true,
    confidence: 0.85,
    reason,
  };
}

function sketch(
  kind: string,
  strength: 'strong' | 'fair',
  isLocal: boolean,
  confidence: number,
  fr: string,
  en: string,
): Sketch {
  return { kind, strength, isLocal, confidence, reason: { fr, en } };
}
