import { jsonBlock, jsonOnly } from '../answer-forms.ts';
import { addDays, fullDate } from '../calendar.ts';
import { at } from '../draw.ts';
import { frameMessages } from '../frame-messages.ts';
import type { Scene } from '../scene.ts';
import type { CheckInput, Template } from '../template.ts';

type Action = { owner: string; step: string; due: string };

/** Minutes of a meeting: who does what by when, without what was only discussed or taken back. */
export const actionItems: Template = {
  name: 'action-items',
  task: 'extract',
  draft(scene) {
    const people = scene.people(scene.byLevel(3, 4, 5));
    const steps = scene.sample(scene.pairs(scene.setting.steps), people.length + 2);
    const held = scene.workingDay();
    // Different days, so that the order asked for is one.
    const delays = scene.sample([2, 3, 5, 6, 8, 10, 12, 13, 15, 17, 20, 22, 25], people.length - 1);
    const actions: Action[] = people
      .slice(0, -1)
      .map(({ name }, index) => ({ owner: name, step: at(steps, index), due: addDays(held, at(delays, index)) }));
    const dropped = {
      owner: at(people, people.length - 1).name,
      step: at(steps, people.length),
      due: addDays(held, 9),
    };
    const discussed = at(steps, people.length + 1);
    const minutes = scene.shuffle([
      ...actions.map((action) => assign(scene, action)),
      drop(scene, dropped),
      discuss(scene, discussed),
      scene.pair(scene.pick(scene.setting.remarks)),
    ]);
    const heading = scene.say({
      en: `Minutes of ${fullDate(held, scene.language)}, present: ${people.map(({ name }) => name).join(', ')}.`,
      fr: `Compte rendu du ${fullDate(held, scene.language)}, présents : ${people.map(({ name }) => name).join(', ')}.`,
    });
    const request = scene.say({
      en: [
        'List the tasks that were finally assigned in this meeting.',
        'Extract the action items from these minutes; leave out what was only discussed or cancelled.',
      ],
      fr: [
        'Listez les tâches finalement attribuées lors de cette réunion.',
        'Extrayez les actions de ce compte rendu ; laissez de côté ce qui a seulement été évoqué ou annulé.',
      ],
    });
    const shape = scene.say({
      en: 'JSON array of objects with "owner" (full name), "task" (as worded in the minutes) and "due" (YYYY-MM-DD), sorted by due date.',
      fr: 'Tableau JSON d\'objets avec "owner" (nom complet), "task" (termes du compte rendu) et "due" (AAAA-MM-JJ), trié par échéance.',
    });
    const sorted = actions.toSorted((a, b) => (a.due < b.due ? -1 : 1));
    const answer = sorted.map(({ owner, step, due }) => ({ owner, task: step, due }));
    return {
      messages: frameMessages(scene, {
        request,
        data: `${heading}\n\n${minutes.join(' ')}`,
        format: `${shape} ${jsonOnly(scene)}`,
      }),
      reference: jsonBlock(answer),
      nearMiss: jsonBlock([...answer, { owner: dropped.owner, task: dropped.step, due: dropped.due }]),
      checks: [
        { kind: 'json-schema', schema: { type: 'array', minItems: answer.length, maxItems: answer.length }, weight: 2 },
        ...answer.flatMap(({ owner, due }, index): CheckInput[] => [
          { kind: 'json-value', path: `$[${index}].owner`, expected: owner },
          { kind: 'json-value', path: `$[${index}].due`, expected: due },
        ]),
      ],
    };
  },
};

const assign = (scene: Scene, { owner, step, due }: Action): string =>
  scene.say({
    en: [
      `${owner} takes over the ${step}, to be done by ${fullDate(due, scene.language)}.`,
      `The ${step} goes to ${owner}; date: ${fullDate(due, scene.language)}.`,
      `It was decided that ${owner} looks after the ${step} until ${fullDate(due, scene.language)}.`,
    ],
    fr: [
      `Action pour ${owner} : ${step}, à terminer pour le ${fullDate(due, scene.language)}.`,
      `${owner} se charge du point « ${step} » ; échéance : ${fullDate(due, scene.language)}.`,
      `Décision : « ${step} » revient à ${owner}, au plus tard le ${fullDate(due, scene.language)}.`,
    ],
  });

const drop = (scene: Scene, { owner, step, due }: Action): string =>
  scene.say({
    en: `${owner} had first offered to do the ${step} by ${fullDate(due, scene.language)}, but the group decided not to do it after all.`,
    fr: `${owner} s'était d'abord proposé(e) pour « ${step} » d'ici le ${fullDate(due, scene.language)}, mais le groupe y a finalement renoncé.`,
  });

const discuss = (scene: Scene, step: string): string =>
  scene.say({
    en: `There was a long discussion about the ${step}, without any decision.`,
    fr: `Le point « ${step} » a été longuement discuté, sans décision.`,
  });
