import { namesAuthor, namesMention, namesOperator } from '../actors.ts';
import { tableKey } from '../catalogue.ts';
import type { SqlConnection } from '../connection.ts';
import { matchingOf, soughtValues } from '../matching.ts';
import { namesContactPoint, namesOthers, namesSecret, wordsOf } from '../names.ts';
import type { ErasurePlan, IdentityColumn, PlanStep } from '../plan.ts';
import { literal, quoted, quotedTable } from '../quote.ts';
import { blankedFields, identityComparable, rowsOf, sameKey } from './expressions.ts';
import { digitsInOrder, type PersonValue } from './needles.ts';
import { namePart, namesOfRow } from './person-names.ts';
import { identityOf, nameColumns, soughtTable, stepAt, type Target } from './statements.ts';

/*
 * What the persons' own rows tell of them, before they are blank: their names, dates of birth, and the identifiers that
 * nobody else's row has. They tell afterwards whether the person is left where nothing leads.
 */

/** An e-mail of the person's rows that somebody else's row holds too. */
export const sharedEmail = 'shared_email';

/** Kinds that say who a person is without finding anybody alone. */
const describing: ReadonlySet<string> = new Set(['name', 'birth_date', sharedEmail]);

export function isIdentifier({ kind }: PersonValue): boolean {
  return !describing.has(kind);
}

/** Whose values are learnt: indexes of the batch, or everyone. */
export type Wanted = readonly number[] | 'all';

/** Of a large batch, the identifiers of so many: each costs a scan of every text. */
const mostOfSample = 3;

/** Inside the transaction that found the rows. */
export async function learn(
  connection: SqlConnection,
  plan: ErasurePlan,
  steps: readonly number[],
  sampled: readonly number[],
  isEveryone: boolean,
): Promise<readonly PersonValue[]> {
  if (sampled.length === 0) return [];
  const wanted = isEveryone ? sampled : sampled.slice(0, mostOfSample);
  const target = { dialect: connection.dialect, plan };
  const found = [...(await learnNames(connection, plan, steps, sampled))];
  for (const index of steps) {
    const step = stepAt(plan, index);
    if (step.scope !== 'row') continue;
    for (const column of identifierColumns(plan, step)) {
      for (const { person, value, isShared } of await ownValues(connection, target, index, column.identity, wanted)) {
        if (isShared && column.identity.kind !== 'email') continue;
        for (const each of read(column, value)) {
          found.push({ person, kind: isShared ? sharedEmail : each.kind, value: each.value });
        }
      }
    }
  }
  return [...new Map(found.map((each) => [JSON.stringify([each.person, each.kind, each.value]), each])).values()];
}

/** Names, and dates of birth: in tables of persons, else, for few, in whatever rows bear the person's identifier. */
export async function learnNames(
  connection: SqlConnection,
  plan: ErasurePlan,
  steps: readonly number[],
  wanted: Wanted,
): Promise<readonly PersonValue[]> {
  const target = { dialect: connection.dialect, plan };
  const found: PersonValue[] = [];
  const rows = steps.filter((index) => stepAt(plan, index).scope === 'row');
  for (const index of rows.filter((each) => stepAt(plan, each).isPersons)) {
    found.push(...(await describe(connection, target, index, ownRows(target, index, wanted))));
  }
  if (wanted === 'all') return found;
  const known = new Set(found.filter(({ kind }) => kind === 'name').map(({ person }) => person));
  for (const index of rows.filter((each) => !stepAt(plan, each).isPersons)) {
    const bearing = ownBearing(target, index, wanted);
    if (bearing === null) continue;
    const more = await describe(connection, target, index, bearing);
    found.push(...more.filter(({ person }) => !known.has(person)));
  }
  return found;
}

