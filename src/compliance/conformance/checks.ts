import type { Text } from '../../kernel/index.ts';
import type { Answered, Finding, Kind, Restart, SeenOrder, Sent, TestOutcome } from './seen.ts';
import { objects, words } from './words.ts';

/** Socle stops waiting for a webhook at ten seconds; past half of it a busy day would lose acknowledgements. */
const slowMs = 5_000;

const good = (text: Text): Finding => ({ verdict: 'good', text });
const mend = (text: Text): Finding => ({ verdict: 'mend', text });
const advice = (text: Text): Finding => ({ verdict: 'advice', text });
const untried = (text: Text): Finding => ({ verdict: 'untried', text });

/** The order was acknowledged and answered; what each person's outcome should be is told apart. */
export function checkAnswered(order: SeenOrder): readonly Finding[] {
  const acknowledgement = checkAcknowledged(order, 0);
  if (acknowledgement.some(({ verdict }) => verdict === 'mend')) return acknowledgement;
  const answer = accepted(order);
  if (answer === undefined) {
    const isOther = order.answers.some(({ verdict }) => verdict === 'not_this_one');
    return [...acknowledgement, mend(isOther ? words.wrongDigest : words.noOutcome)];
  }
  return [...acknowledgement, ...checkWhole(order, answer)];
}

export function checkGood(order: SeenOrder): readonly Finding[] {
  const findings = checkAnswered(order);
  const answer = accepted(order);
  if (answer === undefined || hasMend(findings)) return findings;
  const known = checkPersons(order, answer);
  return [
    ...findings,
    ...known,
    ...(hasMend(known)
      ? []
      : [
          good(words.done),
          ...missing(
            answer.persons.some(({ counts }) => counts > 0),
            words.noCounts,
          ),
        ]),
    ...missing(answer.hasBy, words.giveBy),
    ...missing(answer.isSigned, words.sign),
  ];
}

/** Same order, twice: one answer, given as often as asked. */
export function checkRepeated(order: SeenOrder): readonly Finding[] {
  const findings = checkAnswered(order);
  if (hasMend(findings)) return findings;
  const again = checkAcknowledged(order, 1);
  if (hasMend(again)) return again;
  if (order.answers.some(({ verdict }) => verdict === 'conflict')) return [mend(words.repeatedDifferently)];
  return [good(words.repeated)];
}

/** A message that is not to be believed: refused, and nothing carried out. */
export function checkNotBelieved(order: SeenOrder): readonly Finding[] {
  const findings = order.sent.flatMap((sent): readonly Finding[] => {
    const what = whatOf(sent);
    if (sent.status === null) return [mend(words.unreached(sent.problem ?? { fr: '', en: '' }))];
    if (sent.status >= 200 && sent.status < 300) {
      return [mend(sent.signing === 'expired' ? words.tookExpired : words.believed(what))];
    }
    return sent.status >= 500 ? [mend(words.brokeOn(sent.status, what))] : [good(words.refused(what))];
  });
  const [first] = order.sent;
  const wasDone = order.answers.length > 0 && first !== undefined;
  return wasDone ? [...findings, mend(words.carriedOut(whatOf(first)))] : findings;
}

export function checkUnknown(order: SeenOrder): readonly Finding[] {
  return checkEach(order, words.unknownSaid);
}

export function checkBatch(order: SeenOrder): readonly Finding[] {
  return checkEach(order, words.batchSaid);
}

export function checkLarge(order: SeenOrder): readonly Finding[] {
  return checkEach(order, words.answeredIn(order.persons.length));
}

/** Socle refused the first answer as if it were down: it must come again. */
export function checkSentAgain(order: SeenOrder): readonly Finding[] {
  const [first, ...rest] = order.answers;
  if (first === undefined) return checkAnswered(order);
  if (rest.length === 0) return [mend(words.notSentAgain)];
  return rest.some((answer) => sameAnswer(first, answer)) ? [good(words.sentAgain)] : [mend(words.repeatedDifferently)];
}

export function checkGenerations(first: SeenOrder, next: SeenOrder): readonly Finding[] {
  const before = checkAnswered(first);
  if (hasMend(before)) return before;
  return accepted(next) === undefined ? [mend(words.droppedGeneration)] : [good(words.newGeneration)];
}

