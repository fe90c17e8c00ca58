import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, addMonths, type Day, day, daysBetween, isWorkingDay } from '../../kernel/index.ts';
import { type ClockFacts, frenchClock, requestClock } from './clock.ts';
import { daysLeftText } from './explanation.ts';

const noon = (on: string): Date => new Date(`${on}T11:00:00Z`);
const sentences = (facts: ClockFacts, today: string, language: 'fr' | 'en' = 'fr'): readonly string[] =>
  requestClock(facts, noon(today)).steps.map((step) => step.text[language]);

describe('the legal month', () => {
  test.each([
    ['2026-11-22', '2026-12-22'],
    ['2026-01-31', '2026-03-02'],
    ['2028-01-31', '2028-02-29'],
    ['2026-06-14', '2026-07-15'],
    ['2026-08-31', '2026-09-30'],
    ['2026-11-25', '2026-12-28'],
  ])('a request received on %s is answered by %s', (received, deadline) => {
    const clock = requestClock({ receivedAt: day(received) }, noon(received));
    expect(clock.deadline).toBe(deadline);
    expect(clock.firstDeadline).toBe(deadline);
    expect(clock.state).toBe('running');
  });

  test('begins with the day it was in Paris when the request arrived', () => {
    const late = requestClock({ receivedAt: new Date('2026-09-30T22:30:00Z') }, noon('2026-10-02'));
    expect(late.receivedOn).toBe('2026-10-01');
    expect(late.deadline).toBe('2026-11-02');
    expect(late.expiresAt.toISOString()).toBe('2026-11-02T22:59:59.999Z');
  });

  test('takes the two local holidays of Alsace-Moselle when asked', () => {
    const local = { ...frenchClock, region: 'alsace_moselle' } as const;
    expect(requestClock({ receivedAt: day('2026-03-03') }, noon('2026-03-03'), local).deadline).toBe('2026-04-07');
    expect(requestClock({ receivedAt: day('2025-11-26') }, noon('2025-11-26'), local).deadline).toBe('2025-12-29');
  });

  test('still runs on its last day and is overdue on the next', () => {
    const facts = { receivedAt: day('2026-09-07') };
    expect(requestClock(facts, new Date('2026-10-07T21:59:59Z'))).toMatchObject({ state: 'running', daysLeft: 0 });
    expect(requestClock(facts, new Date('2026-10-07T22:00:00Z'))).toMatchObject({ state: 'overdue', daysLeft: -1 });
  });

  test('an answer on the last day is in time, one on the next is late', () => {
    const facts = (answeredAt: string): ClockFacts => ({ receivedAt: day('2026-09-07'), answeredAt: day(answeredAt) });
    expect(requestClock(facts('2026-10-07'), noon('2027-01-01'))).toMatchObject({
      state: 'answered_in_time',
      daysLeft: 0,
    });
    expect(requestClock(facts('2026-10-08'), noon('2027-01-01'))).toMatchObject({
      state: 'answered_late',
      daysLeft: -1,
    });
  });
});

describe('an extension', () => {
  const facts = (notifiedAt: string, hasReasons = true): ClockFacts => ({
    receivedAt: day('2026-01-31'),
    extension: { notifiedAt: day(notifiedAt), hasReasons },
  });

  test('notified with reasons within the first month makes three months from receipt', () => {
    const clock = requestClock(facts('2026-03-02'), noon('2026-03-02'));
    expect(clock).toMatchObject({ extension: 'effective', firstDeadline: '2026-03-02', deadline: '2026-04-30' });
  });

  test('notified a day too late changes nothing', () => {
    const clock = requestClock(facts('2026-03-03'), noon('2026-03-03'));
    expect(clock).toMatchObject({ extension: 'too_late', deadline: '2026-03-02', state: 'overdue' });
  });

  test('without its reasons changes nothing', () => {
    const clock = requestClock(facts('2026-02-10', false), noon('2026-02-10'));
    expect(clock).toMatchObject({ extension: 'without_reasons', deadline: '2026-03-02' });
  });
});

