import { has, hasNo, wholeText } from '../answer-forms.ts';
import { frameMessages } from '../frame-messages.ts';
import { percentText } from '../language.ts';
import type { Scene } from '../scene.ts';
import type { Template } from '../template.ts';

/** A paragraph with two figures: a headline with the change in percent, which must be worked out. */
export const changeHeadline: Template = {
  name: 'change-headline',
  task: 'summarise',
  draft(scene) {
    const { many } = scene.noun(scene.setting.record);
    const before = scene.step(200, 3_000, 100);
    const percent = scene.pick([-45, -35, -28, -22, -16, -12, -7, 6, 9, 13, 18, 24, 32, 46, 58]);
    const after = (before * (100 + percent)) / 100;
    const site = scene.pick(scene.pool(scene.setting.sites));
    const remarks = scene.sample(scene.pairs(scene.setting.remarks), scene.byLevel(2, 4, 7));
    const older =
      scene.level === 2
        ? scene.say({
            en: ` Two years ago there had been ${scene.number(before + 130)}.`,
            fr: ` Il y a deux ans, il y en avait ${scene.number(before + 130)}.`,
          })
        : '';
    const figures = scene.say({
      en: [
        `At ${site} the number of ${many} went from ${scene.number(before)} last year to ${scene.number(after)} this year.${older}`,
        `This year ${scene.number(after)} ${many} were counted at ${site}, against ${scene.number(before)} last year.${older}`,
      ],
      fr: [
        `${site} : le nombre de ${many} est passé de ${scene.number(before)} l'an dernier à ${scene.number(after)} cette année.${older}`,
        `Cette année, ${scene.number(after)} ${many} ont été recensé${scene.noun(scene.setting.record).e}s (${site}), contre ${scene.number(before)} l'an dernier.${older}`,
      ],
    });
    const middle = Math.floor(remarks.length / 2);
    const data = [...remarks.slice(0, middle), figures, ...remarks.slice(middle)].join(' ');
    const most = scene.pick([14, 16, 18]);
    const request = requestText(scene, { most, site });
    const format = scene.say({
      en: [
        'The headline only; write the percentage in figures, and do not repeat the two counts.',
        'Nothing but the headline, percentage in figures, without the two original counts.',
      ],
      fr: [
        'Seulement le titre ; pourcentage en chiffres, sans répéter les deux nombres de départ.',
        'Rien que le titre, pourcentage en chiffres, sans les deux nombres initiaux.',
      ],
    });
    const headline = (change: number) =>
      scene.say({
        en: `${site}: ${many} ${percent < 0 ? 'down' : 'up'} ${percentText(Math.abs(change), 'en')} on last year`,
        fr: `${site} : ${many} en ${percent < 0 ? 'baisse' : 'hausse'} de ${percentText(Math.abs(change), 'fr')} sur un an`,
      });
    return {
      messages: frameMessages(scene, { request, data, format }),
      reference: headline(percent),
      nearMiss: headline(percent + 10),
      checks: [
        has(`(?<!\\d)${Math.abs(percent)}(?:[.,]0+)?\\s?(?:%|percent|per cent|pour cent)`),
        has(wholeText(site), { dimension: 'completeness' }),
        hasNo(`(?<!\\d)(?:${before}|${scene.number(before)})(?!\\d)`, { dimension: 'relevance' }),
        { kind: 'words', most, dimension: 'relevance' },
      ],
    };
  },
};

/** What is asked. */
const requestText = (scene: Scene, { most, site }: { most: number; site: string }): string =>
  scene.say({
    en: [
      `Write a headline of at most ${most} words for this paragraph. It names the place (${site}) and the change against last year in percent.`,
      `One headline, ${most} words or fewer: what changed at ${site}, by how many percent against last year?`,
    ],
    fr: [
      `Écrivez un titre de ${most} mots au plus pour ce paragraphe. Il nomme le lieu (${site}) et l'évolution sur un an en pourcentage.`,
      `Un titre, ${most} mots maximum : qu'est-ce qui a changé (${site}), et de combien de pour cent en un an ?`,
    ],
  });
