import { lastLineNumber, lastNumberIs } from '../answer-forms.ts';
import { conversation } from '../conversation.ts';
import { at } from '../draw.ts';
import type { Template } from '../template.ts';

/** Stocks of several places that receive, give and exchange over the turns: what one of them holds at the end. */
export const accountOverTurns: Template = {
  name: 'account-over-turns',
  task: 'converse',
  draft(scene) {
    const sites = scene.sample(scene.pool(scene.setting.sites), scene.byLevel(2, 3, 4));
    const { many } = at(scene.articles(1), 0);
    const stock = sites.map(() => scene.int(30, 120));
    const begin = [...stock];
    const told = Array.from({ length: scene.byLevel(2, 4, 7) }, () => {
      const [from, to] = scene.sample(
        sites.map((_, index) => index),
        2,
      ) as [number, number];
      const count = scene.int(3, 15);
      const kind = scene.pick(['in', 'out', 'move', 'move'] as const);
      if (kind !== 'in') stock[from] = at(stock, from) - count;
      if (kind !== 'out') stock[kind === 'in' ? from : to] = at(stock, kind === 'in' ? from : to) + count;
      return {
        in: scene.say({
          en: `${count} new ${many} arrived at ${at(sites, from)}.`,
          fr: `Arrivage : ${count} ${many}, lieu : ${at(sites, from)}.`,
        }),
        out: scene.say({
          en: `${at(sites, from)} used ${count} of them.`,
          fr: `${count} ont été consommés ici : ${at(sites, from)}.`,
        }),
        move: scene.say({
          en: [
            `${count} went from ${at(sites, from)} to ${at(sites, to)}.`,
            `${at(sites, from)} lent ${count} to ${at(sites, to)}.`,
          ],
          fr: [
            `Transfert de ${count} : ${at(sites, from)} vers ${at(sites, to)}.`,
            `${at(sites, from)} en a cédé ${count} à l'endroit suivant : ${at(sites, to)}.`,
          ],
        }),
      }[kind];
    });
    const asked = scene.int(0, sites.length - 1);
    const opening = `${scene.say({ en: [`Please keep count of our ${many}. At the start:`, `Let us follow the stock of ${many} together. This morning:`], fr: [`Tenez le compte de nos ${many}. Au départ :`, `Suivons ensemble le stock de ${many}. Ce matin :`] })} ${sites.map((site, index) => `${site} ${at(begin, index)}`).join(', ')}.`;
    const question = scene.say({
      en: [`How many does ${at(sites, asked)} have now?`, `What is the present count for ${at(sites, asked)}?`],
      fr: [
        `Combien en reste-t-il maintenant à cet endroit : ${at(sites, asked)} ?`,
        `Quel est le compte actuel du lieu « ${at(sites, asked)} » ?`,
      ],
    });
    const format = lastLineNumber(scene, scene.say({ en: 'the number', fr: 'le nombre' }));
    const acknowledge = () =>
      scene.say({ en: ['OK.', 'Counted.', 'I have that.'], fr: ['OK.', "C'est compté.", "C'est enregistré."] });
    const right = at(stock, asked);
    return {
      messages: conversation(scene, [opening, ...told, `${question} ${format}`], acknowledge),
      reference: String(right),
      nearMiss: String(at(begin, asked) === right ? right + 1 : at(begin, asked)),
      checks: [lastNumberIs(right)],
    };
  },
};