async function describe(
  connection: SqlConnection,
  { dialect, plan }: Target,
  index: number,
  rowsOfPersons: string,
): Promise<readonly PersonValue[]> {
  const step = stepAt(plan, index);
  const names = nameColumns(step).map(({ column }) => column);
  const births = blankedFields(step).flatMap(({ column, category, type }) =>
    category === 'birth' && /date|time/i.test(type) ? [column] : [],
  );
  if (names.length === 0) return [];
  const columns = [...names, ...births].map((name, place) => `${dialect.text(`t.${quoted(name)}`)} as c${place}`);
  const rows = await connection.query<{ readonly person: number } & { readonly [name: `c${number}`]: string | null }>(
    `select distinct s.person, ${columns.join(', ')} from ${rowsOfPersons}`,
  );
  return rows.flatMap((row) => {
    const textOf = (place: number): string => row[`c${place}`] ?? '';
    const said = names.map((name, place) => ({ part: namePart(name), text: textOf(place) }));
    const days = births.map((_, place) => textOf(names.length + place).slice(0, 10)).filter((day) => day !== '');
    return [
      ...namesOfRow(said).map((value) => ({ person: row.person, kind: 'name', value })),
      ...days.map((value) => ({ person: row.person, kind: 'birth_date', value })),
    ];
  });
}

function ownRows({ dialect, plan }: Target, index: number, wanted: Wanted): string {
  const step = stepAt(plan, index);
  const rows = `${rowsOf(dialect, index)} s join ${quotedTable(step)} t on ${sameKey(dialect, step, 't', 's')}`;
  return wanted === 'all' ? rows : `${rows} where s.person in (${wanted.join(', ')})`;
}

/** The rows that hold one of the person's identifiers themselves; null when the table holds none, or who acted. */
function ownBearing(target: Target, index: number, wanted: readonly number[]): string | null {
  const { dialect, plan } = target;
  const step = stepAt(plan, index);
  const asked = step.ways.flatMap((way) => {
    if (way.kind !== 'identity' || namesMention(way.column)) return [];
    const value = identityComparable(dialect, 't', identityOf(plan, step, way.column));
    return [`(q.kind = ${literal(way.identity)} and q.value = ${value})`];
  });
  if (asked.length === 0) return null;
  const bears = `exists (select 1 from ${soughtTable(dialect)} q where q.person = s.person and (${asked.join(' or ')}))`;
  return `${ownRows(target, index, wanted)} and ${bears}`;
}

interface OwnValue {
  readonly person: number;
  readonly value: string;
  /** A row of somebody else has it as well. */
  readonly isShared: boolean;
}

/** Values of a column in the persons' own rows, and whether a row of anyone else has them: a household's telephone is not one's own. */
async function ownValues(
  connection: SqlConnection,
  { dialect, plan }: Target,
  index: number,
  identity: IdentityColumn,
  wanted: Wanted,
): Promise<readonly OwnValue[]> {
  const step = stepAt(plan, index);
  const comparable = identityComparable(dialect, 't', identity);
  const own = `select distinct s.person, ${comparable} as value from ${ownRows({ dialect, plan }, index, wanted)}`;
  const read = await connection.query<{ person: number; value: string | null }>(own);
  const values = read.flatMap(({ person, value }) =>
    value !== null && value.length >= shortest ? [{ person, value }] : [],
  );
  if (values.length === 0) return [];
  // The whole column is read, and compared only where the digits of a value stand in order.
  const digits = values.map(({ value }) => digitsInOrder(identity.kind, value));
  const text = dialect.liked(`t.${quoted(identity.column)}`, identity.family);
  const may = digits.includes(null) ? [] : digits.map((_, place) => `${text} like $${place + 1}`);
  const others = await connection.query<{ value: string }>(
    `select distinct o.value from ${quotedTable(step)} t ${dialect.orderedJoin} (${own}) o on o.value = ${comparable}
  where ${may.length === 0 ? '' : `(${may.join(' or ')}) and `}not exists
    (select 1 from ${rowsOf(dialect, index)} x where x.person = o.person and ${sameKey(dialect, step, 't', 'x')})`,
    may.length === 0 ? [] : digits,
  );
  const shared = new Set(others.map(({ value }) => value));
  return values.map((each) => ({ ...each, isShared: shared.has(each.value) }));
}

/** Shorter values are anybody's. */
const shortest = 5;

interface IdentifierColumn {
  readonly identity: IdentityColumn;
  /** What the column holds is told by the shape of each value. */
  readonly isOfAnyKind: boolean;
}

