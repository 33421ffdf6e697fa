import { linesAre, linesOnly } from '../answer-forms.ts';
import { addDays, clock, fullDate } from '../calendar.ts';
import { at } from '../draw.ts';
import { frameMessages } from '../frame-messages.ts';
import type { Language } from '../language.ts';
import type { Template } from '../template.ts';

/** Appointments written as one language does, with a twelve-hour clock in English: the same in the other's form, line by line. */
export const appointmentLines: Template = {
  name: 'appointment-lines',
  task: 'translate',
  draft(scene) {
    const source = scene.language;
    const target: Language = source === 'en' ? 'fr' : 'en';
    const start = scene.workingDay();
    const appointments = scene.references(scene.byLevel(3, 5, 7)).map((reference, index) => ({
      reference,
      day: addDays(start, 2 * index + scene.int(0, 1)),
      minutes: scene.step(scene.level === 0 ? 13 * 60 : 0, 23 * 60 + 55, 5),
    }));
    const write =
      (language: Language) =>
      ({ reference, day, minutes }: (typeof appointments)[number]) =>
        `${fullDate(day, language)}, ${timeText(minutes, language)}, ${reference}`;
    const sample = { reference: 'X-1', day: '2025-12-31', minutes: 15 * 60 + 5 };
    const example = { from: write(source)(sample), to: write(target)(sample) };
    const site = scene.pick(scene.pool(scene.setting.sites));
    const { many } = scene.noun(scene.setting.record);
    const request = scene.say({
      en: [
        `Rewrite these dates of our ${many} (${site}) for French readers, exactly as in the example: "${example.from}" becomes "${example.to}".`,
        `Convert each line (${site}) to French. Pattern: "${example.from}" → "${example.to}".`,
      ],
      fr: [
        `Réécrivez ces dates (${many}, ${site}) pour des lecteurs anglais, exactement comme dans l'exemple : « ${example.from} » devient « ${example.to} ».`,
        `Passez chaque ligne (${site}) en anglais. Modèle : « ${example.from} » → « ${example.to} ».`,
      ],
    });
    const right = appointments.map(write(target));
    const first = at(appointments, 0);
    const late = write(target)({ ...first, minutes: (first.minutes + 12 * 60) % 1440 });
    return {
      messages: frameMessages(scene, {
        request,
        data: appointments.map(write(source)).join('\n'),
        format: linesOnly(scene),
      }),
      reference: right.join('\n'),
      nearMiss: [late, ...right.slice(1)].join('\n'),
      checks: [linesAre(right)],
    };
  },
};

/** 3:05 pm, 15 h 05. */
function timeText(minutes: number, language: Language): string {
  const hours = Math.floor(minutes / 60);
  const rest = clock(minutes).slice(3);
  return language === 'fr'
    ? `${hours} h ${rest}`
    : `${hours % 12 === 0 ? 12 : hours % 12}:${rest} ${hours < 12 ? 'am' : 'pm'}`;
}
