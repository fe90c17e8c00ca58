import type { Text } from '../text.ts';
import { addDays, type Day, day, yearOf } from './day.ts';

/**
 * Whose public holidays count. `alsace_moselle` adds to the eleven legal holidays (C. trav. L3133-1) the two of local
 * law (C. trav. L3134-13): Good Friday, in communes with a Protestant or a mixed church, and 26 December.
 */
export type Region = 'france' | 'alsace_moselle';

export interface Holiday {
  readonly day: Day;
  readonly name: Text;
}

/** The public holidays of a year in order. The list of C. trav. L3133-1 holds since 1982 (8 May: loi 81-893). */
export function publicHolidays(year: number, region: Region = 'france'): readonly Holiday[] {
  const easter = easterSunday(year);
  const fixed = (monthAndDay: string): Day => day(`${String(year).padStart(4, '0')}-${monthAndDay}`);
  const holidays: Holiday[] = [
    { day: fixed('01-01'), name: { fr: 'jour de l’An', en: 'New Year’s Day' } },
    { day: addDays(easter, 1), name: { fr: 'lundi de Pâques', en: 'Easter Monday' } },
    { day: fixed('05-01'), name: { fr: 'fête du Travail', en: 'Labour Day' } },
    { day: fixed('05-08'), name: { fr: 'victoire de 1945', en: 'Victory in Europe Day' } },
    { day: addDays(easter, 39), name: { fr: 'Ascension', en: 'Ascension Day' } },
    { day: addDays(easter, 50), name: { fr: 'lundi de Pentecôte', en: 'Whit Monday' } },
    { day: fixed('07-14'), name: { fr: 'fête nationale', en: 'Bastille Day' } },
    { day: fixed('08-15'), name: { fr: 'Assomption', en: 'Assumption Day' } },
    { day: fixed('11-01'), name: { fr: 'Toussaint', en: 'All Saints’ Day' } },
    { day: fixed('11-11'), name: { fr: 'armistice de 1918', en: 'Armistice Day' } },
    { day: fixed('12-25'), name: { fr: 'Noël', en: 'Christmas Day' } },
  ];
  if (region === 'alsace_moselle') {
    holidays.push(
      { day: addDays(easter, -2), name: { fr: 'Vendredi saint (Alsace-Moselle)', en: 'Good Friday (Alsace-Moselle)' } },
      { day: fixed('12-26'), name: { fr: 'Saint-Étienne (Alsace-Moselle)', en: 'St Stephen’s Day (Alsace-Moselle)' } },
    );
  }
  return holidays.sort((one, other) => (one.day < other.day ? -1 : 1));
}

/** The name of the public holiday on a day, or null. Two may fall together (1 May 2008 is Labour Day and Ascension Day). */
export function holidayOn(on: Day, region: Region = 'france'): Text | null {
  return publicHolidays(yearOf(on), region).find((holiday) => holiday.day === on)?.name ?? null;
}

/** Easter Sunday of the Gregorian calendar: the computation that an anonymous reader sent to Nature in 1876. */
export function easterSunday(year: number): Day {
  const century = Math.floor(year / 100);
  const yearOfCentury = year % 100;
  const golden = year % 19;
  const moonCorrection = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * golden + century - Math.floor(century / 4) - moonCorrection + 15) % 30;
  const toSunday = (32 + 2 * (century % 4) + 2 * Math.floor(yearOfCentury / 4) - epact - (yearOfCentury % 4)) % 7;
  const lateMoon = Math.floor((golden + 11 * epact + 22 * toSunday) / 451);
  const sinceMarch = epact + toSunday - 7 * lateMoon;
  return addDays(day(`${String(year).padStart(4, '0')}-03-22`), sinceMarch);
}
