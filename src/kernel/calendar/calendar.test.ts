import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  addMonths,
  addWorkingDays,
  type Day,
  day,
  dayOf,
  daysBetween,
  dayText,
  easterSunday,
  endOfDay,
  fullDayText,
  holidayOn,
  isDay,
  isWorkingDay,
  monthAfter,
  monthsAfter,
  nextWorkingDay,
  publicHolidays,
  type Region,
  startOfDay,
  weekdayOf,
} from './index.ts';

const anyDay = fc.integer({ min: 0, max: 50_000 }).map((offset): Day => addDays(day('1990-01-01'), offset));
const anyRegion = fc.constantFrom<Region>('france', 'alsace_moselle');

describe('a day', () => {
  test('is a date that exists', () => {
    expect(isDay('2024-02-29')).toBe(true);
    expect(isDay('2026-02-29')).toBe(false);
    expect(isDay('2026-7-1')).toBe(false);
    expect(() => day('2026-13-01')).toThrow(/day.invalid/);
  });

  test('is read in Paris, where it changes one or two hours before UTC', () => {
    expect(dayOf(new Date('2026-06-30T21:59:59Z'))).toBe('2026-06-30');
    expect(dayOf(new Date('2026-06-30T22:00:00Z'))).toBe('2026-07-01');
    expect(dayOf(new Date('2026-12-31T22:59:59Z'))).toBe('2026-12-31');
    expect(dayOf(new Date('2026-12-31T23:00:00Z'))).toBe('2027-01-01');
    expect(dayOf(new Date('2026-12-31T23:00:00Z'), 'America/Martinique')).toBe('2026-12-31');
  });

  test('ends with its last hour, also when the clocks change', () => {
    expect(endOfDay(day('2026-12-01')).toISOString()).toBe('2026-12-01T22:59:59.999Z');
    const spring = day('2026-03-29');
    expect((endOfDay(spring).getTime() + 1 - startOfDay(spring).getTime()) / 3_600_000).toBe(23);
    const autumn = day('2026-10-25');
    expect((endOfDay(autumn).getTime() + 1 - startOfDay(autumn).getTime()) / 3_600_000).toBe(25);
  });

  test('is written as people write it', () => {
    expect(dayText(day('2026-05-01'))).toEqual({ fr: '1er mai 2026', en: '1 May 2026' });
    expect(fullDayText(day('2026-07-14'))).toEqual({ fr: 'mardi 14 juillet 2026', en: 'Tuesday 14 July 2026' });
    expect(dayText(day('2026-05-11')).fr).toBe('11 mai 2026');
  });
});

describe('public holidays', () => {
  test('are the eleven of C. trav. L3133-1', () => {
    expect(publicHolidays(2026).map((holiday) => holiday.day)).toEqual([
      '2026-01-01',
      '2026-04-06',
      '2026-05-01',
      '2026-05-08',
      '2026-05-14',
      '2026-05-25',
      '2026-07-14',
      '2026-08-15',
      '2026-11-01',
      '2026-11-11',
      '2026-12-25',
    ]);
  });

  test('are thirteen in Alsace-Moselle, with Good Friday and 26 December', () => {
    const local = publicHolidays(2026, 'alsace_moselle').map((holiday) => holiday.day);
    expect(local).toHaveLength(13);
    expect(local).toContain('2026-04-03');
    expect(local).toContain('2026-12-26');
    expect(holidayOn(day('2026-04-03'))).toBeNull();
    expect(holidayOn(day('2026-04-03'), 'alsace_moselle')?.fr).toBe('Vendredi saint (Alsace-Moselle)');
  });

  test('follow Easter, from its earliest to its latest date', () => {
    const known = ['1997-03-30', '2000-04-23', '2008-03-23', '2011-04-24', '2024-03-31', '2026-04-05', '2038-04-25'];
    for (const date of known) expect(easterSunday(Number(date.slice(0, 4)))).toBe(date);
    expect(easterSunday(2285)).toBe('2285-03-22');
  });

  test('may fall together: 1 May 2008 was also Ascension Day', () => {
    expect(publicHolidays(2008).filter((holiday) => holiday.day === '2008-05-01')).toHaveLength(2);
    expect(isWorkingDay(day('2008-05-01'))).toBe(false);
  });

  test('Easter is always a Sunday between 22 March and 25 April', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1900, max: 4000 }), (year) => {
        const sunday = easterSunday(year);
        expect(weekdayOf(sunday)).toBe(7);
        expect(sunday >= `${year}-03-22` && sunday <= `${year}-04-25`).toBe(true);
      }),
    );
  });
});

