import { amountPattern, has, wholeText } from '../answer-forms.ts';
import { monthName } from '../calendar.ts';
import { at } from '../draw.ts';
import { frameMessages } from '../frame-messages.ts';
import type { Scene } from '../scene.ts';
import { tableText } from '../tables.ts';
import type { Template } from '../template.ts';

/** Monthly figures of a site: a few sentences with the total, the best and the weakest month. */
export const figuresSummary: Template = {
  name: 'figures-summary',
  task: 'summarise',
  draft(scene) {
    const { language } = scene;
    const months = scene.byLevel(4, 6, 12);
    const first = scene.int(1, 13 - months);
    const values = scene.sample(
      Array.from({ length: 180 }, (_, index) => 120 + 7 * index),
      months,
    );
    const targets = values.map((value) => value + scene.pick([-40, -15, 20, 55]));
    const rows = values.map((value, index) => ({
      month: monthName(first + index, language),
      value,
      target: at(targets, index),
    }));
    const ranked = rows.toSorted((a, b) => b.value - a.value);
    const best = at(ranked, 0);
    const worst = at(ranked, months - 1);
    const total = values.reduce((sum, value) => sum + value, 0);
    const missed = rows.filter(({ value, target }) => value < target).length;
    const { many } = scene.noun(scene.setting.record);
    const site = scene.pick(scene.pool(scene.setting.sites));
    const hasTargets = scene.level > 0;
    const head = language === 'fr' ? ['Mois', many, 'Objectif'] : ['Month', many, 'Target'];
    const data = tableText(scene, {
      head: head.slice(0, hasTargets ? 3 : 2),
      rows: rows.map(({ month, value, target }) => [month, String(value), String(target)].slice(0, hasTargets ? 3 : 2)),
    });
    const most = scene.pick([45, 55, 65]);
    const extra =
      scene.level === 2
        ? {
            en: ', and in how many months the target was missed (in figures)',
            fr: ", et le nombre de mois où l'objectif n'a pas été atteint (en chiffres)",
          }
        : { en: '', fr: '' };
    const request = requestText(scene, { extra, many, most, site });
    const format = scene.say({
      en: ['Plain sentences, no table.', 'Running text only.'],
      fr: ['Des phrases, pas de tableau.', 'Texte suivi uniquement.'],
    });
    const summary = (sum: number) =>
      `${scene.say({
        en: `In total there were ${scene.number(sum)} ${many} (${site}). The best month was ${best.month} (${best.value}), the weakest ${worst.month} (${worst.value}).`,
        fr: `Au total, on compte ${scene.number(sum)} ${many} (${site}). Le meilleur mois est ${best.month} (${best.value}), le plus faible ${worst.month} (${worst.value}).`,
      })}${scene.level === 2 ? scene.say({ en: ` The target was missed in ${missed} months.`, fr: ` L'objectif a été manqué ${missed} fois.` }) : ''}`;
    return {
      messages: frameMessages(scene, { request, data, format }),
      reference: summary(total),
      nearMiss: summary(total + 7),
      checks: [
        has(amountPattern(total)),
        has(wholeText(best.month)),
        has(wholeText(worst.month)),
        ...(scene.level === 2 ? [has(`(?<!\\d)${missed}(?!\\d)`, { dimension: 'completeness' })] : []),
        { kind: 'words', most, dimension: 'relevance' },
      ],
    };
  },
};

/** What is asked. */
const requestText = (
  scene: Scene,
  { extra, many, most, site }: { extra: { en: string; fr: string }; many: string; most: number; site: string },
): string =>
  scene.say({
    en: [
      `Summarise these figures (${many}, ${site}) in at most ${most} words: the total, the best and the weakest month by name${extra.en}.`,
      `For the board: at most ${most} words on the ${many} at ${site}. Name the total, the strongest month, the weakest month${extra.en}.`,
    ],
    fr: [
      `Résumez ces chiffres (${many}, ${site}) en ${most} mots au plus : le total, le meilleur et le plus faible mois, nommés${extra.fr}.`,
      `Pour la direction : ${most} mots maximum sur les ${many} (${site}). Indiquez le total, le mois le plus fort, le mois le plus faible${extra.fr}.`,
    ],
  });
