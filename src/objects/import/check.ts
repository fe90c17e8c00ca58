import { type RawBuilder, sql } from 'kysely';
import { type Id, newId, type Text } from '../../kernel/index.ts';
import type { Attribute, Value } from '../../model/index.ts';
import { type Scope, type Writing, write } from '../../store/index.ts';
import { withDefaults } from '../create.ts';
import { missingRequired, repeated } from '../input.ts';
import { isConditional, isInPerimeter, may, neededFor, outsideRights } from '../rights.ts';
import type { StoredObject } from '../stored-object.ts';
import { storedText } from '../write-many.ts';
import { asCause } from './asker.ts';
import { type Draft, DraftReader, type LineProblem } from './draft.ts';
import { setJob } from './job.ts';
import { createLines, type Line } from './lines.ts';
import { findMatches, findReferred, keyOf, type Match, ownersOf } from './look-up.ts';
import type { ImportOptions } from './options.ts';
import { type FileRecord, fileBytes, fileRecords } from './records.ts';
import { refuseRepeats } from './repeats.ts';
import { tryEach } from './try-each.ts';
import { linesAtOnce, type Turn } from './turn.ts';

export type Verdict = 'create' | 'update' | 'same' | 'skip' | 'refuse';

interface Judged {
  readonly draft: Draft;
  readonly verdict: Verdict;
  readonly object: string | null;
  readonly key: string | null;
}

/** What checking needs at each turn. */
interface Checking extends Omit<Turn, 'finish'> {
  readonly options: ImportOptions;
  readonly reader: DraftReader;
}

/**
 * Reads the whole file and says of each line what would be done with it, and everything that is wrong; nothing of the type is
 * changed. What was read is kept line by line: cut anywhere, it goes on where it was. `goesOn` is asked between two lots of
 * lines; returns whether the end was reached.
 */
export async function checkLines(turn: Omit<Turn, 'finish'>, options: ImportOptions): Promise<boolean> {
  const { scope, job, type, goesOn } = turn;
  const columns = job.columns.map(({ name }) => name);
  const reader = new DraftReader(type, columns, options);
  const checking: Checking = { ...turn, options, reader };
  const after = await lastLine(scope, job.id);
  let waiting: FileRecord[] = [];
  for await (const records of fileRecords(fileBytes(scope, job.id), job, columns)) {
    for (const record of records) if (record.line > after) waiting.push(record);
    while (waiting.length >= linesAtOnce) {
      if (!(await goesOn())) return false;
      await checkSome(checking, waiting.slice(0, linesAtOnce));
      waiting = waiting.slice(linesAtOnce);
    }
  }
  if (waiting.length > 0) await checkSome(checking, waiting);
  await refuseRepeats(scope, job, type, options, reader);
  return true;
}

async function lastLine(scope: Scope, id: Id<'import'>): Promise<number> {
  const { rows } = await sql<{ line: bigint | null }>`
    select max(line) as line from objects.import_line where import = ${id}`.execute(scope.db);
  return Number(rows[0]?.line ?? 0);
}

async function checkSome(checking: Checking, records: readonly FileRecord[]): Promise<void> {
  const { scope, acting, job, type, options, reader } = checking;
  const drafts = records.map((record) => reader.read(record));
  await findReferred(scope, acting, options, drafts);
  const keys = new Map(
    drafts.flatMap((draft) => {
      const key = keyOf(type, options, draft);
      return key === null ? [] : [[draft.line, key] as const];
    }),
  );
  const matches = await findMatches(scope, acting, type, options, keys);
  const judged = drafts.map((draft) =>
    judge(checking, draft, keys.get(draft.line) ?? null, matches.get(draft.line) ?? []),
  );
  await refuseOwned(checking, judged);
  await refuseByRight(checking, judged);
  await write(scope, asCause(job), async (writing) => {
    await checking.hold(writing);
    await keepLines(writing, job.id, judged);
    await setJob(writing, job.id, { lines_done: sql`lines_done + ${judged.length}::int` });
  });
}

function judge(checking: Checking, draft: Draft, key: readonly string[] | null, matches: readonly Match[]): Judged {
  const { options } = checking;
  const told = key === null ? null : JSON.stringify(key);
  const verdict = (is: Verdict, object: string | null): Judged => ({ draft, verdict: is, object, key: told });
  const [match, another] = matches;
  if (another !== undefined) refuse(draft, 'import.several', words.several);
  else if (match !== undefined) {
    if (options.existing === 'skip') return verdict('skip', match.object.id);
    judgeUpdate(checking, draft, match);
    if (draft.problems.length === 0 && isSame(draft, match.object)) return verdict('same', match.object.id);
  } else {
    if (options.missing === 'skip') return verdict('skip', null);
    judgeCreate(checking, draft);
  }
  const is = draft.problems.length > 0 ? 'refuse' : match === undefined ? 'create' : 'update';
  return verdict(is, match?.object.id ?? newId());
}

