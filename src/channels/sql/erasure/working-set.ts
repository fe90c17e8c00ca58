import { columnKey, tableKey } from '../catalogue.ts';
import type { SqlConnection } from '../connection.ts';
import type { Dialect } from '../dialect.ts';
import { shareableKinds, soughtValues } from '../matching.ts';
import type { Capture, LeftOut, PersonOrder, Sighting } from '../outcome.ts';
import type { ErasurePlan, Way } from '../plan.ts';
import { literal } from '../quote.ts';
import { busyRows } from '../trouble.ts';
import { judgeAmbiguous } from './ambiguous.ts';
import { capturedSteps, countRows, restoreRows } from './captured-rows.ts';
import { seedRows } from './carry-over.ts';
import { linkTable, rowsOf } from './expressions.ts';
import { findLinked } from './go-on-statements.ts';
import { isIdentifier, leadsFurther, learn, learnNames, sharedEmail } from './learn.ts';
import { readLinks } from './links.ts';
import { isOpaqueKey, needlesOf, ownNeedlesOf, type PersonValue } from './needles.ts';
import { leadingEmails } from './own-emails.ts';
import { nameRedaction } from './person-names.ts';
import {
  createRows,
  createSought,
  findRows,
  furtherValues,
  holdRows,
  learntTable,
  needleTable,
  redactionTable,
  soughtTable,
  stepAt,
  type Target,
} from './statements.ts';
import { unplacedPersons } from './unplaced.ts';

/** Longest chain of rows that refer to rows of the same cycle of tables. */
const deepest = 10_000;

/** Identifiers tried one by one on each text. */
const mostNeedles = 50;

/** Rows of a table that are tried for each identifier met in the persons' rows. */
const mostLearntRows = 100_000;

/** Whether rows are looked up one by one in the step's working set: those that use a shared row, or own a guarded one. */
function isAskedByKey(plan: ErasurePlan, index: number): boolean {
  return plan.steps.some((step) =>
    step.ways.some((way) => {
      if (way.kind === 'incoming') return way.guards.some((guard) => guard.step === index);
      return (way.kind === 'outgoing' || way.kind === 'owner') && way.users.some((user) => user.step === index);
    }),
  );
}

/**
 * The persons of a batch and the keys of their rows, in temporary tables of the session: found once by a few
 * set-based statements whatever the number of persons, then used to count, erase and prove.
 */
export class WorkingSet {
  readonly #connection: SqlConnection;
  readonly #dialect: Dialect;
  readonly #plan: ErasurePlan;
  /** Steps that are walked. */
  readonly steps: readonly number[];

  readonly #persons: number;

  private constructor(connection: SqlConnection, plan: ErasurePlan, steps: readonly number[], persons: number) {
    this.#connection = connection;
    this.#plan = plan;
    this.steps = steps;
    this.#persons = persons;
    this.#dialect = connection.dialect;
  }

  /** Outside a transaction: temporary tables can't be made in a read-only one, and can be filled in it. */
  static async open(
    connection: SqlConnection,
    plan: ErasurePlan,
    steps: ReadonlySet<number>,
    persons: readonly PersonOrder[],
  ): Promise<WorkingSet> {
    const walked = [...steps].toSorted((a, b) => a - b);
    const target = { dialect: connection.dialect, plan };
    const statements = [
      ...createSought(connection.dialect),
      ...(walked.some((index) => stepAt(plan, index).ways.some((way) => way.kind === 'content'))
        ? connection.dialect.makeAids()
        : []),
      ...walked.flatMap((index) => createRows(target, index, isAskedByKey(plan, index))),
    ];
    await connection.runAll(statements);
    const set = new WorkingSet(connection, plan, walked, persons.length);
    const sought = persons.flatMap((person, index) =>
      soughtValues(person.identities).map(({ kind, value }) => ({ person: index, kind, value })),
    );
    await set.#seek(sought);
    await set.#analyze('socle_sought');
    return set;
  }

