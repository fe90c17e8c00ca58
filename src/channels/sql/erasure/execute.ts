import { Refusal, randomSecret, type Text } from '../../../kernel/index.ts';
import { tableKey } from '../catalogue.ts';
import type { Category } from '../category.ts';
import type { SqlConnection } from '../connection.ts';
import { planDigest } from '../digest.ts';
import type {
  BatchOutcome,
  Capture,
  ExecuteOptions,
  LeftOut,
  PersonOrder,
  PersonOutcome,
  ProofExtent,
  Sighting,
} from '../outcome.ts';
import type { ErasurePlan, PlanStep } from '../plan.ts';
import { quotedTable } from '../quote.ts';
import { asRefusal, asRetryable } from '../trouble.ts';
import { ambiguousText, problemText, unlinkedText, unplacedText } from '../words.ts';
import { withCategories } from './about.ts';
import { mergeCaptures, type RowsFound, rowsByPerson } from './captures.ts';
import { underPlan, withoutFound } from './carry-over.ts';
import { blankedFields } from './expressions.ts';
import { lookThrough } from './look-through.ts';
import type { PersonValue } from './needles.ts';
import { askIdentities, checkRows, type Sightings } from './proof.ts';
import { sampledPersons } from './sampled.ts';
import { eraseRows, neededSteps, stepAt } from './statements.ts';
import { WorkingSet } from './working-set.ts';

/**
 * Erases a batch: captures what is found, erases it in one transaction, proves it in another. Throws a `Refusal` of
 * status 503 when the same call can be made again; every other end is an outcome per person.
 */
export async function execute(
  connection: SqlConnection,
  plan: ErasurePlan,
  persons: readonly PersonOrder[],
  options: ExecuteOptions,
): Promise<BatchOutcome> {
  const blocking = plan.problems.filter((problem) => problem.isBlocking);
  if (blocking.length > 0) return refuseAll(persons, blocking.map(problemText));
  const digest = planDigest(plan);
  const captured = options.earlier ?? null;
  const earlier = captured === null ? null : underPlan(captured, plan, digest);
  if (captured !== null && earlier === null) {
    throw new Refusal('sql.other_plan', 409, {
      fr: 'Ce qui fut relevé avant l’interruption l’a été sous un autre plan. Refaites la demande sous le plan actuel.',
      en: 'What was captured before the interruption was captured under another plan. Make the order anew under the present plan.',
    });
  }
  return new Erasure(connection, plan, digest, options).run(persons, earlier);
}

class Erasure {
  readonly #connection: SqlConnection;
  readonly #plan: ErasurePlan;
  readonly #digest: string;
  readonly #options: ExecuteOptions;
  #captured: Capture | null = null;

  constructor(connection: SqlConnection, plan: ErasurePlan, digest: string, options: ExecuteOptions) {
    this.#connection = connection;
    this.#plan = plan;
    this.#digest = digest;
    this.#options = options;
  }