describe('working days', () => {
  test('skip a long week-end', () => {
    expect(nextWorkingDay(day('2026-05-07'))).toBe('2026-05-11');
    expect(nextWorkingDay(day('2026-12-24'))).toBe('2026-12-28');
    expect(addWorkingDays(day('2026-05-13'), 2)).toBe('2026-05-18');
  });
});

describe('a month after an event (Regulation 1182/71 art. 3)', () => {
  test.each([
    ['the same date a month later', '2026-03-05', '2026-04-07', 'Sunday 5 April is Easter, Monday 6 a holiday'],
    ['the same date', '2026-09-07', '2026-10-07', 'a Wednesday'],
    ['the last day of a shorter month', '2025-01-31', '2025-02-28', 'a Friday'],
    ['29 February in a leap year', '2028-01-31', '2028-02-29', 'a Tuesday'],
    ['31 August gives 30 September', '2026-08-31', '2026-09-30', 'the example of the EDPB'],
    ['the end of February moved to Monday', '2026-01-31', '2026-03-02', '28 February 2026 is a Saturday'],
    ['14 July moved to the 15th', '2026-06-14', '2026-07-15', 'a national holiday'],
    ['a Friday holiday moved over the week-end', '2026-04-01', '2026-05-04', '1 May 2026 is a Friday'],
    ['across the year', '2026-12-01', '2027-01-04', '1 January 2027 is a Friday'],
  ])('%s', (_name, event, last) => {
    expect(monthAfter(day(event))).toBe(last);
  });

  test('counts Good Friday and 26 December only in Alsace-Moselle', () => {
    expect(monthAfter(day('2026-03-03'))).toBe('2026-04-03');
    expect(monthAfter(day('2026-03-03'), 'alsace_moselle')).toBe('2026-04-07');
    expect(monthAfter(day('2025-11-26'))).toBe('2025-12-26');
    expect(monthAfter(day('2025-11-26'), 'alsace_moselle')).toBe('2025-12-29');
  });

  test('says when the last month lacks the date', () => {
    expect(monthsAfter(day('2025-01-31'), 1)).toMatchObject({ date: '2025-02-28', isClamped: true });
    expect(monthsAfter(day('2025-01-28'), 1)).toMatchObject({ date: '2025-02-28', isClamped: false });
  });

  test('is never shorter than the month, never ends on a day off, and moves by five days at most', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 24 }), anyRegion, (event, months, region) => {
        const last = monthsAfter(event, months, region).lastDay;
        expect(last >= addMonths(event, months)).toBe(true);
        expect(isWorkingDay(last, region)).toBe(true);
        expect(daysBetween(addMonths(event, months), last)).toBeLessThanOrEqual(5);
      }),
    );
  });

  test('never ends earlier for a later event', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 0, max: 60 }), anyRegion, (event, later, region) => {
        expect(monthAfter(addDays(event, later), region) >= monthAfter(event, region)).toBe(true);
      }),
    );
  });
});

describe('counting days', () => {
  test('goes there and back, over leap years and centuries', () => {
    expect(addDays(day('2028-02-28'), 2)).toBe('2028-03-01');
    expect(addDays(day('2100-02-28'), 1)).toBe('2100-03-01');
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -30_000, max: 30_000 }), (from, days) => {
        const to = addDays(from, days);
        expect(isDay(to)).toBe(true);
        expect(daysBetween(from, to)).toBe(days);
        expect(weekdayOf(to)).toBe(((((weekdayOf(from) - 1 + days) % 7) + 7) % 7) + 1);
      }),
    );
  });
});
