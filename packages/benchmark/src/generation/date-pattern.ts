import { type Day, monthName } from './calendar.ts';
import type { Language } from './language.ts';

/** A date however a text of the language writes it: long with or without weekday and year, with slashes, or ISO. */
export function datePattern(day: Day, language: Language): string {
  const [year = '', month = '', date = ''] = day.split('-');
  const number = `0?${Number(date)}`;
  const name = monthName(Number(month), language);
  const long =
    language === 'fr'
      ? `${number}(?:er)? ${name}`
      : `(?:${number}(?:st|nd|rd|th)?(?: of)? ${name}|${name} ${number}(?:st|nd|rd|th)?)`;
  const slashes = `${number}[/.]0?${Number(month)}(?:[/.](?:20)?${year.slice(2)})?`;
  return `(?<!\\d)(?:${long.replaceAll(' ', '\\s')}|${slashes}|${day})(?!\\d)`;
}
