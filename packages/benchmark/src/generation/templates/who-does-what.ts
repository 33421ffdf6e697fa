import { jsonBlock, jsonOnly, membersAre } from '../answer-forms.ts';
import { at } from '../draw.ts';
import { frameMessages } from '../frame-messages.ts';
import { solutionsOf } from '../logic/permutations.ts';
import type { Scene } from '../scene.ts';
import type { Template } from '../template.ts';

/** Which step each person does: the n-th order entry is what the n-th person does. */
type Clue = { text: string; holds(order: readonly string[]): boolean };

/** Each person does one step; clues leave exactly one assignment, found by trying every one. */
export const whoDoesWhat: Template = {
  name: 'who-does-what',
  task: 'reason',
  draft(scene) {
    const size = scene.byLevel(3, 4, 5);
    const people = scene.people(size).map(({ first }) => first);
    const steps = scene.sample(scene.pairs(scene.setting.steps), size);
    const assigned = scene.shuffle(steps);
    const clues = pinDown(scene, people, assigned);
    const request = scene.say({
      en: [
        `On Monday ${people.join(', ')} each take over exactly one activity, and no activity is done twice. Who does what?`,
        `Find out who is responsible for what: ${people.join(', ')}. One activity each, none shared.`,
        `${size} people, ${size} activities, one each: ${people.join(', ')}. Solve it from the notes.`,
      ],
      fr: [
        `Lundi, ${people.join(', ')} prennent chacun exactement une activité, et aucune n'est faite deux fois. Qui fait quoi ?`,
        `Trouvez qui est chargé de quoi : ${people.join(', ')}. Une activité chacun, aucune en commun.`,
        `${size} personnes, ${size} activités, une par personne : ${people.join(', ')}. Résolvez à partir des notes.`,
      ],
    });
    const data = `${scene.language === 'fr' ? 'Activités : ' : 'Activities: '}${steps.join(', ')}.\n\n${clues.map(({ text }) => `- ${text}`).join('\n')}`;
    const shape = scene.say({
      en: `A JSON object with one member per person (first name as given) and the activity as its value, spelt as above.`,
      fr: `Un objet JSON avec un membre par personne (prénom tel quel) et l'activité comme valeur, écrite comme ci-dessus.`,
    });
    const answer = Object.fromEntries(people.map((person, index) => [person, at(assigned, index)]));
    const swapped = { ...answer, [at(people, 0)]: at(assigned, 1), [at(people, 1)]: at(assigned, 0) };
    return {
      messages: frameMessages(scene, { request, data, format: `${shape} ${jsonOnly(scene)}` }),
      reference: jsonBlock(answer),
      nearMiss: jsonBlock(swapped),
      checks: membersAre(answer),
    };
  },
};

function pinDown(scene: Scene, people: readonly string[], assigned: readonly string[]): Clue[] {
  const clues = people.flatMap((person, index): Clue[] => {
    const own = at(assigned, index);
    return assigned.flatMap((step, other): Clue[] => {
      const someone = at(people, other);
      if (other === index) return [];
      const not: Clue = {
        text: scene.say({
          en: [`${person} does not do: ${step}.`, `Not ${person}: ${step}.`],
          fr: [`${person} ne fait pas : ${step}.`, `${step} : ce n'est pas ${person}.`],
        }),
        holds: (order) => order[index] !== step,
      };
      const either: Clue = {
        text: scene.say({
          en: `${person} or ${someone} does: ${own}.`,
          fr: `C'est ${person} ou ${someone} qui fait : ${own}.`,
        }),
        holds: (order) => order[index] === own || order[other] === own,
      };
      const given: Clue = {
        text: scene.say({
          en: `If "${own}" is not ${person}'s, then "${step}" is not ${someone}'s.`,
          fr: `Si « ${own} » ne revient pas à ${person}, alors « ${step} » ne revient pas à ${someone}.`,
        }),
        holds: (order) => order[index] === own || order[other] !== step,
      };
      return [not, either, given];
    });
  });
  const chosen: Clue[] = [];
  for (const clue of scene.shuffle(clues)) {
    if (solutionsOf(assigned, chosen).length === 1) break;
    chosen.push(clue);
  }
  return chosen.reduceRight<Clue[]>((kept, clue) => {
    const without = kept.filter((one) => one !== clue);
    return solutionsOf(assigned, without).length === 1 ? without : kept;
  }, chosen);
}
