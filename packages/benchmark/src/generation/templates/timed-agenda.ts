import { linesAre, linesOnly } from '../answer-forms.ts';
import { clock } from '../calendar.ts';
import { at } from '../draw.ts';
import { frameMessages } from '../frame-messages.ts';
import type { Template } from '../template.ts';

/** An agenda from durations, breaks and a fixed end or start: a line for each item with its time. */
export const timedAgenda: Template = {
  name: 'timed-agenda',
  task: 'write',
  draft(scene) {
    const steps = scene.sample(scene.pairs(scene.setting.steps), scene.byLevel(3, 4, 6));
    const lengths = steps.map(() => scene.step(10, 75, 5));
    const pause = scene.level === 0 ? 0 : scene.pick([5, 10, 15]);
    const start = scene.step(8 * 60, 11 * 60, 5);
    const isFromEnd = scene.level === 2;
    let time = start;
    const items = steps.map((step, index) => {
      const from = time;
      time = from + at(lengths, index) + pause;
      return { step, from };
    });
    const end = time - pause;
    const anchor = isFromEnd
      ? {
          en: `The last item must end at ${clock(end)} sharp`,
          fr: `Le dernier point doit se terminer à ${clock(end)} précises`,
        }
      : { en: `We start at ${clock(start)}`, fr: `On commence à ${clock(start)}` };
    const gap =
      pause === 0
        ? { en: ', without pauses', fr: ', sans pause' }
        : { en: `, with ${pause} minutes between two items`, fr: `, avec ${pause} minutes entre deux points` };
    const example = `10:05 ${scene.say({ en: 'name of the item', fr: 'nom du point' })}`;
    const { name } = at(scene.people(1), 0);
    const request = scene.say({
      en: [
        `Write the agenda of ${name}'s meeting. ${anchor.en}${gap.en}. Items in this order, with their length. Each line in the form "${example}", with the time at which the item starts.`,
        `Draw up an agenda (chair: ${name}). ${anchor.en}${gap.en}; keep the order below. Line form: "${example}", start times only.`,
      ],
      fr: [
        `Rédigez l'ordre du jour de la réunion de ${name}. ${anchor.fr}${gap.fr}. Points dans cet ordre, avec leur durée. Chaque ligne sous la forme « ${example} », avec l'heure de début du point.`,
        `Établissez un ordre du jour (animation : ${name}). ${anchor.fr}${gap.fr} ; gardez l'ordre ci-dessous. Forme des lignes : « ${example} », heures de début uniquement.`,
      ],
    });
    const data = steps.map((step, index) => `- ${step} (${at(lengths, index)} min)`).join('\n');
    const lines = items.map(({ step, from }) => `${clock(from)} ${step}`);
    const late = items.map(({ step, from }, index) => `${clock(from + (index === 0 ? 0 : 5))} ${step}`);
    return {
      messages: frameMessages(scene, { request, data, format: linesOnly(scene) }),
      reference: lines.join('\n'),
      nearMiss: late.join('\n'),
      checks: [linesAre(lines)],
    };
  },
};