function judgeUpdate(checking: Checking, draft: Draft, match: Match): void {
  const { acting, type, options } = checking;
  if (!match.isVisible) refuse(draft, 'import.not_yours', words.notYours);
  else if (options.existing === 'refuse') refuse(draft, 'import.already_there', words.alreadyThere);
  else if (!may(acting.asker, type, 'update')) refuse(draft, 'object.forbidden', words.mayNotUpdate);
  refuseMissing(checking, draft, (attribute) =>
    draft.values.has(attribute) ? (draft.values.get(attribute) ?? null) : true,
  );
  const valueFor = (name: string): unknown => {
    const attribute = type.attributes.get(name);
    return attribute !== undefined && draft.values.has(attribute)
      ? draft.values.get(attribute)
      : match.object.values[name];
  };
  if (match.isVisible && !isInPerimeter(acting.asker, type, match.object.id, valueFor)) {
    refuse(draft, 'object.forbidden', words.outsidePerimeter);
  }
}

function judgeCreate(checking: Checking, draft: Draft): void {
  const { acting, type, options } = checking;
  const isNamed = options.key.some(
    (name) => (name === 'number' && draft.number !== null) || (name === 'id' && draft.id !== null),
  );
  if (isNamed) refuse(draft, 'import.no_such_object', words.noSuchObject);
  else if (options.missing === 'refuse') refuse(draft, 'import.not_there', words.notThere);
  else if (!may(acting.asker, type, 'create')) refuse(draft, 'object.forbidden', words.mayNotCreate);
  else judgeNew(checking, draft);
}

function judgeNew(checking: Checking, draft: Draft): void {
  const { acting, type } = checking;
  const values = withDefaults(type, draft.values);
  refuseMissing(checking, draft, (attribute) => values.get(attribute) ?? null);
  const valueFor = (name: string): unknown => {
    const attribute = type.attributes.get(name);
    return attribute === undefined ? null : (values.get(attribute) ?? null);
  };
  if (draft.problems.length === 0 && !isInPerimeter(acting.asker, type, '', valueFor)) {
    refuse(draft, 'object.forbidden', words.outsidePerimeter);
  }
}

/** Required attributes that would be empty; one that was given and is wrong has been told. */
function refuseMissing({ type, reader }: Checking, draft: Draft, valueFor: (attribute: Attribute) => Value): void {
  for (const attribute of type.attributes.values()) {
    if (!attribute.required || valueFor(attribute) !== null || draft.faulty.has(attribute.name)) continue;
    const [missing] = missingRequired({ ...type, attributes: new Map([[attribute.name, attribute]]) }, () => null);
    if (missing !== undefined)
      draft.problems.push({ column: reader.columnOf(attribute), code: missing.code, text: missing.text });
  }
}

function refuse(draft: Draft, code: string, text: Text): void {
  draft.problems.push({ column: null, code, text });
}

/** Whether the line says nothing that isn't so already. */
export function isSame(draft: Pick<Draft, 'values'>, object: StoredObject): boolean {
  return [...draft.values].every(
    ([attribute, value]) => JSON.stringify(value) === JSON.stringify(object.values[attribute.name] ?? null),
  );
}

/** Lines to be written whose unique values another object has. */
async function refuseOwned({ scope, type, options, reader }: Checking, judged: Judged[]): Promise<void> {
  const isOnlyKey = (attribute: Attribute): boolean => options.key.length === 1 && options.key[0] === attribute.name;
  for (const attribute of reader.attributes.filter((one) => one.unique && !isOnlyKey(one))) {
    const textOf = ({ draft }: Judged): string | null => {
      const value = draft.values.get(attribute) ?? null;
      return value === null ? null : storedText(attribute.type.encode(value)[0]);
    };
    const written = judged.filter(({ verdict }) => verdict === 'create' || verdict === 'update');
    const texts = written.flatMap((one) => textOf(one) ?? []);
    const owners = await ownersOf(scope, type, attribute, texts);
    for (const one of written) {
      const owner = owners.get(textOf(one) ?? '');
      if (owner === undefined || owner === one.object) continue;
      const { code, text } = repeated(attribute);
      turnDown(judged, one, { column: reader.columnOf(attribute), code, text });
    }
  }
}

