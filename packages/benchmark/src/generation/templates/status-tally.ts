import { has, wholeText } from '../answer-forms.ts';
import { at } from '../draw.ts';
import { frameMessages } from '../frame-messages.ts';
import type { CheckInput, Template } from '../template.ts';

/** A list of records with their states, some corrected further down: one line with the count of each state. */
export const statusTally: Template = {
  name: 'status-tally',
  task: 'summarise',
  draft(scene) {
    const states = scene.pairs(scene.setting.record.states);
    const { many } = scene.noun(scene.setting.record);
    const records = scene
      .references(scene.byLevel(7, 14, 24))
      .map((reference) => ({ reference, state: scene.pick(states) }));
    const changed =
      scene.level === 0
        ? []
        : scene.sample(records, scene.byLevel(0, 1, 3)).map(({ reference, state }) => ({
            reference,
            state: at(
              states.filter((one) => one !== state),
              scene.int(0, 2),
            ),
          }));
    const final = new Map([...records, ...changed].map(({ reference, state }) => [reference, state]));
    const countOf = (state: string) => [...final.values()].filter((one) => one === state).length;
    const lines = records.map(({ reference, state }) =>
      scene.say({
        en: [`${reference}: ${state}`, `${reference} is ${state}`],
        fr: [`${reference} : ${state}`, `${reference} - ${state}`],
      }),
    );
    const updates = changed.map(({ reference, state }) =>
      scene.say({
        en: `Update: ${reference} is now ${state}.`,
        fr: `Mise à jour : ${reference} est désormais « ${state} ».`,
      }),
    );
    const site = scene.pick(scene.pool(scene.setting.sites));
    const request = scene.say({
      en: [
        `Sum up the state of our ${many} (${site}) in one line.`,
        `My manager wants one line on where the ${many} of ${site} stand. Later updates replace earlier entries.`,
        `Condense this list (${site}) to its totals per state; updates count.`,
      ],
      fr: [
        `Résumez en une ligne l'état de nos ${many} (${site}).`,
        `Ma responsable veut une seule ligne sur l'avancement des ${many} (${site}). Les mises à jour remplacent les lignes précédentes.`,
        `Ramenez cette liste (${site}) à ses totaux par état ; les mises à jour comptent.`,
      ],
    });
    const order = states.map((state) => `${state}: N`).join('; ');
    const format = scene.say({
      en: `Use exactly this form, with the counts in place of N, also for states with 0: ${order}`,
      fr: `Respectez exactement cette forme, avec les nombres à la place de N, même pour les états à 0 : ${order}`,
    });
    const line = (extra: number) =>
      states.map((state, index) => `${state}: ${countOf(state) + (index === 0 ? extra : 0)}`).join('; ');
    return {
      messages: frameMessages(scene, { request, data: [...lines, ...updates].join('\n'), format }),
      reference: line(0),
      nearMiss: line(1),
      checks: [
        ...states.map((state): CheckInput => has(`${wholeText(state)}\\W*:?\\s*${countOf(state)}(?!\\d)`)),
        { kind: 'words', most: 3 * states.length + 12, dimension: 'relevance' },
      ],
    };
  },
};
