import {
  addDays,
  counted,
  type Day,
  daysBetween,
  dayText,
  fullDayText,
  holidayOn,
  type Region,
  type Text,
  weekdayText,
} from '../../kernel/index.ts';
import type { ClockState, DatedFacts, ExtensionEffect, Suspension, Term } from './clock.ts';

/** One step of a computation, with the rule it applies and the date it reaches. */
export interface ClockStep {
  readonly text: Text;
  readonly source: Text | null;
  readonly day: Day | null;
}

export const clockStateWords: Readonly<Record<ClockState, Text>> = {
  running: { fr: 'en cours', en: 'running' },
  suspended: { fr: 'suspendu', en: 'suspended' },
  answered_in_time: { fr: 'réponse dans le délai', en: 'answered in time' },
  answered_late: { fr: 'réponse hors délai', en: 'answered late' },
  overdue: { fr: 'dépassé', en: 'overdue' },
};

/** `encore 12 jours`, `dernier jour`, `3 jours de retard`. */
export function daysLeftText(daysLeft: number): Text {
  if (daysLeft === 0) return { fr: 'dernier jour', en: 'last day' };
  const days = daysText(Math.abs(daysLeft));
  return daysLeft > 0
    ? { fr: `encore ${days.fr}`, en: `${days.en} left` }
    : { fr: `${days.fr} de retard`, en: `${days.en} late` };
}

const sources = {
  month: { fr: 'RGPD, art. 12, § 3', en: 'GDPR, art. 12(3)' },
  dayExcluded: { fr: 'règlement 1182/71, art. 3, § 1', en: 'Regulation 1182/71, art. 3(1)' },
  counting: {
    fr: 'RGPD, art. 12, § 3 ; règlement 1182/71, art. 3, § 2, c',
    en: 'GDPR, art. 12(3); Regulation 1182/71, art. 3(2)(c)',
  },
  dayOff: { fr: 'règlement 1182/71, art. 2, § 1, et art. 3, § 4', en: 'Regulation 1182/71, art. 2(1) and 3(4)' },
  suspension: {
    fr: 'RGPD, art. 12, § 6 ; décret n° 2019-536, art. 77 ; CEPD, lignes directrices 01/2022, § 159',
    en: 'GDPR, art. 12(6); décret 2019-536, art. 77; EDPB Guidelines 01/2022, § 159',
  },
} as const satisfies Record<string, Text>;

/** The whole computation in words, in the order in which a lawyer would check it. */
export function explain(
  dated: DatedFacts,
  first: Term,
  extension: ExtensionEffect,
  term: Term,
  state: ClockState,
  region: Region,
): readonly ClockStep[] {
  return [
    receiptStep(dated.receivedOn),
    firstMonthStep(dated.receivedOn, first),
    ...extensionStep(dated, first, extension, term),
    ...term.suspensions.map((suspension, index) => suspensionStep(suspension, index, dated, term)),
    ...dated.suspensions.slice(term.suspensions.length).map((late) => lateSuspensionStep(late, term)),
    ...(term.date === term.lastDay ? [] : [dayOffStep(term, region)]),
    endStep(dated, term.lastDay, state),
  ];
}

function receiptStep(receivedOn: Day): ClockStep {
  const received = fullDayText(receivedOn);
  return {
    text: {
      fr: `Demande reçue le ${received.fr} : le délai part de ce jour, qui ne compte pas lui-même.`,
      en: `Request received on ${received.en}: the period runs from that day, which does not count itself.`,
    },
    source: sources.dayExcluded,
    day: receivedOn,
  };
}

function firstMonthStep(receivedOn: Day, first: Term): ClockStep {
  const end = fullDayText(first.monthsEnd);
  const dayOfMonth = Number(receivedOn.slice(8));
  return {
    text: first.isClamped
      ? {
          fr: `Un mois pour répondre. Le mois suivant n’a pas de ${dayOfMonth} : le délai s’achève le dernier jour de ce mois, le ${end.fr}.`,
          en: `One month to answer. The next month has no day ${dayOfMonth}: the period ends on the last day of that month, ${end.en}.`,
        }
      : {
          fr: `Un mois pour répondre : le délai s’achève à la même date du mois suivant, le ${end.fr}.`,
          en: `One month to answer: the period ends on the same date of the next month, ${end.en}.`,
        },
    source: sources.counting,
    day: first.monthsEnd,
  };
}

function extensionStep(dated: DatedFacts, first: Term, effect: ExtensionEffect, term: Term): readonly ClockStep[] {
  if (dated.extension === null) return [];
  const told = dayText(dated.extension.notifiedOn);
  const limit = dayText(first.lastDay);
  const end = fullDayText(term.monthsEnd);
  const texts: Readonly<Record<Exclude<ExtensionEffect, 'none'>, Text>> = {
    effective: {
      fr: `Prolongation de deux mois, annoncée avec ses motifs le ${told.fr}, avant l’échéance du premier mois (${limit.fr}) : le délai est de trois mois depuis la réception et s’achève le ${end.fr}.`,
      en: `Extension by two months, notified with its reasons on ${told.en}, before the end of the first month (${limit.en}): the period is three months from receipt and ends on ${end.en}.`,
    },
    too_late: {
      fr: `Prolongation annoncée le ${told.fr}, après l’échéance du premier mois (${limit.fr}) : elle est sans effet.`,
      en: `Extension notified on ${told.en}, after the end of the first month (${limit.en}): it has no effect.`,
    },
    without_reasons: {
      fr: `Prolongation annoncée le ${told.fr} sans en donner les motifs : elle est sans effet.`,
      en: `Extension notified on ${told.en} without its reasons: it has no effect.`,
    },
  };
  if (effect === 'none') return [];
  return [{ text: texts[effect], source: sources.month, day: effect === 'effective' ? term.monthsEnd : null }];
}