/** Columns of identifiers of the person, declared or not, in a table of persons or of their e-mails and telephones. */
function identifierColumns(plan: ErasurePlan, step: PlanStep): readonly IdentifierColumn[] {
  const known = plan.identities.filter((each) => tableKey(each) === tableKey(step) && !isAnothers(each.column));
  const isContactPoint = isOwnContactPoint(plan, step);
  if (!step.isPersons && !isContactPoint) return [];
  const names = new Set(nameColumns(step).map(({ column }) => column));
  const more = blankedFields(step).filter(
    ({ column, category }) =>
      !names.has(column) &&
      !isAnothers(column) &&
      !namesSecret(column) &&
      !known.some((each) => each.column === column) &&
      (category === 'identity' || category === 'bank' || category === 'contact' || isContactPoint),
  );
  const { schema, table } = step;
  return [
    ...known.map((identity) => ({ identity, isOfAnyKind: false })),
    ...more.map(({ column }) => ({
      identity: {
        schema,
        table,
        column,
        kind: 'number',
        family: 'text',
        matching: 'exact',
        source: 'deduced',
      } as const,
      isOfAnyKind: true,
    })),
  ];
}

/** `client_email`, `user_identity`: e-mails and telephones that are a person's, as opposed to the mail of their thread. */
function isOwnContactPoint(plan: ErasurePlan, step: PlanStep): boolean {
  if (!namesContactPoint(step.table) || namesOthers(step.table)) return false;
  const isOfPerson = step.ways.some(
    (way) =>
      way.kind === 'incoming' &&
      stepAt(plan, way.from).isPersons &&
      way.pairs.every(({ own }) => !namesOperator(own) && !namesAuthor(own)),
  );
  const isThread = step.ways.some((way) => way.kind === 'incoming' && way.named !== undefined);
  return isOfPerson && !isThread && step.fields.length <= mostOfContactPoint;
}

/** What holds more is a message, a subscription with its history… */
const mostOfContactPoint = 9;

const others: ReadonlySet<string> = new Set(
  'parent mother father mere pere tuteur guardian emergency urgence employer employeur company societe'.split(' '),
);

/** `emergency_phone`, `support_rep_email`: somebody else's, in the person's row. */
function isAnothers(column: string): boolean {
  return namesOperator(column) || namesOthers(column) || wordsOf(column).some((word) => others.has(word));
}

function read({ identity, isOfAnyKind }: IdentifierColumn, value: string): readonly { kind: string; value: string }[] {
  if (/^erased\b|@e\.invalid$/.test(value)) return [];
  if (!isOfAnyKind) {
    const isSure = matchingOf(identity.kind) !== 'exact' || isTelling(value);
    return isSure ? [{ kind: identity.kind, value }] : [];
  }
  const kind = kindByShape(value);
  return kind === null ? [] : soughtValues([{ kind, value }]);
}

function kindByShape(value: string): string | null {
  const text = value.trim();
  if (/^[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+$/.test(text)) return 'email';
  if (/^[A-Z]{2}\d{2}[A-Z0-9 ]{11,36}$/i.test(text) && text.replaceAll(/\D/g, '').length >= 10) return 'iban';
  if (/^(\+|00|0[1-9])[\d .()/-]{8,}$/.test(text) && text.replaceAll(/\D/g, '').length >= 9) return 'phone';
  return isTelling(text) && !/^\d{4}-\d\d-\d\d/.test(text) ? 'number' : null;
}

/** A number long enough, or mixed enough, that nothing else is written so. */
function isTelling(value: string): boolean {
  const digits = value.replaceAll(/\D/g, '').length;
  return /^[\p{L}\d][\p{L}\d ./-]{5,39}$/u.test(value) && (digits >= 8 || (digits >= 4 && /\p{L}/u.test(value)));
}

/**
 * Whether a value met in a person's row may lead to rows of other tables: a number that was given to the person (a
 * card, a customer code) and that another table holds too. Never the counter of a table: another table's row 1029 is
 * another person.
 */
export function leadsFurther(plan: ErasurePlan, step: PlanStep, identity: IdentityColumn): boolean {
  const isKey = step.key.kind === 'columns' && step.key.columns.some((key) => key.name === identity.column);
  if (identity.matching !== 'exact' || (identity.family !== 'text' && isKey)) return false;
  return plan.identities.some((other) => other.kind === identity.kind && tableKey(other) !== tableKey(identity));
}