  /** A refusal by the data of one person must not stop the others: the batch is cut in two until it is alone. */
  async run(persons: readonly PersonOrder[], earlier: Capture | null): Promise<BatchOutcome> {
    try {
      return await this.#attempt(persons, earlier);
    } catch (error) {
      const retryable = asRetryable(this.#connection, error);
      if (retryable !== null) throw retryable;
      if (!(error instanceof Refusal)) throw error;
      if (persons.length <= 1 || error.code === 'sql.schema_changed' || error.code === 'sql.not_allowed') {
        return failAll(persons, withWhatIsDone(this.#plan, error.text));
      }
      const middle = Math.ceil(persons.length / 2);
      const before = await this.run(persons.slice(0, middle), this.#captured ?? earlier);
      const after = await this.run(persons.slice(middle), this.#captured ?? earlier);
      return joinOutcomes(before, after);
    }
  }

  async #attempt(persons: readonly PersonOrder[], earlier: Capture | null): Promise<BatchOutcome> {
    const steps = neededSteps(this.#plan);
    const set = await WorkingSet.open(this.#connection, this.#plan, steps, persons).catch((error: unknown) => {
      throw asRefusal(this.#connection, error, '', []);
    });
    const sampled = sampledPersons(persons.length, this.#options.sweepSample ?? 20);
    set.remember(earlierValues(earlier, persons, earlier?.learnt));
    set.rememberLinks(earlierValues(earlier, persons, earlier?.links));
    const ambiguous = await set.leaveOutAmbiguous(leftOutEarlier(earlier, persons));
    set.wasPlaced = placedEarlier(this.#plan, earlier, persons);
    const capture = await this.#erase(set, persons, sampled, earlier);
    const notices = await this.#refresh();
    const { sightings, proof } = await this.#prove(set, persons, sampled, capture);
    const rows = rowsByPerson(capture);
    const left = rows.size === 0 ? [] : ((await this.#connection.scrub?.()) ?? []);
    const outcomes = persons.map(({ ref }, index) => {
      if (ambiguous.has(index)) return refused(ref, 'identity_ambiguous', ambiguousText);
      const standsIn = set.unplaced.get(index);
      if (standsIn !== undefined) return { ...refused(ref, 'technical', unplacedText(standsIn)), seen: standsIn };
      return this.#outcome(ref, rows.get(ref) ?? [], sightings.get(index) ?? []);
    });
    return { persons: outcomes, proof, notices: [...notices, ...left] };
  }

  /** One transaction; one snapshot from the finding to the last statement, so that nothing moves in between. */
  async #erase(
    set: WorkingSet,
    persons: readonly PersonOrder[],
    sampled: readonly number[],
    earlier: Capture | null,
  ): Promise<Capture> {
    await this.#connection.begin('write');
    try {
      await this.#limit();
      const salt = earlier?.salt ?? randomSecret().toString('hex');
      if (earlier?.isCarried === true) await this.#guard('', [], () => takeUp(set, earlier, persons));
      await this.#guard('', [], () => set.find(sampled));
      const found = await set.capture(
        this.#digest,
        salt,
        persons.map((person) => person.ref),
      );
      const capture = earlier === null ? found : mergeCaptures(earlier, found);
      if (this.#captured === null && (earlier === null || found.steps.some((step) => step.counts.length > 0))) {
        await this.#options.persist(capture);
        this.#captured = capture;
      }
      await this.#guard('', [], () => set.hold());
      await this.#eraseSteps(set, salt);
      // A trigger may have copied what the rows held into a history: what it wrote is found and erased as well.
      if (this.#plan.notices.some((notice) => notice.code === 'triggers')) {
        await this.#guard('', [], () => set.find(sampled));
        await this.#eraseSteps(set, salt);
      }
      await this.#guard('', [], () => this.#connection.run('commit'));
      if (earlier !== null) await bringBack(set, found, earlier, persons);
      return capture;
    } catch (error) {
      await this.#connection.run('rollback').catch(() => undefined);
      throw error;
    }
  }

  /**
   * What leads to a row is erased after it, so that whoever comes back finds what is left. A table without transaction
   * is changed for good at once: what comes before it is then committed first.
   */
  async #eraseSteps(set: WorkingSet, salt: string): Promise<void> {
    let isWaiting = false;
    for (const index of set.filled.toReversed()) {
      const isFinal = hasNoTransaction(this.#plan, stepAt(this.#plan, index));
      if (isFinal && isWaiting) {
        await this.#guard('', [], () => this.#connection.run('commit'));
        await this.#connection.begin('write');
      }
      await this.#eraseStep(index, salt);
      isWaiting = !isFinal;
    }
  }

  async #eraseStep(index: number, salt: string): Promise<void> {
    const statements = eraseRows({ dialect: this.#connection.dialect, plan: this.#plan }, index);
    const step = stepAt(this.#plan, index);
    const triggers = this.#plan.notices
      .filter((notice) => notice.code === 'triggers' && tableKey(notice) === tableKey(step))
      .flatMap((notice) => notice.about);
    for (const statement of statements) {
      const values = statement.includes('$1') ? [salt] : [];
      await this.#guard(tableKey(step), triggers, () => this.#connection.run(statement, values));
    }
  }

  async #guard<T>(table: string, triggers: readonly string[], work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw asRetryable(this.#connection, error) ?? asRefusal(this.#connection, error, table, triggers);
    }
  }

  #limit(): Promise<void> {
    const { lockTimeoutMs, statementTimeoutMs } = this.#options;
    return this.#connection.limit({ lockMs: lockTimeoutMs ?? 5_000, statementMs: statementTimeoutMs ?? 120_000 });
  }

  /** A materialized view keeps copies: it is refreshed, or told. */
  async #refresh(): Promise<readonly Text[]> {
    const notices: Text[] = [];
    for (const view of this.#plan.refresh) {
      await this.#connection.begin('write');
      try {
        await this.#limit();
        await this.#connection.run(`refresh materialized view ${quotedTable(view)}`);
        await this.#connection.run('commit');
      } catch (error) {
        await this.#connection.run('rollback').catch(() => undefined);
        if (this.#connection.trouble(error) === null) throw error;
        notices.push({
          fr: `La vue matérialisée ${tableKey(view)} n’a pas pu être rafraîchie : elle peut garder des copies. Rafraîchissez-la.`,
          en: `The materialized view ${tableKey(view)} could not be refreshed: it may keep copies. Refresh it.`,
        });
      }
    }
    return notices;
  }

  async #prove(
    set: WorkingSet,
    persons: readonly PersonOrder[],
    sampled: readonly number[],
    capture: Capture,
  ): Promise<{ readonly sightings: Sightings; readonly proof: ProofExtent }> {
    const sightings: Sightings = new Map();
    await this.#connection.begin('read');
    try {
      await this.#limit();
      await askIdentities(this.#connection, this.#plan, await set.kinds(), sightings);
      await checkRows(this.#connection, this.#plan, capture.salt, sightings, set.filled);
      const timeoutMs = this.#options.sweepTimeoutMs ?? 60_000;
      const looking = { persons: persons.length, sampled, timeoutMs };
      const proof = await lookThrough(this.#connection, this.#plan, set, sightings, looking);
      return { sightings, proof };
    } finally {
      await this.#connection.run('rollback').catch(() => undefined);
    }
  }

  #outcome(ref: string, rows: RowsFound, seen: readonly Sighting[]): PersonOutcome {
    const counts: Partial<Record<Category, number>> = {};
    const tables: Record<string, number> = {};
    for (const [index, count] of rows) {
      const told = this.#told(index);
      if (told === null) continue;
      tables[told.table] = (tables[told.table] ?? 0) + count;
      for (const category of told.categories) counts[category] = (counts[category] ?? 0) + count;
    }
    const isFound = rows.length > 0;
    const isStillSeen = seen.some((sighting) => !sighting.mayStay);
    const outcome = isStillSeen ? 'partly' : isFound ? 'executed' : 'not_found';
    const told = seen.map((sighting) => withCategories(this.#plan, sighting));
    return { ref, outcome, counts, tables, seen: told, reason: null, detail: unlinkedText(seen) };
  }

  /** What an outcome says of the rows of a step; null when they are kept. Read for each person of a batch. */
  #told(index: number): { readonly table: string; readonly categories: readonly Category[] } | null {
    const known = this.#toldOf.get(index);
    if (known !== undefined) return known;
    const step = stepAt(this.#plan, index);
    const fields = (step.action === 'delete' ? step.fields : blankedFields(step)).filter(
      (field) => field.category !== 'technical',
    );
    const categories = [...new Set(fields.map((field) => field.category ?? 'none'))];
    const told = step.action === 'keep' ? null : { table: tableKey(step), categories };
    this.#toldOf.set(index, told);
    return told;
  }

  readonly #toldOf = new Map<number, { readonly table: string; readonly categories: readonly Category[] } | null>();
}

function hasNoTransaction(plan: ErasurePlan, step: PlanStep): boolean {
  return plan.notices.some((notice) => notice.code === 'no_transaction' && tableKey(notice) === tableKey(step));
}

/** Nothing was changed for the person. */
function refused(ref: string, reason: 'identity_ambiguous' | 'technical', detail: Text): PersonOutcome {
  return { ref, outcome: 'refused', counts: {}, tables: {}, seen: [], reason, detail };
}

function leftOutEarlier(earlier: Capture | null, persons: readonly PersonOrder[]): readonly LeftOut[] {
  return (earlier?.leftOut ?? []).flatMap(([captured, which]) => {
    const person = persons.findIndex(({ ref }) => ref === earlier?.refs[captured]);
    return person < 0 ? [] : [[person, which] as const];
  });
}

/** Whether an earlier attempt found rows of the person, by the person's place in the batch. */
function placedEarlier(
  plan: ErasurePlan,
  earlier: Capture | null,
  persons: readonly PersonOrder[],
): (person: number) => boolean {
  const refs = new Set(
    (earlier?.steps ?? [])
      .filter(({ step }) => stepAt(plan, step).scope !== 'mention')
      .flatMap(({ counts }) => counts.map(([captured]) => earlier?.refs[captured])),
  );
  return (person) => refs.has(persons[person]?.ref);
}

function earlierValues(
  earlier: Capture | null,
  persons: readonly PersonOrder[],
  values: Capture['learnt'] = [],
): readonly PersonValue[] {
  return values.flatMap(([captured, kind, value]) => {
    const person = persons.findIndex(({ ref }) => ref === earlier?.refs[captured]);
    return person < 0 ? [] : [{ person, kind, value }];
  });
}

/** Goes on from what another plan's order had found: its rows, and the identifiers that it had met in them. */
async function takeUp(set: WorkingSet, earlier: Capture, persons: readonly PersonOrder[]): Promise<void> {
  await set.addValues(earlierValues(earlier, persons, earlier.known));
  await set.seed(earlier, placesOf(earlier, persons));
}

async function bringBack(
  set: WorkingSet,
  found: Capture,
  earlier: Capture,
  persons: readonly PersonOrder[],
): Promise<void> {
  const isCarried = earlier.isCarried === true;
  const personOf = isCarried ? placesOf(earlier, persons) : restorable(found, earlier, persons);
  await set.restore(isCarried ? withoutFound(earlier, found) : earlier, personOf);
  await set.addValues(
    earlier.known.flatMap(([captured, kind, value]) => {
      const person = personOf(captured);
      return person === null ? [] : [{ person, kind, value }];
    }),
  );
}

/** Persons of whom nothing is found any more, by their index in the earlier capture. */
function restorable(
  found: Capture,
  earlier: Capture,
  persons: readonly PersonOrder[],
): (index: number) => number | null {
  const present = new Set(found.steps.flatMap((step) => step.counts.map(([person]) => person)));
  const placeOf = placesOf(earlier, persons);
  return (captured) => {
    const index = placeOf(captured);
    return index === null || present.has(index) ? null : index;
  };
}

/** The place of a person in the batch, by their index in the earlier capture. */
function placesOf(earlier: Capture, persons: readonly PersonOrder[]): (index: number) => number | null {
  const places = new Map(persons.map((person, index) => [person.ref, index]));
  return (captured) => places.get(earlier.refs[captured] ?? '') ?? null;
}

function refuseAll(persons: readonly PersonOrder[], reasons: readonly Text[]): BatchOutcome {
  const detail = { fr: reasons.map((text) => text.fr).join(' '), en: reasons.map((text) => text.en).join(' ') };
  return endAll(persons, 'refused', detail);
}

/** Tables without transaction keep what was done before the refusal. */
function withWhatIsDone(plan: ErasurePlan, why: Text): Text {
  const isMixed = plan.notices.some((notice) => notice.code === 'no_transaction');
  return isMixed
    ? {
        fr: `${why.fr} Ce qui précède a pu être effacé, car des tables n’ont pas de transaction ; l’ordre peut être repris.`,
        en: `${why.en} What comes before may be erased, as tables have no transaction; the order can be resumed.`,
      }
    : { fr: `${why.fr} Rien n’a été modifié.`, en: `${why.en} Nothing was changed.` };
}

function failAll(persons: readonly PersonOrder[], detail: Text): BatchOutcome {
  return endAll(persons, 'failed', detail);
}

function endAll(persons: readonly PersonOrder[], outcome: 'refused' | 'failed', detail: Text): BatchOutcome {
  return {
    persons: persons.map(({ ref }) => ({
      ref,
      outcome,
      counts: {},
      tables: {},
      seen: [],
      reason: 'technical',
      detail,
    })),
    proof: { sweep: 'partial', notSwept: [], personsSwept: 0 },
    notices: [],
  };
}

function joinOutcomes(a: BatchOutcome, b: BatchOutcome): BatchOutcome {
  const extents = [a.proof.sweep, b.proof.sweep];
  return {
    persons: [...a.persons, ...b.persons],
    proof: {
      sweep: extents.includes('partial') ? 'partial' : extents.includes('sampled') ? 'sampled' : 'complete',
      notSwept: [...new Set([...a.proof.notSwept, ...b.proof.notSwept])],
      personsSwept: a.proof.personsSwept + b.proof.personsSwept,
    },
    notices: [...a.notices, ...b.notices],
  };
}
