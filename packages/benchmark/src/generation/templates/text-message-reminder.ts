import { has, wholeText } from '../answer-forms.ts';
import { addDays, clock, fullDate, longDate, weekdayName } from '../calendar.ts';
import { datePattern } from '../date-pattern.ts';
import { at } from '../draw.ts';
import { frameMessages } from '../frame-messages.ts';
import type { Template } from '../template.ts';

/** A text message of limited length with an appointment whose date and arrival time must be worked out. */
export const textMessageReminder: Template = {
  name: 'text-message-reminder',
  task: 'write',
  draft(scene) {
    const { language } = scene;
    const { first } = at(scene.people(1), 0);
    const today = scene.workingDay();
    const ahead = scene.int(2, scene.byLevel(6, 20, 40));
    const day = addDays(today, ahead);
    const start = scene.step(8 * 60, 18 * 60, 5);
    const early = scene.level === 0 ? 0 : scene.pick([10, 15, 20, 25]);
    const step = scene.pair(scene.pick(scene.setting.steps));
    const site = scene.pick(scene.pool(scene.setting.sites));
    const most = scene.pick([22, 25, 28]);
    const least = 8;
    const lead =
      early === 0
        ? { en: '', fr: '' }
        : {
            en: ` ${first} has to be there ${early} minutes before the start; the message gives only that time, not the start.`,
            fr: ` ${first} doit être sur place ${early} minutes avant le début ; le message ne donne que cette heure-là, pas le début.`,
          };
    const request = scene.say({
      en: [
        `Write a text message to ${first} of at most ${most} words as a reminder of: ${step}, at ${site}, in exactly ${ahead} days at ${clock(start)}. Today is ${fullDate(today, language)}.${lead.en} Give the date with day and month, and the time as HH:MM.`,
        `Today: ${fullDate(today, language)}. In ${ahead} days ${first} is expected at ${site} (${step}, start ${clock(start)}).${lead.en} Word a reminder by SMS, ${most} words at most, with date (day and month) and time (HH:MM).`,
      ],
      fr: [
        `Écrivez un SMS à ${first}, ${most} mots au plus, pour rappeler : ${step} (${site}), dans exactement ${ahead} jours à ${clock(start)}. Nous sommes le ${fullDate(today, language)}.${lead.fr} Donnez la date avec jour et mois, et l'heure au format HH:MM.`,
        `Aujourd'hui : ${fullDate(today, language)}. Dans ${ahead} jours, ${first} est attendu(e) (${site}, ${step}, début ${clock(start)}).${lead.fr} Formulez un rappel par SMS, ${most} mots maximum, avec la date (jour et mois) et l'heure (HH:MM).`,
      ],
    });
    const format = scene.say({
      en: ['Just the message.', 'Only the text of the SMS.'],
      fr: ['Juste le message.', 'Seulement le texte du SMS.'],
    });
    const sms = (when: string) =>
      scene.say({
        en: `Hello ${first}, see you on ${weekdayName(when, language)} ${longDate(when, language)} at ${clock(start - early)}: ${step}, ${site}.`,
        fr: `Bonjour ${first}, rendez-vous ${weekdayName(when, language)} ${longDate(when, language)} à ${clock(start - early)} : ${step}, ${site}.`,
      });
    const hour = clock(start - early)
      .replace(/^0/, '0?')
      .replace(':', '\\s?[:h.]\\s?');
    return {
      messages: frameMessages(scene, { request, format }),
      reference: sms(day),
      nearMiss: sms(addDays(day, 1)),
      checks: [
        has(datePattern(day, language)),
        has(`(?<!\\d)${hour}(?!\\d)`),
        has(wholeText(site), { dimension: 'completeness' }),
        has(wholeText(first), { dimension: 'completeness' }),
        { kind: 'words', least, most, dimension: 'relevance' },
      ],
    };
  },
};