describe('a suspension', () => {
  test('moves the end by as many days as identity information was awaited', () => {
    const clock = requestClock(
      {
        receivedAt: day('2026-09-07'),
        identityRequests: [{ requestedAt: day('2026-09-08'), receivedAt: day('2026-09-14') }],
      },
      noon('2026-09-20'),
    );
    expect(clock).toMatchObject({ state: 'running', suspendedDays: 6, deadline: '2026-10-13', isProvisional: false });
  });

  test('lasts until the information arrives: the deadline is provisional and moves with each day', () => {
    const facts: ClockFacts = {
      receivedAt: day('2026-09-07'),
      identityRequests: [{ requestedAt: day('2026-09-08'), receivedAt: null }],
    };
    expect(requestClock(facts, noon('2026-09-10'))).toMatchObject({ state: 'suspended', deadline: '2026-10-09' });
    expect(requestClock(facts, noon('2026-12-10'))).toMatchObject({ state: 'suspended', isProvisional: true });
  });

  test('has no effect when it is asked after the deadline', () => {
    const clock = requestClock(
      { receivedAt: day('2026-09-07'), identityRequests: [{ requestedAt: day('2026-10-08'), receivedAt: null }] },
      noon('2026-10-09'),
    );
    expect(clock).toMatchObject({ state: 'overdue', deadline: '2026-10-07', suspendedDays: 0 });
    expect(clock.steps.at(-2)?.text.en).toContain('an expired period cannot be suspended');
  });

  test('counts two questions that wait together once', () => {
    const clock = requestClock(
      {
        receivedAt: day('2026-09-07'),
        identityRequests: [
          { requestedAt: day('2026-09-10'), receivedAt: day('2026-09-20') },
          { requestedAt: day('2026-09-08'), receivedAt: day('2026-09-14') },
        ],
      },
      noon('2026-09-25'),
    );
    expect(clock.suspensions).toEqual([{ from: '2026-09-08', until: '2026-09-20', days: 12 }]);
  });

  test('does not stop an answer from being in time', () => {
    const clock = requestClock(
      {
        receivedAt: day('2026-09-07'),
        identityRequests: [{ requestedAt: day('2026-09-08'), receivedAt: null }],
        answeredAt: day('2026-11-20'),
      },
      noon('2026-12-01'),
    );
    expect(clock).toMatchObject({ state: 'answered_in_time', isProvisional: false });
  });
});

describe('every date says how it was computed', () => {
  test('in French, with the sources', () => {
    expect(sentences({ receivedAt: day('2026-01-31') }, '2026-02-02')).toEqual([
      'Demande reçue le samedi 31 janvier 2026 : le délai part de ce jour, qui ne compte pas lui-même.',
      'Un mois pour répondre. Le mois suivant n’a pas de 31 : le délai s’achève le dernier jour de ce mois, le samedi 28 février 2026.',
      'Le 28 février 2026 est un samedi : le délai court jusqu’au jour ouvrable suivant, le lundi 2 mars 2026.',
      'La réponse doit partir au plus tard le lundi 2 mars 2026, avant minuit (heure locale).',
    ]);
  });

  test('in English, with a suspension and an extension', () => {
    const facts: ClockFacts = {
      receivedAt: day('2026-04-14'),
      identityRequests: [{ requestedAt: day('2026-04-15'), receivedAt: day('2026-04-16') }],
      extension: { notifiedAt: day('2026-05-04'), hasReasons: true },
    };
    expect(sentences(facts, '2026-05-05', 'en')).toEqual([
      'Request received on Tuesday 14 April 2026: the period runs from that day, which does not count itself.',
      'One month to answer: the period ends on the same date of the next month, Thursday 14 May 2026.',
      'Extension by two months, notified with its reasons on 4 May 2026, before the end of the first month (15 May 2026): the period is three months from receipt and ends on Tuesday 14 July 2026.',
      'Identity information requested on 15 April 2026 (1 day after receipt) because of a reasonable doubt, received on 16 April 2026: 1 day of suspension, moving the end of the period to Wednesday 15 July 2026.',
      'The answer must leave by Wednesday 15 July 2026, before midnight (local time).',
    ]);
  });

  test('names the holiday', () => {
    expect(sentences({ receivedAt: day('2026-06-14') }, '2026-06-15')[2]).toBe(
      'Le 14 juillet 2026 est un jour férié (fête nationale) : le délai court jusqu’au jour ouvrable suivant, le mercredi 15 juillet 2026.',
    );
  });

  test('and how many days are left', () => {
    expect(daysLeftText(12)).toEqual({ fr: 'encore 12 jours', en: '12 days left' });
    expect(daysLeftText(1)).toEqual({ fr: 'encore 1 jour', en: '1 day left' });
    expect(daysLeftText(0)).toEqual({ fr: 'dernier jour', en: 'last day' });
    expect(daysLeftText(-3)).toEqual({ fr: '3 jours de retard', en: '3 days late' });
  });
});