/** Lines to be written that rights with conditions leave out: of changes on what is there, of creations on what would be. */
async function refuseByRight({ scope, acting, job, type }: Checking, judged: Judged[]): Promise<void> {
  const { asker } = acting;
  const refuseAll = (outside: ReadonlySet<string>, operation: 'create' | 'update'): void => {
    for (const one of judged.filter(({ object }) => object !== null && outside.has(object))) {
      turnDown(judged, one, { column: null, code: 'object.forbidden', text: neededFor(asker, type, operation) });
    }
  };
  const updates = judged.filter(({ verdict }) => verdict === 'update').flatMap(({ object }) => object ?? []);
  refuseAll(await outsideRights(scope, asker, type, 'update', updates), 'update');
  if (!isConditional(asker, type, 'create')) return;
  const creates = judged.filter(({ verdict }) => verdict === 'create');
  if (creates.length === 0) return;
  // As they would be, calculated values and all: written, asked about, and given up.
  const refused = await write(scope, asCause(job), async (writing): Promise<ReadonlyMap<number, LineProblem>> => {
    const wrong = await tryEach(writing, creates.map(lineOf), (some) => createLines(writing, acting, type, some));
    throw new GivenUp(new Map([...wrong].map(([{ line }, problem]) => [line, problem])));
  }).catch((error: unknown) => {
    if (error instanceof GivenUp) return error.refused;
    throw error;
  });
  for (const one of creates) {
    const problem = refused.get(one.draft.line);
    if (problem !== undefined) turnDown(judged, one, problem);
  }
}

function lineOf({ draft, object }: Judged): Line {
  return { line: draft.line, verdict: 'create', object: object ?? '', values: draft.values };
}

class GivenUp extends Error {
  constructor(readonly refused: ReadonlyMap<number, LineProblem>) {
    super('given up');
  }
}

function turnDown(judged: Judged[], one: Judged, problem: LineProblem): void {
  one.draft.problems.push(problem);
  judged[judged.indexOf(one)] = { ...one, verdict: 'refuse' };
}

async function keepLines({ tx }: Writing, id: Id<'import'>, judged: readonly Judged[]): Promise<void> {
  const array = (of: (one: Judged) => unknown, as: string): RawBuilder<unknown> =>
    sql`${judged.map(of)}::${sql.raw(as)}[]`;
  await sql`
    insert into objects.import_line (import, line, verdict, object, key, values)
    select ${id}, r.line, r.verdict, r.object, r.key, r.values::jsonb
      from unnest(${array(({ draft }) => draft.line, 'bigint')}, ${array(({ verdict }) => verdict, 'text')}, ${array(({ object }) => object, 'uuid')},
                  ${array(({ key }) => key, 'text')}, ${array(({ draft, verdict }) => (verdict === 'create' || verdict === 'update' ? valuesText(draft.values) : '{}'), 'text')})
        as r(line, verdict, object, key, values)`.execute(tx);
  await keepProblems(
    tx,
    id,
    judged.filter(({ verdict }) => verdict === 'refuse').map(({ draft }) => draft),
  );
}

function valuesText(values: ReadonlyMap<Attribute, Value>): string {
  return JSON.stringify(Object.fromEntries([...values].map(([attribute, value]) => [attribute.name, value])));
}

export async function keepProblems(
  tx: Writing['tx'],
  id: Id<'import'>,
  lines: readonly { readonly line: number; readonly problems: readonly LineProblem[] }[],
): Promise<void> {
  const all = lines.flatMap(({ line, problems }) => problems.map((problem, place) => ({ line, place, ...problem })));
  if (all.length === 0) return;
  await sql`
    insert into objects.import_problem (import, line, place, column_name, code, text)
    select ${id}, r.line, r.place, r.name, r.code, r.text::jsonb
      from unnest(${all.map(({ line }) => line)}::bigint[], ${all.map(({ place }) => place)}::int[], ${all.map(({ column }) => column)}::text[],
                  ${all.map(({ code }) => code)}::text[], ${all.map(({ text }) => JSON.stringify(text))}::text[]) as r(line, place, name, code, text)`.execute(
    tx,
  );
}

const words = {
  several: {
    fr: 'Plusieurs objets répondent à ce qui doit en reconnaître un seul.',
    en: 'Several objects answer to what should recognise a single one.',
  },
  notYours: {
    fr: 'Un objet que vous ne pouvez pas voir a déjà cette clé.',
    en: 'An object that you may not see already has this key.',
  },
  alreadyThere: { fr: 'Cet objet existe déjà.', en: 'This object exists already.' },
  notThere: { fr: 'Cet objet n’existe pas.', en: 'This object doesn’t exist.' },
  noSuchObject: {
    fr: 'Aucun objet n’a ce numéro : un numéro se donne à la création, il ne s’importe pas. Laissez-le vide pour créer l’objet.',
    en: 'No object has this number: numbers are given at creation, not imported. Leave it empty to create the object.',
  },
  mayNotUpdate: {
    fr: 'Votre rôle ne permet pas de modifier ces objets.',
    en: 'Your role does not allow you to change these objects.',
  },
  mayNotCreate: {
    fr: 'Votre rôle ne permet pas de créer ces objets.',
    en: 'Your role does not allow you to create these objects.',
  },
  outsidePerimeter: {
    fr: 'Cet objet serait en dehors de votre périmètre.',
    en: 'This object would be outside of your perimeter.',
  },
} as const satisfies Record<string, Text>;