  #seek(values: readonly PersonValue[]): Promise<void> {
    this.#soughtChanges();
    return this.#fill(soughtTable(this.#dialect), values);
  }

  async #fill(table: string, values: readonly PersonValue[]): Promise<void> {
    await this.#connection.fill(
      table,
      [
        { name: 'person', type: 'integer' },
        { name: 'kind', type: 'text' },
        { name: 'value', type: 'text' },
      ],
      values.map(({ person, kind, value }) => [person, kind, value]),
    );
  }

  async #analyze(name: string): Promise<void> {
    const statement = this.#dialect.analyze(name);
    if (statement !== null) await this.#connection.run(statement);
  }

  /** Identifiers sought, and those met on the way. */
  values(): Promise<readonly PersonValue[]> {
    this.#values ??= this.#connection.query<PersonValue>(
      `select person, kind, value from ${soughtTable(this.#dialect)}`,
    );
    return this.#values;
  }

  /** Kinds of identifiers that anyone of the batch has: columns of other kinds aren't read. */
  async kinds(): Promise<ReadonlySet<string>> {
    this.#kinds ??= new Set((await this.values()).map(({ kind }) => kind));
    return this.#kinds;
  }

  /** As long as what is sought stays the same. */
  #values: Promise<readonly PersonValue[]> | null = null;
  #kinds: ReadonlySet<string> | null = null;

  #soughtChanges(): void {
    this.#values = null;
    this.#kinds = null;
  }

  /** Brings back identifiers that an earlier attempt met. */
  async addValues(values: readonly PersonValue[]): Promise<void> {
    const known = new Set((await this.values()).map(nameOf));
    await this.#seek(values.filter((value) => !known.has(nameOf(value))));
    await this.#fillRedactions();
  }

  /** Exact identifiers of the persons' own rows lead further; true when any is new. */
  async #harvest(followed: Map<Way, number>): Promise<boolean> {
    let isNew = false;
    for (const index of this.steps) {
      const step = stepAt(this.#plan, index);
      if (step.scope !== 'row' || !step.isPersons) continue;
      const exact = this.#plan.identities.filter(
        (identity) => tableKey(identity) === tableKey(step) && leadsFurther(this.#plan, step, identity),
      );
      for (const identity of exact) {
        const rows = await this.#connection.query<PersonValue>(furtherValues(this.#target(), index, identity));
        await this.#seek(rows);
        this.#known.push(...rows);
        isNew ||= rows.length > 0;
      }
    }
    if (isNew) for (const way of [...followed.keys()]) if (way.kind === 'identity') followed.delete(way);
    return isNew;
  }

  /** E-mails that nobody gave and that are the person's alone are sought like those given; true when there are any. */
  async #leadByEmails(followed: Map<Way, number>): Promise<boolean> {
    await this.fillLearnt();
    const emails = await leadingEmails(this.#connection, this.#plan, this.steps, this.learnt, await this.values());
    await this.#seek(emails);
    this.#known.push(...emails);
    if (emails.length > 0) for (const way of [...followed.keys()]) if (way.kind === 'identity') followed.delete(way);
    return emails.length > 0;
  }

  readonly #known: PersonValue[] = [];

  readonly #learnt = new Map<string, PersonValue>();

  /** What the persons' own rows told of them, now or before an interruption. */
  get learnt(): readonly PersonValue[] {
    return [...this.#learnt.values()];
  }

  remember(values: readonly PersonValue[]): void {
    for (const value of values) this.#learnt.set(nameOf(value), value);
  }

  readonly #links = new Map<string, PersonValue>();

  /** What the persons' own rows held where they are blanked, now or before; the kind of each is its column. */
  get links(): readonly PersonValue[] {
    return [...this.#links.values()];
  }

  rememberLinks(values: readonly PersonValue[]): void {
    for (const value of values) this.#links.set(nameOf(value), value);
  }

  async #fillLinks(): Promise<void> {
    await this.#connection.run(`delete from ${linkTable(this.#dialect)}`);
    await this.#fill(linkTable(this.#dialect), this.links);
  }

  /** Takes up the rows of an earlier capture that are blank since then: what names them is found from there. */
  async seed(earlier: Capture, personOf: (captured: number) => number | null): Promise<void> {
    for (const index of await seedRows(this.#connection, this.#plan, this.steps, earlier, personOf)) {
      this.#grown.set(index, 0);
    }
  }

  /** Rows that name a row of the person by what it held before; true when there are any. */
  async #followLinks(steps: readonly number[]): Promise<boolean> {
    const before = this.#round;
    for (const index of this.links.length === 0 ? [] : steps) {
      for (const way of stepAt(this.#plan, index).ways) {
        const statement = this.#isLinked(way) ? findLinked(this.#target(), index, way) : null;
        if (statement === null) continue;
        if ((await this.#connection.run(statement, [this.#round + 1])) === 0) continue;
        this.#round += 1;
        this.#grown.set(index, this.#round);
      }
    }
    return this.#round > before;
  }

  #isLinked(way: Way): boolean {
    if (way.kind !== 'incoming') return false;
    const from = stepAt(this.#plan, way.from);
    return way.pairs.every(({ other }) => this.links.some(({ kind }) => kind === columnKey(from, other)));
  }

  /** What was learnt, for statements to read. */
  async fillLearnt(): Promise<void> {
    const learnt = this.learnt.filter((value) => isIdentifier(value) || value.kind === sharedEmail);
    const persons = new Set(learnt.map(({ person }) => person));
    const known = new Set((await this.values()).filter(({ person }) => persons.has(person)).map(nameOf));
    await this.#connection.run(`delete from ${learntTable(this.#dialect)}`);
    await this.#fill(
      learntTable(this.#dialect),
      learnt.filter((value) => !known.has(nameOf(value))),
    );
  }

  /** Identifiers other than e-mails are tried one by one on each text: only for a few persons. */
  async #fillNeedles(more: readonly PersonValue[]): Promise<void> {
    const values = (await this.values()).filter((value) => value.kind !== 'email');
    const needles = needlesOf([...values, ...(await this.#keyValues()), ...more]);
    await this.#connection.run(`delete from ${needleTable(this.#dialect)}`);
    if (needles.length > mostNeedles) return;
    await this.#connection.fill(
      needleTable(this.#dialect),
      [
        { name: 'person', type: 'integer' },
        { name: 'digits', type: 'text' },
        { name: 'pattern', type: 'text' },
      ],
      needles.map((needle) => [needle.person, needle.digits ?? '%', needle.pattern]),
    );
  }

  /** What is taken out of the texts that were found to name the persons: their identifiers, and with them their names. */
  async #fillRedactions(): Promise<void> {
    const known = [...(await this.values()), ...(await this.#keyValues())];
    const values = [...ownNeedlesOf(this.learnt.filter(isIdentifier)), ...needlesOf(known)].flatMap(
      ({ person, redaction, isShared }) => (redaction === null ? [] : [[person, isShared ? 1 : 0, redaction] as const]),
    );
    const said = [...this.learnt, ...(await learnNames(this.#connection, this.#plan, this.filled, 'all'))];
    const names = new Map(said.filter(({ kind }) => kind === 'name').map((name) => [nameOf(name), name]));
    await this.#connection.run(`delete from ${redactionTable(this.#dialect)}`);
    await this.#connection.fill(
      redactionTable(this.#dialect),
      [
        { name: 'person', type: 'integer' },
        { name: 'shared', type: 'integer' },
        { name: 'pattern', type: 'text' },
      ],
      [...values, ...[...names.values()].map(({ person, value }) => [person, 0, nameRedaction(value)] as const)],
    );
  }

  /**
   * Persons for whom one identifier finds rows of different names. They are left out of the batch: nobody is erased by an
   * identifier that others share (`identity_ambiguous`). A telephone that finds somebody else beside the person who has
   * a stronger identifier is simply not used. Who was left out by an earlier attempt is left out again: half of what made
   * them ambiguous may be gone.
   */
  async leaveOutAmbiguous(earlier: readonly LeftOut[]): Promise<ReadonlySet<number>> {
    for (const each of earlier) await this.#leaveOut(each);
    for (const each of await this.judgeAmbiguous()) await this.#leaveOut(each);
    return new Set(this.#leftOut.flatMap(([person, which]) => (which === 'all' ? [person] : [])));
  }

  readonly #leftOut: LeftOut[] = [];

  /** Changes nothing. */
  judgeAmbiguous(): Promise<readonly LeftOut[]> {
    return judgeAmbiguous(this.#connection, this.#plan, this.steps);
  }

  async #leaveOut([person, which]: LeftOut): Promise<void> {
    this.#leftOut.push([person, which]);
    this.#soughtChanges();
    const ofKinds = which === 'all' ? '' : ` and kind in (${shareableKinds.map(literal).join(', ')})`;
    await this.#connection.run(`delete from ${soughtTable(this.#dialect)} where person = ${person}${ofKinds}`);
  }

  /** Keys of the persons' own rows that are no mere numbers: a document of somebody else's may tell of them by these. */
  async #keyValues(): Promise<readonly PersonValue[]> {
    const found: PersonValue[] = [];
    for (const index of this.filled) {
      const step = stepAt(this.#plan, index);
      const isOne = step.key.kind === 'columns' && step.key.columns.length === 1;
      if (!step.isPersons || step.scope !== 'row' || !isOne) continue;
      const key = this.#dialect.text('s.k0');
      const rows = await this.#connection.query<{ person: number; value: string }>(
        `select s.person, ${key} as value from ${rowsOf(this.#dialect, index)} s`,
      );
      found.push(...rows.filter(({ value }) => isOpaqueKey(value)).map((row) => ({ ...row, kind: 'key' })));
    }
    return found;
  }

  /**
   * Inside a transaction: finds every row, sources first; goes round while cycles bring new ones. Learns what the rows of
   * some of the persons tell of them.
   */
  async find(sampled: readonly number[]): Promise<void> {
    const isOutgoing = (way: Way): boolean => way.kind === 'outgoing';
    const rows = this.steps.filter((index) => stepAt(this.#plan, index).scope === 'row');
    const mentions = this.steps.filter((index) => stepAt(this.#plan, index).scope !== 'row');
    const followed = new Map<Way, number>();
    await this.#settle(rows, followed, (way) => !isOutgoing(way));
    if (rows.some((index) => stepAt(this.#plan, index).ways.some(isOutgoing))) {
      await this.#settle(rows, followed, () => true);
    }
    if (await this.#harvest(followed)) await this.#settle(rows, followed, () => true);
    await this.#fillLinks();
    if (await this.#followLinks(rows)) await this.#settle(rows, followed, () => true);
    this.rememberLinks(await readLinks(this.#connection, this.#plan, this.filled, sampled));
    await this.#fillLinks();
    const isEveryone = sampled.length === this.#persons;
    this.remember(await learn(this.#connection, this.#plan, this.filled, sampled, isEveryone));
    if (isEveryone && (await this.#leadByEmails(followed))) await this.#settle(rows, followed, () => true);
    await this.#findMentions(mentions, followed, isEveryone);
    await this.#leaveOutUnplaced();
    if (mentions.some((index) => this.#grown.has(index))) await this.#fillRedactions();
  }

  /** Persons of whom nothing but a value was found, and where it stands: nothing is changed for them. */
  get unplaced(): ReadonlyMap<number, readonly Sighting[]> {
    return this.#unplaced;
  }

  #unplaced: ReadonlyMap<number, readonly Sighting[]> = new Map();

  /** Whose rows an earlier attempt knew: what is left of them is found by their values alone. */
  wasPlaced: (person: number) => boolean = () => false;

  async #leaveOutUnplaced(): Promise<void> {
    this.#unplaced = await unplacedPersons(this.#connection, this.#plan, this.filled, this.wasPlaced);
    const persons = [...this.#unplaced.keys()];
    if (persons.length === 0) return;
    for (const index of this.filled) {
      await this.#connection.run(`delete from ${rowsOf(this.#dialect, index)} where person in (${persons.join(', ')})`);
    }
  }

  /** What was learnt is looked for in tables of a size that bears it; in others the proof sees what is left. */
  async #findMentions(steps: readonly number[], followed: Map<Way, number>, isEveryoneLearnt: boolean): Promise<void> {
    const isSmall = (index: number): boolean => {
      const key = tableKey(stepAt(this.#plan, index));
      return (this.#plan.sweep.find((table) => tableKey(table) === key)?.rowEstimate ?? 0) <= mostLearntRows;
    };
    const learnt = isEveryoneLearnt ? this.learnt.filter(isIdentifier) : [];
    const small = learnt.length === 0 ? [] : steps.filter(isSmall);
    const other = steps.filter((index) => !small.includes(index));
    if (other.length > 0) await this.#fillNeedles([]);
    await this.#settle(other, followed, () => true);
    if (small.length > 0) await this.#fillNeedles(learnt);
    await this.#settle(small, followed, () => true);
  }

  /** Steps that hold rows: nothing is to be erased, held or proved of the others. */
  get filled(): readonly number[] {
    return this.steps.filter((index) => this.#grown.has(index));
  }

  /** The last round that brought rows, by step. */
  readonly #grown = new Map<number, number>();
  #round = 0;

  /** Follows each way from the rows of its source that it did not see yet, until nothing is new. */
  async #settle(steps: readonly number[], followed: Map<Way, number>, wants: (way: Way) => boolean): Promise<void> {
    const kinds = await this.kinds();
    for (let turn = 0; turn < deepest; turn += 1) {
      let isGrowing = false;
      for (const index of steps) {
        let found = 0;
        for (const way of stepAt(this.#plan, index).ways.filter(wants)) {
          const since = followed.get(way) ?? 0;
          if (this.#newest(index, way) < since) continue;
          if (way.kind === 'identity' && !kinds.has(way.identity)) continue;
          this.#round += 1;
          const statement = findRows(this.#target(), index, way);
          const from = way.kind === 'incoming' ? since : 0;
          const values = way.kind === 'identity' || way.kind === 'content' ? [this.#round] : [this.#round, from];
          const count = await this.#connection.run(statement, values);
          followed.set(way, this.#round);
          if (count > 0) this.#grown.set(index, this.#round);
          found += count;
        }
        if (found > 0) {
          isGrowing = true;
          await this.#analyze(`socle_rows_${index}`);
        }
      }
      if (!isGrowing) return;
    }
    throw new Error('rows refer to rows without end');
  }

  /**
   * The last round that matters to a way. An outgoing way depends on every other step: what others use may have become
   * ours since.
   */
  #newest(index: number, way: Way): number {
    if (way.kind === 'incoming') return this.#grown.get(way.from) ?? -1;
    if (way.kind === 'identity' || way.kind === 'content') return 0;
    return Math.max(-1, ...[...this.#grown].filter(([step]) => step !== index).map(([, round]) => round));
  }

  /**
   * Before anything changes: nobody takes a row that was found to somebody else meanwhile. Throws a `Refusal` (503) when
   * somebody did.
   */
  async hold(): Promise<void> {
    for (const index of this.filled) {
      const statement = holdRows(this.#target(), index);
      if (statement === null) continue;
      const [row] = await this.#connection.query<{ held: number }>(statement);
      const [all] = await this.#connection.query<{ found: number }>(
        `select count(*) as found from ${rowsOf(this.#dialect, index)}`,
      );
      if (Number(row?.held ?? 0) < Number(all?.found ?? 0)) throw busyRows();
    }
  }

  /** Rows found, by step and person. */
  async counts(): Promise<ReadonlyMap<number, ReadonlyMap<number, number>>> {
    const counts = new Map<number, ReadonlyMap<number, number>>();
    for (const index of this.steps) counts.set(index, await countRows(this.#connection, index));
    return counts;
  }

  /** What was found, to be sealed by the caller before anything changes. */
  async capture(plan: string, salt: string, refs: readonly string[]): Promise<Capture> {
    const steps = await capturedSteps(this.#connection, this.#plan, this.steps, (index) => this.#grown.has(index));
    const known = this.#known.map(({ person, kind, value }) => [person, kind, value] as const);
    const learnt = this.learnt.map(({ person, kind, value }) => [person, kind, value] as const);
    const links = this.links.map(({ person, kind, value }) => [person, kind, value] as const);
    return { version: 1, plan, salt, refs, steps, known, learnt, links, leftOut: this.#leftOut };
  }

  /** Brings back the keys that an earlier attempt captured for persons of whom no row is found any more. */
  async restore(capture: Capture, personOf: (capturedIndex: number) => number | null): Promise<void> {
    for (const index of await restoreRows(this.#connection, this.#plan, this.steps, capture, personOf)) {
      if (!this.#grown.has(index)) this.#grown.set(index, 0);
    }
  }

  #target(): Target {
    return { dialect: this.#dialect, plan: this.#plan };
  }
}

function nameOf({ person, kind, value }: PersonValue): string {
  return JSON.stringify([person, kind, value]);
}
