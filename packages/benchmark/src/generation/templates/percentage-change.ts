import { lastLineNumber, lastNumberIs } from '../answer-forms.ts';
import { frameMessages } from '../frame-messages.ts';
import { percentText } from '../language.ts';
import type { Scene } from '../scene.ts';
import type { Template } from '../template.ts';

/** A count that moves by percentages over one to three months: the change over the whole time. */
export const percentageChange: Template = {
  name: 'percentage-change',
  task: 'reason',
  draft(scene) {
    const { language } = scene;
    const { many } = scene.noun(scene.setting.record);
    const start = scene.step(400, 4_000, 200);
    const steps = scene.byLevel(1, 2, 3);
    const moves = scene.sample([-40, -25, -20, -15, -10, -5, 5, 10, 15, 20, 25, 30, 50, 60], steps);
    const factor = moves.reduce((product, move) => product * (1 + move / 100), 1);
    const change = Math.round((factor - 1) * 10_000) / 100;
    const moveTexts = moves.map((move) => percentText(Math.abs(move), language));
    const site = scene.pick(scene.pool(scene.setting.sites));
    const history = moves
      .map((move, index) =>
        scene.say({
          en: [
            `in month ${index + 1} it ${move < 0 ? 'fell' : 'rose'} by ${moveTexts[index]}`,
            `month ${index + 1} brought a ${move < 0 ? 'drop' : 'rise'} of ${moveTexts[index]}`,
          ],
          fr: [
            `le mois ${index + 1}, il a ${move < 0 ? 'baissé' : 'augmenté'} de ${moveTexts[index]}`,
            `le mois ${index + 1} a vu une ${move < 0 ? 'baisse' : 'hausse'} de ${moveTexts[index]}`,
          ],
        }),
      )
      .join(language === 'fr' ? ' ; ' : '; ');
    const noise =
      scene.level === 0
        ? ''
        : scene.say({
            en: [
              ` (The plan had been ${scene.number(start + 100)}, but that does not matter here.)`,
              ` At the same time ${scene.int(3, 9)} people changed teams.`,
            ],
            fr: [
              ` (Le plan visait ${scene.number(start + 100)}, mais peu importe ici.)`,
              ` Dans le même temps, ${scene.int(3, 9)} personnes ont changé d'équipe.`,
            ],
          });
    const request = requestText(scene, { history, many, noise, site, start });
    const format = lastLineNumber(
      scene,
      scene.say({
        en: 'the change in percent, rounded to two decimals, with a minus sign for a fall',
        fr: "l'évolution en pourcentage, arrondie à deux décimales, avec un signe moins pour une baisse",
      }),
    );
    const answer = (value: number) => `${scene.number(value, 2)} %`;
    const added = moves.reduce((sum, move) => sum + move, 0);
    return {
      messages: frameMessages(scene, { request, format }),
      reference: `${scene.number(start)} × ${moves.map((move) => scene.number(1 + move / 100, 2)).join(' × ')} = ${scene.number(start * factor, 2)}\n${answer(change)}`,
      nearMiss: answer(steps === 1 ? -change : Math.abs(added - change) > 0.02 ? added : change + 1),
      checks: [lastNumberIs(change, 0.011)],
    };
  },
};

/** What is asked. */
const requestText = (
  scene: Scene,
  { history, many, noise, site, start }: { history: string; many: string; noise: string; site: string; start: number },
): string =>
  scene.say({
    en: [
      `At ${site} the monthly number of ${many} stood at ${scene.number(start)}. Then, each time against the month before: ${history}.${noise} By how many percent did the number change over the whole period?`,
      `${site} started with ${scene.number(start)} ${many} a month. What followed, always relative to the previous month: ${history}.${noise} What is the total change in percent between the start and the end?`,
      `Number of ${many} per month (${site}): ${scene.number(start)} at the beginning; ${history}, each relative to the previous figure.${noise} Give the overall change in percent.`,
    ],
    fr: [
      `Chez nous (${site}), le nombre mensuel de ${many} était de ${scene.number(start)}. Ensuite, chaque fois par rapport au mois précédent : ${history}.${noise} De combien de pour cent ce nombre a-t-il varié sur toute la période ?`,
      `${site} : ${scene.number(start)} ${many} par mois au départ. Puis, toujours par rapport au mois précédent : ${history}.${noise} Quelle est la variation totale en pourcentage entre le début et la fin ?`,
      `Nombre de ${many} par mois (${site}) : ${scene.number(start)} au début ; ${history}, à chaque fois par rapport au chiffre précédent.${noise} Donne l'évolution globale en pourcentage.`,
    ],
  });
