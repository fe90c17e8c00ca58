import { buildOutcome, personResult } from './outcome.mjs';
import { executed, failed, isResult, refused } from './results.mjs';

/** The same key with another id: one of the two is not the order it says it is. */
export class AnotherOrder extends Error {
  name = 'AnotherOrder';
}

/**
 * Carries each order out once. What was done is kept before it is answered: a process that dies in between gives, when
 * the order comes again, the answer it would have given. The function made resolves to the answer.
 */
export function worker(options) {
  const running = new Map();
  return (order) => {
    const known = running.get(order.key);
    if (known !== undefined) return known;
    const work = perform(options, order).finally(() => running.delete(order.key));
    running.set(order.key, work);
    return work;
  };
}

async function perform(options, order) {
  const kept = await readKept(options, order);
  if (kept?.state === 'done') {
    if (kept.answer.order !== order.id) throw new AnotherOrder('another order was carried out under this key');
    return kept.answer;
  }
  // What failed is tried again; the rest of what an earlier attempt did stands.
  const done = new Map(
    (kept?.persons ?? []).filter(({ outcome }) => outcome !== 'failed').map((one) => [one.ref, one]),
  );
  const begun = new Set(kept?.doing ?? []);
  const persons = order.persons
    .filter(({ ref }) => !done.has(ref))
    .map((person) => ({ ...person, isResumed: begun.has(person.ref) }));
  if (order.isTest && kept === null) await plant(options, order, persons);
  const attempt = { options, order, done, persons, begun };
  const action = options.on[order.action];
  if (action === undefined) return keepAnswer(attempt, sameFor(persons, notDoneHere(order)));
  return typeof action === 'function' ? oneByOne(attempt, action) : together(attempt, action.batch);
}

function notDoneHere({ action }) {
  return refused('other', { detail: `this application does not do: ${action}` });
}

/** At most this often is progress kept for one order, so that keeping it costs little however many persons it has. */
const marks = 100;

async function oneByOne(attempt, action) {
  const { options, order, done, persons } = attempt;
  const step = Math.ceil(persons.length / marks);
  for (let from = 0; from < persons.length; from += step) {
    const next = persons.slice(from, from + step);
    await keepProgress(attempt, next);
    for (const person of next) {
      const result = await attempted(options, order, async () => expectResult(await action(person, order)));
      done.set(person.ref, personResult(person, afterResuming(person, result ?? failed())));
    }
  }
  return keepAnswer(attempt, new Map());
}

/** Nobody left of a person who was being erased when the process died: that is done, never "not found". */
function afterResuming(person, result) {
  if (!person.isResumed || result.outcome !== 'not_found') return result;
  return { ...executed(), detail: 'interrupted, then nothing was left' };
}

async function together(attempt, action) {
  const { options, order, persons } = attempt;
  await keepProgress(attempt, persons);
  let isKept = false;
  const keep = (answer, transaction) => {
    isKept = true;
    return keepAnswer(attempt, resultsOf(persons, answer), transaction);
  };
  const given = { ...order, isResumed: persons.some((person) => person.isResumed), keep };
  const results = await attempted(options, order, async () => {
    const answer = await action(persons, given);
    return isKept ? null : resultsOf(persons, answer);
  });
  if (isKept) {
    // Only what the function's transaction has committed counts, whatever it said since.
    const kept = await readKept(options, order);
    if (kept?.state === 'done') return kept.answer;
  }
  return keepAnswer(attempt, results ?? sameFor(persons, failed()));
}

/** `{ default, exceptions }` → the result of each person. */
function resultsOf(persons, answer) {
  const exceptions = answer?.exceptions ?? {};
  const of = (ref) => (exceptions instanceof Map ? exceptions.get(ref) : exceptions[ref]) ?? answer?.default;
  return new Map(persons.map((person) => [person.ref, personResult(person, expectResult(of(person.ref)))]));
}

function sameFor(persons, result) {
  return new Map(persons.map((person) => [person.ref, personResult(person, result)]));
}

function expectResult(value) {
  if (isResult(value)) return value;
  throw new TypeError('return executed(…), notFound(), partly(…), refused(…) or failed(…): silence is not a success');
}

/** What throws has failed: null. Its message may name somebody, so it goes nowhere but the name and code of the error. */
async function attempted({ log }, order, run) {
  try {
    return await run();
  } catch (error) {
    // Words of this SDK alone may be shown.
    const why = error instanceof TypeError && /^return executed/.test(error.message) ? error.message : undefined;
    log('error', 'order.function_failed', { order: order.id, error: error?.name, code: error?.code, why });
    return null;
  }
}

/** A conformance test's made-up persons that the application is to know. */
async function plant({ on }, order, persons) {
  if (on.plant === undefined) return;
  for (const person of persons) {
    if (person.identities.some(({ value }) => /\bpresent-/i.test(value))) await on.plant(person, order);
  }
}

async function readKept({ store }, order) {
  const text = await store.read(order.key);
  return text === null || text === undefined ? null : JSON.parse(text);
}

/** Whoever was begun stays so until a result is known: an attempt that dies over somebody else must not forget them. */
function keepProgress({ options, order, done, begun }, next) {
  for (const { ref } of next) begun.add(ref);
  const doing = [...begun].filter((ref) => !done.has(ref));
  const kept = { version: 1, state: 'doing', persons: [...done.values()], doing };
  return options.store.write(order.key, JSON.stringify(kept));
}

/** Builds the answer from what is known of each person and keeps it. One with failures stays open: they are tried again. */
async function keepAnswer({ options, order, done }, results, transaction) {
  const { store, by, signingKey, now } = options;
  const persons = order.persons.map(({ ref }) => results.get(ref) ?? done.get(ref));
  const answer = buildOutcome({ order, persons, at: new Date(now()), by, signingKey });
  const state = persons.some(({ outcome }) => outcome === 'failed') ? 'failed' : 'done';
  const kept = { version: 1, state, persons: state === 'done' ? [] : persons, answer };
  const text = JSON.stringify(kept);
  await (transaction === undefined ? store.write(order.key, text) : store.write(order.key, text, transaction));
  return answer;
}
