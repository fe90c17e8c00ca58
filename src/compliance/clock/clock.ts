import {
  type Day,
  dayOf,
  daysBetween,
  earlierOf,
  endOfDay,
  frenchZone,
  laterOf,
  type MonthPeriod,
  monthsAfter,
  type Region,
} from '../../kernel/index.ts';
import { type ClockStep, explain } from './explanation.ts';

/** A day as someone wrote it, or an instant that becomes the day it was in the organisation's time zone. */
export type Moment = Day | Date;

/** Identity information asked of the person on reasonable doubt, and its arrival (GDPR art. 12(6)). */
export interface IdentityRequest {
  readonly requestedAt: Moment;
  /** Null as long as nothing has arrived. */
  readonly receivedAt: Moment | null;
}

/** The person was told that the answer needs up to two months more (GDPR art. 12(3), second and third sentences). */
export interface ExtensionNotice {
  readonly notifiedAt: Moment;
  readonly hasReasons: boolean;
}

/** What the clock reads. Nothing else changes a deadline: a hold, a silent application or a contradiction doesn't. */
export interface ClockFacts {
  readonly receivedAt: Moment;
  readonly identityRequests?: readonly IdentityRequest[];
  readonly extension?: ExtensionNotice | null;
  readonly answeredAt?: Moment | null;
}

export interface ClockSettings {
  readonly zone: string;
  readonly region: Region;
}

export const frenchClock: ClockSettings = { zone: frenchZone, region: 'france' };

export type ClockState = 'running' | 'suspended' | 'answered_in_time' | 'answered_late' | 'overdue';

export type ExtensionEffect = 'none' | 'effective' | 'too_late' | 'without_reasons';

/** A time during which the clock did not run. The day of asking isn't counted, that of arrival is (1182/71 art. 3(1)). */
export interface Suspension {
  readonly from: Day;
  /** Null while it lasts. */
  readonly until: Day | null;
  readonly days: number;
}

export interface RequestClock {
  readonly state: ClockState;
  readonly receivedOn: Day;
  /** Last day to answer, or to tell the person of an extension. */
  readonly firstDeadline: Day;
  /** Last day to answer. While suspended: what it would be if the identity information arrived today. */
  readonly deadline: Day;
  /** True while suspended: the deadline moves a day further each day. */
  readonly isProvisional: boolean;
  /** The last millisecond of the deadline in the organisation's time zone. */
  readonly expiresAt: Date;
  readonly answeredOn: Day | null;
  /** From today (or from the answer) to the deadline: 0 on the last day, negative when late. */
  readonly daysLeft: number;
  readonly suspensions: readonly Suspension[];
  readonly suspendedDays: number;
  readonly extension: ExtensionEffect;
  /** How the deadline was computed, in order, each step with its source. */
  readonly steps: readonly ClockStep[];
}

/** The facts of a request as days, cut at the answer and at today. */
export interface DatedFacts {
  readonly today: Day;
  readonly receivedOn: Day;
  readonly answeredOn: Day | null;
  readonly extension: { readonly notifiedOn: Day; readonly hasReasons: boolean } | null;
  readonly suspensions: readonly Suspension[];
}

/** A period and the suspensions that moved its end. */
export interface Term extends MonthPeriod {
  readonly months: number;
  readonly suspensions: readonly Suspension[];
}

/**
 * The legal clock of a person's request.
 *
 * - One month from receipt (GDPR art. 12(3)), counted by Regulation 1182/71: see `monthsAfter`.
 * - An extension notified with its reasons within that month makes it three months *from receipt*: art. 12(3) extends
 *   "that period", it doesn't start another one.
 * - While identity information is awaited the clock stands still (décret 2019-536 art. 77; EDPB Guidelines 01/2022 §159):
 *   each calendar day of suspension moves the end by one day, before a Saturday, Sunday or holiday moves it again.
 *   It does not start anew on arrival, which would be to the person's cost. What is asked after the term has
 *   expired changes nothing: an expired term can't be suspended.
 */
