import { lastLineNumber, lastNumberIs } from '../answer-forms.ts';
import { at } from '../draw.ts';
import { frameMessages } from '../frame-messages.ts';
import { tableText } from '../tables.ts';
import type { Template } from '../template.ts';

/** Steps with durations and predecessors, as many at once as one likes: when the last one ends. */
export const projectDuration: Template = {
  name: 'project-duration',
  task: 'reason',
  draft(scene) {
    const names = scene.sample(scene.pairs(scene.setting.steps), scene.byLevel(4, 6, 8));
    const steps = names.map((name, index) => ({
      name,
      days: scene.int(1, 9),
      after: index === 0 ? [] : scene.sample(names.slice(0, index), Math.min(index, scene.pick([1, 1, 2]))),
    }));
    const ends = new Map<string, number>();
    for (const { name, days, after } of steps)
      ends.set(name, days + Math.max(0, ...after.map((one) => ends.get(one) ?? 0)));
    const duration = Math.max(...ends.values());
    const sum = steps.reduce((total, { days }) => total + days, 0);
    const head = scene.language === 'fr' ? ['Étape', 'Durée (jours)', 'Après'] : ['Step', 'Days', 'After'];
    const data = tableText(scene, {
      head,
      rows: scene
        .shuffle(steps)
        .map(({ name, days, after }) => [name, String(days), after.length === 0 ? '-' : after.join(' + ')]),
    });
    const request = scene.say({
      en: [
        'A step may begin only once everything named under "After" is finished; apart from that, steps may run at the same time. After how many days is the whole project done at the earliest?',
        `How many days does this project take at least? Steps can run in parallel as long as each waits for the ones named in "After".`,
        `The ${scene.team} team has enough people to do several steps at once. Each step has to wait for those in the column "After". What is the shortest total duration in days?`,
      ],
      fr: [
        'Une étape ne commence que lorsque tout ce qui figure sous « Après » est terminé ; sinon, les étapes peuvent avoir lieu en même temps. Au bout de combien de jours le projet entier est-il fini, au plus tôt ?',
        'Combien de jours ce projet dure-t-il au minimum ? Les étapes peuvent être menées en parallèle, pourvu que chacune attende celles indiquées dans « Après ».',
        `L'équipe ${scene.team} est assez nombreuse pour mener plusieurs étapes de front. Chaque étape attend celles de la colonne « Après ». Quelle est la durée totale la plus courte, en jours ?`,
      ],
    });
    const format = lastLineNumber(scene, scene.say({ en: 'the number of days', fr: 'le nombre de jours' }));
    const last = at(
      steps.filter(({ name }) => ends.get(name) === duration),
      0,
    );
    return {
      messages: frameMessages(scene, { request, data, format }),
      reference: `${scene.say({ en: 'Last to finish:', fr: 'Dernière étape à finir :' })} ${last.name}\n${duration}`,
      nearMiss: String(sum === duration ? duration - 1 : sum),
      checks: [lastNumberIs(duration)],
    };
  },
};