describe('for any request', () => {
  const anyDay = fc.integer({ min: 0, max: 20_000 }).map((offset): Day => addDays(day('2018-05-25'), offset));
  const anyWait = fc.record({
    after: fc.integer({ min: 0, max: 120 }),
    lasting: fc.option(fc.integer({ min: 0, max: 90 })),
  });
  const anyFacts = fc
    .record({
      received: anyDay,
      waits: fc.array(anyWait, { maxLength: 4 }),
      extension: fc.option(fc.integer({ min: 0, max: 60 })),
    })
    .map(({ received, waits, extension }): ClockFacts & { receivedAt: Day } => ({
      receivedAt: received,
      identityRequests: waits.map(({ after, lasting }) => ({
        requestedAt: addDays(received, after),
        receivedAt: lasting === null ? null : addDays(received, after + lasting),
      })),
      extension: extension === null ? null : { notifiedAt: addDays(received, extension), hasReasons: true },
    }));
  const anyPair = fc.tuple(anyFacts, fc.integer({ min: 0, max: 200 }));

  test('the deadline is never earlier than a month from receipt, nor on a day off', () => {
    fc.assert(
      fc.property(anyPair, ([facts, after]) => {
        const clock = requestClock(facts, noon(addDays(facts.receivedAt, after)));
        expect(clock.deadline >= addMonths(facts.receivedAt, 1)).toBe(true);
        expect(isWorkingDay(clock.deadline)).toBe(true);
        expect(clock.deadline >= clock.firstDeadline).toBe(true);
        expect(clock.steps.at(-1)?.text.fr.length).toBeGreaterThan(0);
      }),
    );
  });

  test('the deadline never moves back as days go by, and moves only while suspended', () => {
    fc.assert(
      fc.property(anyPair, ([facts, after]) => {
        const today = addDays(facts.receivedAt, after);
        const now = requestClock(facts, noon(today));
        const tomorrow = requestClock(facts, noon(addDays(today, 1)));
        expect(tomorrow.firstDeadline >= now.firstDeadline).toBe(true);
        if (now.extension === tomorrow.extension) expect(tomorrow.deadline >= now.deadline).toBe(true);
      }),
    );
  });

  test('days left and the state agree', () => {
    fc.assert(
      fc.property(anyPair, ([facts, after]) => {
        const today = addDays(facts.receivedAt, after);
        const clock = requestClock(facts, noon(today));
        expect(clock.daysLeft).toBe(daysBetween(today, clock.deadline));
        if (clock.state === 'overdue') expect(clock.daysLeft).toBeLessThan(0);
        if (clock.state === 'running') expect(clock.daysLeft).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test('an extension or a suspension never brings the deadline nearer', () => {
    fc.assert(
      fc.property(anyPair, ([facts, after]) => {
        const now = noon(addDays(facts.receivedAt, after));
        const bare = requestClock({ receivedAt: facts.receivedAt }, now);
        expect(requestClock(facts, now).deadline >= bare.deadline).toBe(true);
      }),
    );
  });
});
