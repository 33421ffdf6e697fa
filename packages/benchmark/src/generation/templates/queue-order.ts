import { escapeText, has } from '../answer-forms.ts';
import { at } from '../draw.ts';
import { frameMessages } from '../frame-messages.ts';
import { solutionsOf } from '../logic/permutations.ts';
import type { Scene } from '../scene.ts';
import type { Template } from '../template.ts';

type Order = readonly string[];
type Clue = { text: string; holds(order: Order): boolean };

/** Steps in an order that clues pin down: exactly one order satisfies them all, found by trying every one. */
export const queueOrder: Template = {
  name: 'queue-order',
  task: 'reason',
  draft(scene) {
    const names = scene.sample(scene.pairs(scene.setting.steps), scene.byLevel(4, 5, 6));
    const order = scene.shuffle(names);
    const clues = pinDown(scene, order, names);
    const place = scene.pick(scene.pool(scene.setting.sites));
    const request = scene.say({
      en: [
        `${names.length} activities take place at ${place} one after the other, none at the same time as another. In which order?`,
        `Work out the order of these ${names.length} activities on tomorrow's plan (${place}). They never overlap.`,
        `Somebody lost the schedule of ${place}, but remembers a few things. Put the ${names.length} activities in order; there is only one way.`,
      ],
      fr: [
        `${names.length} activités se suivent (lieu : ${place}), jamais deux à la fois. Dans quel ordre ?`,
        `Retrouvez l'ordre de ces ${names.length} activités du planning de demain (${place}). Elles ne se chevauchent jamais.`,
        `Le planning a été perdu (${place}), mais il reste quelques souvenirs. Remettez les ${names.length} activités dans l'ordre ; il n'y a qu'une possibilité.`,
      ],
    });
    const listing = `${scene.language === 'fr' ? 'Activités : ' : 'Activities: '}${scene.shuffle(names).join(', ')}.`;
    const data = `${listing}\n\n${clues.map(({ text }) => `- ${text}`).join('\n')}`;
    const format = scene.say({
      en: [
        'Finish with one line that lists all of them from first to last, separated by " > ".',
        'The last line gives the whole order, first to last, with " > " between the activities.',
      ],
      fr: [
        'Terminez par une ligne qui les donne toutes, de la première à la dernière, séparées par « > ».',
        "La dernière ligne donne l'ordre complet, du premier au dernier, avec « > » entre les activités.",
      ],
    });
    const swapped = [at(order, 1), at(order, 0), ...order.slice(2)];
    return {
      messages: frameMessages(scene, { request, data, format }),
      reference: order.join(' > '),
      nearMiss: swapped.join(' > '),
      checks: [has(`^\\W*${order.map(escapeText).join('\\W*>\\W*')}\\W*$`, { part: 'last-line' })],
    };
  },
};

/** Random true clues until one order is left, then without those that add nothing. */
function pinDown(scene: Scene, order: Order, names: Order): Clue[] {
  const possible = scene.shuffle(everyClue(scene, order));
  const chosen: Clue[] = [];
  for (const clue of possible) {
    if (solutionsOf(names, chosen).length === 1) break;
    chosen.push(clue);
  }
  return chosen.reduceRight<Clue[]>((kept, clue) => {
    const without = kept.filter((one) => one !== clue);
    return solutionsOf(names, without).length === 1 ? without : kept;
  }, chosen);
}

function everyClue(scene: Scene, order: Order): Clue[] {
  const { language } = scene;
  const place = (all: Order, one: string) => all.indexOf(one);
  return order.flatMap((one, index) =>
    order.slice(index + 1).flatMap((other, offset): Clue[] => {
      const before: Clue = {
        text: scene.say({
          en: [`${one} comes some time before ${other}`, `${other} is later than ${one}`],
          fr: [`${one} : avant ${other}`, `${other} vient plus tard que ${one}`],
        }),
        holds: (all) => place(all, one) < place(all, other),
      };
      if (offset === 0)
        return [
          before,
          {
            text: language === 'fr' ? `${other} suit immédiatement ${one}` : `${other} comes straight after ${one}`,
            holds: (all) => place(all, other) - place(all, one) === 1,
          },
        ];
      const between = offset;
      const apart: Clue = {
        text:
          language === 'fr'
            ? `entre ${one} et ${other} (dans un sens ou dans l'autre), on compte exactement ${between} autre${between > 1 ? 's' : ''} activité${between > 1 ? 's' : ''}`
            : `exactly ${between} other ${between > 1 ? 'activities lie' : 'activity lies'} between ${one} and ${other}, whichever comes first`,
        holds: (all) => Math.abs(place(all, other) - place(all, one)) === between + 1,
      };
      const notNext: Clue = {
        text:
          language === 'fr'
            ? `${one} et ${other} ne se suivent pas directement`
            : `${one} and ${other} are not next to each other`,
        holds: (all) => Math.abs(place(all, other) - place(all, one)) > 1,
      };
      return [before, apart, notNext];
    }),
  );
}
