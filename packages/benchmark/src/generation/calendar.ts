import { at } from './draw.ts';
import type { Language } from './language.ts';

const DAY_MS = 86_400_000;

const MONTHS: Readonly<Record<Language, readonly string[]>> = {
  en: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
  fr: [
    'janvier',
    'février',
    'mars',
    'avril',
    'mai',
    'juin',
    'juillet',
    'août',
    'septembre',
    'octobre',
    'novembre',
    'décembre',
  ],
};
const WEEKDAYS: Readonly<Record<Language, readonly string[]>> = {
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
  fr: ['dimanche', 'lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi'],
};

/** A day of the Gregorian calendar as ISO 8601 writes it: 2026-03-09. */
export type Day = string;

const msOf = (day: Day): number => Date.parse(`${day}T00:00:00Z`);

export const addDays = (day: Day, days: number): Day => new Date(msOf(day) + days * DAY_MS).toISOString().slice(0, 10);
export const daysBetween = (from: Day, to: Day): number => Math.round((msOf(to) - msOf(from)) / DAY_MS);

/** 0 is Sunday. */
export const weekdayOf = (day: Day): number => new Date(msOf(day)).getUTCDay();
export const isWeekend = (day: Day): boolean => weekdayOf(day) % 6 === 0;

/** The day after so many working days, counted from the day after `from`; weekends and `holidays` do not count. */
export function addWorkingDays(from: Day, days: number, holidays: readonly Day[] = []): Day {
  let day = from;
  for (let left = days; left > 0; ) {
    day = addDays(day, 1);
    if (!isWeekend(day) && !holidays.includes(day)) left -= 1;
  }
  return day;
}

const partsOf = (day: Day): { year: string; month: number; date: number } => {
  const [year = '', month = '', date = ''] = day.split('-');
  return { year, month: Number(month), date: Number(date) };
};

export const weekdayName = (day: Day, language: Language): string => at(WEEKDAYS[language], weekdayOf(day));
export const monthName = (month: number, language: Language): string => at(MONTHS[language], month - 1);

/** 9 March 2026, 9 mars 2026. */
export function longDate(day: Day, language: Language): string {
  const { year, month, date } = partsOf(day);
  return `${language === 'fr' && date === 1 ? '1er' : date} ${monthName(month, language)} ${year}`;
}

/** Monday 9 March 2026, lundi 9 mars 2026. */
export const fullDate = (day: Day, language: Language): string =>
  `${weekdayName(day, language)} ${longDate(day, language)}`;

/** 09/03/2026, as both languages write it in Europe. */
export function slashDate(day: Day): string {
  const [year, month, date] = day.split('-');
  return `${date}/${month}/${year}`;
}

/** Minutes since midnight as 14:05. */
export const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60) % 24).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