function suspensionStep(suspension: Suspension, index: number, dated: DatedFacts, term: Term): ClockStep {
  const asked = dayText(suspension.from);
  const sinceReceipt = sinceReceiptText(daysBetween(dated.receivedOn, suspension.from));
  const days = daysText(suspension.days);
  const movedBy = term.suspensions.slice(0, index + 1).reduce((sum, earlier) => sum + earlier.days, 0);
  const end = fullDayText(addDays(term.monthsEnd, movedBy));
  const opening: Text = {
    fr: `Informations d’identité demandées le ${asked.fr} (${sinceReceipt.fr}) en raison d’un doute raisonnable`,
    en: `Identity information requested on ${asked.en} (${sinceReceipt.en}) because of a reasonable doubt`,
  };
  if (suspension.until === null) {
    const counted =
      dated.answeredOn === null
        ? { fr: 'Si elles arrivaient aujourd’hui', en: 'If it arrived today' }
        : { fr: 'Au jour de la réponse', en: 'On the day of the answer' };
    return {
      text: {
        fr: `${opening.fr}, non reçues : le délai est suspendu depuis ce jour. ${counted.fr}, il serait repoussé de ${days.fr}, au ${end.fr}.`,
        en: `${opening.en}, not received: the clock has stood still since then. ${counted.en}, the end would move by ${days.en}, to ${end.en}.`,
      },
      source: sources.suspension,
      day: addDays(term.monthsEnd, movedBy),
    };
  }
  const arrived = dayText(suspension.until);
  return {
    text: {
      fr: `${opening.fr}, reçues le ${arrived.fr} : ${days.fr} de suspension, ce qui repousse la fin du délai au ${end.fr}.`,
      en: `${opening.en}, received on ${arrived.en}: ${days.en} of suspension, moving the end of the period to ${end.en}.`,
    },
    source: sources.suspension,
    day: addDays(term.monthsEnd, movedBy),
  };
}

function lateSuspensionStep(suspension: Suspension, term: Term): ClockStep {
  const asked = dayText(suspension.from);
  const limit = dayText(term.lastDay);
  return {
    text: {
      fr: `Informations d’identité demandées le ${asked.fr}, après l’expiration du délai (${limit.fr}) : un délai expiré ne se suspend pas.`,
      en: `Identity information requested on ${asked.en}, after the period had expired (${limit.en}): an expired period cannot be suspended.`,
    },
    source: sources.suspension,
    day: null,
  };
}

function dayOffStep(term: Term, region: Region): ClockStep {
  const holiday = holidayOn(term.date, region);
  const date = dayText(term.date);
  const weekday = weekdayText(term.date);
  const next = fullDayText(term.lastDay);
  return {
    text: holiday
      ? {
          fr: `Le ${date.fr} est un jour férié (${holiday.fr}) : le délai court jusqu’au jour ouvrable suivant, le ${next.fr}.`,
          en: `${date.en} is a public holiday (${holiday.en}): the period runs through the next working day, ${next.en}.`,
        }
      : {
          fr: `Le ${date.fr} est un ${weekday.fr} : le délai court jusqu’au jour ouvrable suivant, le ${next.fr}.`,
          en: `${date.en} is a ${weekday.en}: the period runs through the next working day, ${next.en}.`,
        },
    source: sources.dayOff,
    day: term.lastDay,
  };
}

function endStep(dated: DatedFacts, deadline: Day, state: ClockState): ClockStep {
  const end = fullDayText(deadline);
  const answered = dated.answeredOn === null ? end : fullDayText(dated.answeredOn);
  const late = daysText(Math.abs(daysBetween(deadline, dated.answeredOn ?? dated.today)));
  const texts: Readonly<Record<ClockState, Text>> = {
    running: {
      fr: `La réponse doit partir au plus tard le ${end.fr}, avant minuit (heure locale).`,
      en: `The answer must leave by ${end.en}, before midnight (local time).`,
    },
    suspended: {
      fr: 'Aucune échéance ne court tant que ces informations ne sont pas arrivées.',
      en: 'No deadline runs until that information has arrived.',
    },
    answered_in_time: {
      fr: `Réponse envoyée le ${answered.fr}, dans le délai (${end.fr}).`,
      en: `Answer sent on ${answered.en}, in time (${end.en}).`,
    },
    answered_late: {
      fr: `Réponse envoyée le ${answered.fr}, soit ${late.fr} après l’échéance du ${end.fr}.`,
      en: `Answer sent on ${answered.en}, ${late.en} after the deadline of ${end.en}.`,
    },
    overdue: {
      fr: `L’échéance du ${end.fr} est dépassée de ${late.fr}. Répondez sans attendre : un retard ne dispense pas de répondre.`,
      en: `The deadline of ${end.en} has passed by ${late.en}. Answer now: being late does not dispense from answering.`,
    },
  };
  return { text: texts[state], source: sources.month, day: state === 'suspended' ? null : deadline };
}

/** How fast identity was asked: the suspension holds only for a controller that asked without undue delay. */
function sinceReceiptText(days: number): Text {
  if (days === 0) return { fr: 'le jour de la réception', en: 'on the day of receipt' };
  const written = daysText(days);
  return { fr: `${written.fr} après la réception`, en: `${written.en} after receipt` };
}

function daysText(count: number): Text {
  return counted(count, { fr: 'jour', en: 'day' }, { fr: 'jours', en: 'days' });
}
