import { linesAre, linesOnly } from '../answer-forms.ts';
import { addDays, fullDate, longDate, slashDate } from '../calendar.ts';
import { at } from '../draw.ts';
import { frameMessages } from '../frame-messages.ts';
import type { Template } from '../template.ts';

/** Events told out of order, some dates relative to others: one line for each, in order of time, with ISO dates. */
export const chronologicalRewrite: Template = {
  name: 'chronological-rewrite',
  task: 'rewrite',
  draft(scene) {
    const { language } = scene;
    const steps = scene.sample(scene.pairs(scene.setting.steps), scene.byLevel(3, 5, 7));
    const start = scene.workingDay();
    let day = start;
    const events = steps.map((step, index) => {
      const gap = scene.int(1, 9);
      day = index === 0 ? start : addDays(day, gap);
      return { step, day, gap };
    });
    const told = events.map(({ step, day: when, gap }, index) => {
      const before = events[index - 1];
      const isRelative = scene.level > 0 && before !== undefined && scene.chance(0.5);
      if (isRelative)
        return scene.say({
          en: `${step}: ${gap} day${gap > 1 ? 's' : ''} after the ${before.step}`,
          fr: `${step} : ${gap} jour${gap > 1 ? 's' : ''} après « ${before.step} »`,
        });
      const date = scene.pick([fullDate, longDate, slashDate])(when, language);
      return scene.say({ en: `${step}: ${date}`, fr: `${step} : ${date}` });
    });
    const site = scene.pick(scene.pool(scene.setting.sites));
    const example = `2025-12-31 ${scene.say({ en: 'activity', fr: 'activité' })}`;
    const request = scene.say({
      en: [
        `Rewrite these notes (${site}) in order of time, each line in the form "${example}". Dates with slashes are day/month/year.`,
        `Put the events at ${site} into chronological order, one line each: "${example}". Slashed dates: day/month/year.`,
      ],
      fr: [
        `Réécrivez ces notes (${site}) dans l'ordre chronologique, chaque ligne sous la forme « ${example} ». Les dates avec barres sont en jour/mois/année.`,
        `Remettez les événements (${site}) dans l'ordre du temps, une ligne chacun : « ${example} ». Dates avec barres : jour/mois/année.`,
      ],
    });
    const lines = events.map((event) => `${event.day} ${event.step}`);
    return {
      messages: frameMessages(scene, {
        request,
        data: scene
          .shuffle(told)
          .map((line) => `- ${line}`)
          .join('\n'),
        format: linesOnly(scene),
      }),
      reference: lines.join('\n'),
      nearMiss: [`${addDays(start, 1)} ${at(steps, 0)}`, ...lines.slice(1)].join('\n'),
      checks: [linesAre(lines)],
    };
  },
};
