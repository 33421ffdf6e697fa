import { jsonBlock, jsonOnly } from '../answer-forms.ts';
import { at } from '../draw.ts';
import { frameMessages } from '../frame-messages.ts';
import type { Scene } from '../scene.ts';
import { tableText } from '../tables.ts';
import type { Template } from '../template.ts';

const NAMES = { en: ['bronze', 'silver', 'gold', 'platinum'], fr: ['bronze', 'argent', 'or', 'platine'] } as const;

/** Bands with inclusive and exclusive bounds: which band each site's figure falls into, on the bounds too. */
export const sortIntoBands: Template = {
  name: 'sort-into-bands',
  task: 'classify',
  draft(scene) {
    const bands = NAMES[scene.language].slice(0, scene.byLevel(3, 4, 4));
    const width = scene.step(20, 120, 10);
    const bounds = bands.slice(1).map((_, index) => (index + 1) * width);
    const isIncluded = scene.chance(0.5);
    const bandOf = (value: number) =>
      at(bands, bounds.filter((bound) => (isIncluded ? value >= bound : value > bound)).length);
    const isComputed = scene.level === 2;
    const { many } = scene.noun(scene.setting.record);
    const rows = scene
      .pool(scene.setting.sites)
      .slice(0, scene.byLevel(3, 5, 6))
      .map((site) => {
        const value = scene.chance(0.4) ? scene.pick(bounds) : scene.int(1, bounds.length * width + 30);
        const late = isComputed ? scene.int(1, 40) : 0;
        return { site, value, late, counted: value + late };
      });
    const bound = (index: number) => at(bounds, index);
    const ranges = bands.map((band, index) => {
      if (index === 0) return `${band}: ${isIncluded ? '<' : '≤'} ${bound(0)}`;
      const from = `${isIncluded ? '≥' : '>'} ${bound(index - 1)}`;
      return index === bands.length - 1
        ? `${band}: ${from}`
        : `${band}: ${from} ${scene.language === 'fr' ? 'et' : 'and'} ${isIncluded ? '<' : '≤'} ${bound(index)}`;
    });
    const less = isComputed
      ? { en: ' What counts is the total minus the late ones.', fr: ' On compte le total moins les retards.' }
      : { en: '', fr: '' };
    const request = requestText(scene, { less, many, ranges });
    const head = scene.language === 'fr' ? ['Site', 'Total', 'Retards'] : ['Site', 'Total', 'Late'];
    const columns = isComputed ? 3 : 2;
    const data = tableText(scene, {
      head: head.slice(0, columns),
      rows: rows.map(({ site, counted, late }) => [site, String(counted), String(late)].slice(0, columns)),
    });
    const shape = scene.say({
      en: 'JSON array of {"site": ..., "band": ...} in the order of the table.',
      fr: 'Tableau JSON de {"site": ..., "band": ...} dans l\'ordre du tableau.',
    });
    const answer = rows.map(({ site, value }) => ({ site, band: bandOf(value) }));
    const wrong = answer.map((one, index) =>
      index === 0
        ? {
            ...one,
            band: at(
              bands.filter((band) => band !== one.band),
              0,
            ),
          }
        : one,
    );
    return {
      messages: frameMessages(scene, { request, data, format: `${shape} ${jsonOnly(scene)}` }),
      reference: jsonBlock(answer),
      nearMiss: jsonBlock(wrong),
      checks: answer.map(({ band }, index) => ({ kind: 'json-value', path: `$[${index}].band`, expected: band })),
    };
  },
};

/** What is asked. */
const requestText = (
  scene: Scene,
  { less, many, ranges }: { less: { en: string; fr: string }; many: string; ranges: readonly string[] },
): string =>
  scene.say({
    en: [
      `Assign each site its band by the number of ${many} (${ranges.join('; ')}).${less.en}`,
      `Which band does each site reach? Bands by number of ${many}: ${ranges.join('; ')}.${less.en}`,
    ],
    fr: [
      `Attribuez à chaque site sa catégorie selon le nombre de ${many} (${ranges.join(' ; ')}).${less.fr}`,
      `Quelle catégorie chaque site atteint-il ? Catégories par nombre de ${many} : ${ranges.join(' ; ')}.${less.fr}`,
    ],
  });