export function requestClock(facts: ClockFacts, now: Date, settings: ClockSettings = frenchClock): RequestClock {
  const dated = datedFacts(facts, now, settings.zone);
  const first = termOf(dated, 1, settings.region);
  const extension = extensionEffect(dated, first.lastDay);
  const term = extension === 'effective' ? termOf(dated, 3, settings.region) : first;
  const isSuspended = dated.answeredOn === null && term.suspensions.some((suspension) => suspension.until === null);
  const state = stateOf(dated, term.lastDay, isSuspended);
  return {
    state,
    receivedOn: dated.receivedOn,
    firstDeadline: first.lastDay,
    deadline: term.lastDay,
    isProvisional: isSuspended,
    expiresAt: endOfDay(term.lastDay, settings.zone),
    answeredOn: dated.answeredOn,
    daysLeft: daysBetween(dated.answeredOn ?? dated.today, term.lastDay),
    suspensions: term.suspensions,
    suspendedDays: totalDays(term.suspensions),
    extension,
    steps: explain(dated, first, extension, term, state, settings.region),
  };
}

function stateOf(dated: DatedFacts, deadline: Day, isSuspended: boolean): ClockState {
  if (dated.answeredOn !== null) return dated.answeredOn <= deadline ? 'answered_in_time' : 'answered_late';
  if (isSuspended) return 'suspended';
  return dated.today <= deadline ? 'running' : 'overdue';
}

function extensionEffect(dated: DatedFacts, firstDeadline: Day): ExtensionEffect {
  if (dated.extension === null) return 'none';
  if (!dated.extension.hasReasons) return 'without_reasons';
  return dated.extension.notifiedOn <= firstDeadline ? 'effective' : 'too_late';
}

/** Only a suspension that begins while the term still runs moves it, and each moves the end seen by the next. */
function termOf(dated: DatedFacts, months: number, region: Region): Term {
  let term: Term = { ...monthsAfter(dated.receivedOn, months, region), months, suspensions: [] };
  for (const suspension of dated.suspensions) {
    if (suspension.from > term.lastDay) break;
    const suspensions = [...term.suspensions, suspension];
    term = { ...monthsAfter(dated.receivedOn, months, region, totalDays(suspensions)), months, suspensions };
  }
  return term;
}

function datedFacts(facts: ClockFacts, now: Date, zone: string): DatedFacts {
  const toDay = (moment: Moment): Day => (moment instanceof Date ? dayOf(moment, zone) : moment);
  const today = dayOf(now, zone);
  const receivedOn = toDay(facts.receivedAt);
  const answeredOn = facts.answeredAt ? toDay(facts.answeredAt) : null;
  const asked = (facts.identityRequests ?? [])
    .map(({ requestedAt, receivedAt }) => ({
      from: laterOf(toDay(requestedAt), receivedOn),
      until: receivedAt === null ? null : toDay(receivedAt),
    }))
    .filter(({ from }) => answeredOn === null || from <= answeredOn);
  return {
    today,
    receivedOn,
    answeredOn,
    extension: facts.extension
      ? { notifiedOn: toDay(facts.extension.notifiedAt), hasReasons: facts.extension.hasReasons }
      : null,
    suspensions: suspensionsOf(asked, answeredOn ?? today),
  };
}

/** In order, without overlap: two questions that wait together suspend the clock once. */
function suspensionsOf(asked: readonly { from: Day; until: Day | null }[], end: Day): readonly Suspension[] {
  const merged: { from: Day; until: Day | null }[] = [];
  for (const next of [...asked].sort((one, other) => (one.from < other.from ? -1 : 1))) {
    const last = merged.at(-1);
    if (last && (last.until === null || next.from <= last.until)) {
      last.until = last.until === null || next.until === null ? null : laterOf(last.until, next.until);
    } else merged.push({ ...next });
  }
  return merged.map(({ from, until }) => {
    const stop = until === null ? laterOf(from, end) : laterOf(from, earlierOf(until, laterOf(from, end)));
    return { from, until, days: daysBetween(from, stop) };
  });
}

function totalDays(suspensions: readonly Suspension[]): number {
  return suspensions.reduce((sum, suspension) => sum + suspension.days, 0);
}
