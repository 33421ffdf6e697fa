import { lastLineNumber, lastNumberIs } from '../answer-forms.ts';
import { at } from '../draw.ts';
import { frameMessages } from '../frame-messages.ts';
import type { Scene } from '../scene.ts';
import type { Template } from '../template.ts';

const ORDINALS: Readonly<Record<number, string>> = { 2: 'second', 3: 'third', 4: 'fourth', 5: 'fifth' };

/** A stock that shrinks daily and is topped up now and then: on which day it first falls below the reserve. */
export const stockRunOut: Template = {
  name: 'stock-run-out',
  task: 'reason',
  draft(scene) {
    const { many } = at(scene.articles(1), 0);
    const story = drawStory(scene);
    const { stock, use, reserve, every, delivery, day } = story;
    const site = scene.pick(scene.pool(scene.setting.sites));
    const topUp =
      every === 0
        ? { en: '', fr: '' }
        : {
            en: ` At the end of every ${ORDINALS[every] ?? every} day (day ${every}, ${2 * every}, ...) ${delivery} are delivered.`,
            fr: ` À la fin d'un jour sur ${every} (jour ${every}, ${2 * every}, ...), on en livre ${delivery}.`,
          };
    const saving =
      scene.level === 2
        ? {
            en: ` From day ${story.halfFrom} on only ${story.halfUse} are used per day.`,
            fr: ` À partir du jour ${story.halfFrom}, on n'en consomme plus que ${story.halfUse} par jour.`,
          }
        : { en: '', fr: '' };
    const request = scene.say({
      en: [
        `On the morning of day 1 there are ${stock} ${many} in store (${site}). ${use} are used up during each day.${topUp.en}${saving.en} The reserve is ${reserve}: on which day does the stock fall below it for the first time, as counted after the day's use and before any delivery?`,
        `${site} holds ${stock} ${many} at the start of day 1 and uses ${use} a day.${topUp.en}${saving.en} We count every evening, before a delivery is added. At which day's count are there fewer than ${reserve} for the first time?`,
      ],
      fr: [
        `Au matin du jour 1, le stock compte ${stock} ${many} (${site}). On en consomme ${use} chaque jour.${topUp.fr}${saving.fr} La réserve est de ${reserve} : quel jour le stock passe-t-il pour la première fois en dessous, compté après la consommation du jour et avant toute livraison ?`,
        `${site} : ${stock} ${many} au début du jour 1, ${use} consommés par jour.${topUp.fr}${saving.fr} On compte chaque soir avant d'ajouter une éventuelle livraison. Au comptage de quel jour en reste-t-il pour la première fois moins de ${reserve} ?`,
      ],
    });
    const format = lastLineNumber(scene, scene.say({ en: 'the number of the day', fr: 'le numéro du jour' }));
    const careless = Math.floor((stock - reserve) / use);
    return {
      messages: frameMessages(scene, { request, format }),
      reference: String(day),
      nearMiss: String(careless === day ? day + 1 : careless),
      checks: [lastNumberIs(day)],
    };
  },
};

type Story = {
  stock: number;
  use: number;
  reserve: number;
  every: number;
  delivery: number;
  halfFrom: number;
  halfUse: number;
  day: number;
};

/** Drawn again until the reserve is reached neither at once nor only after weeks. */
function drawStory(scene: Scene): Story {
  for (;;) {
    const use = scene.int(12, 60);
    const story = {
      stock: use * scene.int(4, 9) + scene.int(1, use - 1),
      use,
      reserve: scene.step(10, 50, 5),
      every: scene.byLevel(0, scene.int(2, 4), scene.int(3, 5)),
      delivery: scene.step(20, 2 * Math.ceil(use / 20) * 20, 10),
      halfFrom: scene.int(4, 6),
      halfUse: Math.ceil(use / 2) + 1,
    };
    const day = firstDayBelow(story, scene.level === 2);
    if (day !== undefined && day > 2) return { ...story, day };
  }
}

function firstDayBelow(
  { stock, use, reserve, every, delivery, halfFrom, halfUse }: Omit<Story, 'day'>,
  saves: boolean,
): number | undefined {
  let left = stock;
  for (let day = 1; day <= 30; day++) {
    left -= saves && day >= halfFrom ? halfUse : use;
    if (left < reserve) return day;
    if (every > 0 && day % every === 0) left += delivery;
  }
  return undefined;
}
