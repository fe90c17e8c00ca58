export {
  addDays,
  addMonths,
  type Day,
  day,
  dayOf,
  daysBetween,
  dayText,
  earlierOf,
  endOfDay,
  frenchZone,
  fullDayText,
  isDay,
  laterOf,
  startOfDay,
  weekdayOf,
  weekdayText,
  yearOf,
} from './day.ts';
export { easterSunday, type Holiday, holidayOn, publicHolidays, type Region } from './holidays.ts';
export {
  addWorkingDays,
  isWorkingDay,
  type MonthPeriod,
  monthAfter,
  monthsAfter,
  nextWorkingDay,
  workingDayFrom,
} from './period.ts';
