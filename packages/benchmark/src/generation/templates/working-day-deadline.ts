import { lastLineIs, lastLineText } from '../answer-forms.ts';
import { addDays, addWorkingDays, type Day, fullDate, isWeekend, longDate } from '../calendar.ts';
import { at } from '../draw.ts';
import { frameMessages } from '../frame-messages.ts';
import { listText } from '../language.ts';
import type { Template } from '../template.ts';

/** A period in working days from a given date, around weekends and closing days. */
export const workingDayDeadline: Template = {
  name: 'working-day-deadline',
  task: 'answer',
  draft(scene) {
    const { language } = scene;
    const received = scene.workingDay();
    const days = scene.byLevel(scene.int(3, 8), scene.int(6, 14), scene.int(12, 25));
    const nearby = Array.from({ length: days }, (_, index) => addDays(received, index + 1)).filter(
      (day) => !isWeekend(day),
    );
    const holidays = scene.sample(nearby, Math.min(nearby.length, scene.level)).toSorted();
    const due = addWorkingDays(received, days, holidays);
    const careless = addWorkingDays(received, days - 1, holidays);
    const dates = (from: readonly Day[]) =>
      listText(
        from.map((day) => longDate(day, language)),
        language,
      );
    const closed =
      holidays.length === 0
        ? { en: '', fr: '' }
        : {
            en: ` The office is also closed on ${dates(holidays)}.`,
            fr: ` Le bureau est aussi fermé ${holidays.length === 1 ? 'le' : 'les'} ${dates(holidays)}.`,
          };
    const reference = at(scene.references(1), 0);
    const { one } = scene.noun(scene.setting.record);
    const request = scene.say({
      en: [
        `${reference} (${one}) came in on ${fullDate(received, language)}. We have ${days} working days to answer; the day after receipt counts as day 1. Saturdays and Sundays do not count.${closed.en} What is the last day of the period?`,
        `A reply to ${reference} is due within ${days} working days of ${fullDate(received, language)}, not counting that day itself. Working days are Monday to Friday.${closed.en} When does the period end?`,
        `Deadline check for ${reference}: received ${fullDate(received, language)}, period ${days} working days starting on the next day, weekends excluded.${closed.en} Which date is the deadline?`,
      ],
      fr: [
        `${reference} (${one}) a été reçu${scene.noun(scene.setting.record).e} le ${fullDate(received, language)}. Nous avons ${days} jours ouvrés pour répondre ; le lendemain de la réception est le jour 1. Samedis et dimanches ne comptent pas.${closed.fr} Quel est le dernier jour du délai ?`,
        `La réponse à ${reference} doit partir dans les ${days} jours ouvrés après le ${fullDate(received, language)}, ce jour non compris. Les jours ouvrés vont du lundi au vendredi.${closed.fr} Quand le délai se termine-t-il ?`,
        `Échéance de ${reference} : réception le ${fullDate(received, language)}, délai de ${days} jours ouvrés à partir du lendemain, week-ends exclus.${closed.fr} Quelle est la date limite ?`,
      ],
    });
    const format = lastLineText(scene, scene.say({ en: 'the date as YYYY-MM-DD', fr: 'la date au format AAAA-MM-JJ' }));
    return {
      messages: frameMessages(scene, { request, format }),
      reference: `${fullDate(due, language)}\n${due}`,
      nearMiss: careless,
      checks: [lastLineIs(due)],
    };
  },
};