/** The first answer never reached Socle; the application restarted; the order came again. */
export function checkRestarted(order: SeenOrder, restart: Restart): readonly Finding[] {
  const before = order.answers.find(({ verdict }) => verdict === 'held');
  if (before === undefined) return checkAnswered(order);
  if (restart === 'never') return [untried(words.neverRestarted)];
  const trust = restart === 'told' ? [advice(words.takenOnTrust)] : [];
  const after = accepted(order);
  if (after === undefined) return [...trust, mend(words.noOutcome)];
  return [...trust, sameAnswer(before, after) ? good(words.restartedSame) : mend(words.restartedOther)];
}

function checkEach(order: SeenOrder, said: Text): readonly Finding[] {
  const findings = checkAnswered(order);
  const answer = accepted(order);
  if (answer === undefined || hasMend(findings)) return findings;
  const persons = checkPersons(order, answer);
  return [...findings, ...(persons.length > 0 ? persons : [good(said)])];
}

function checkAcknowledged(order: SeenOrder, place: number): readonly Finding[] {
  const sent = order.sent[place];
  if (sent === undefined) return [];
  if (sent.signing === 'offered') {
    if (order.fetched <= place) return [mend(words.notFetched)];
    return [good(words.fetched), ...missing(order.receipts > 0, words.noReceipt)];
  }
  if (sent.status === null) return [mend(words.unreached(sent.problem ?? { fr: '', en: '' }))];
  if (sent.status < 200 || sent.status > 299) return [mend(words.notAcknowledged(sent.status))];
  return [
    sent.latencyMs > slowMs
      ? advice(words.slowAcknowledgement(sent.latencyMs))
      : good(words.acknowledged(sent.latencyMs)),
  ];
}

/** Every person has an outcome, nobody else has one, and what is not done has its reason. */
function checkWhole(order: SeenOrder, answer: Answered): readonly Finding[] {
  const refs = new Set(order.persons.map(({ ref }) => ref));
  const named = new Set(answer.persons.map(({ ref }) => ref));
  const left = order.persons.filter(({ ref }) => !named.has(ref) && answer.default === null).length;
  // One person alone has the outcome of the whole order.
  const isToldByTheWhole = order.persons.length === 1 && named.size === 0;
  const withoutReason = answer.persons.some(
    ({ outcome, hasReason }) => (outcome === 'refused' || outcome === 'partly') && !hasReason,
  );
  return [
    ...(left > 0 && !isToldByTheWhole ? [mend(words.missingPersons(left))] : []),
    ...(answer.persons.some(({ ref }) => !refs.has(ref)) ? [mend(words.strangers)] : []),
    ...(withoutReason ? [mend(words.noReason)] : []),
  ];
}

/** Known persons are erased and unknown ones not found: one finding a kind of mistake. */
function checkPersons(order: SeenOrder, answer: Answered): readonly Finding[] {
  const wrong = (kind: Kind, expected: TestOutcome): TestOutcome | undefined =>
    order.persons
      .filter((person) => person.kind === kind)
      .map(({ ref }) => outcomeOf(answer, ref))
      .find((outcome) => outcome !== expected);
  const [known, unknown] = [wrong('present', 'executed'), wrong('absent', 'not_found')];
  return [
    ...(known === undefined ? [] : [mend(known === 'not_found' ? words.notPlanted : words.wrongKnown(known))]),
    ...(unknown === undefined ? [] : [mend(words.unknownWrong(unknown))]),
  ];
}

function outcomeOf(answer: Answered, ref: string): TestOutcome {
  return answer.persons.find((person) => person.ref === ref)?.outcome ?? answer.default ?? answer.outcome;
}

/** The answer that a real order would have been closed with. */
function accepted(order: SeenOrder): Answered | undefined {
  return order.answers.findLast(({ verdict }) => verdict === 'taken');
}

/** To the letter: an order done again may find the same, at another time (its made-up person is planted anew). */
function sameAnswer(one: Answered, other: Answered): boolean {
  return contentOf(one) === contentOf(other);
}

function contentOf({ at, outcome, default: usual, persons }: Answered): string {
  return JSON.stringify([at, outcome, usual, [...persons].sort((a, b) => (a.ref < b.ref ? -1 : 1))]);
}

function whatOf(sent: Sent): Text {
  switch (sent.signing) {
    case 'expired':
      return objects.expired;
    case 'altered':
      return objects.altered;
    case 'unsigned':
      return objects.unsigned;
    case 'wrongly':
    case 'offered':
    case 'well':
      return objects.forged;
  }
}

function missing(isThere: boolean, text: Text): readonly Finding[] {
  return isThere ? [] : [advice(text)];
}

function hasMend(findings: readonly Finding[]): boolean {
  return findings.some(({ verdict }) => verdict === 'mend');
}
