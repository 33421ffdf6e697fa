import { codeTemplate } from '../code-template.ts';
import { at } from '../draw.ts';

/** A price by steps of quantity, with a minimum or a cap as it gets harder; in cents. */
export const codeTieredPrice = codeTemplate('code-tiered-price', (scene) => {
  const { many } = at(scene.articles(1), 0);
  const { amount } = scene.setting.code;
  const first = scene.step(10, 60, 5);
  const second = first + scene.step(20, 100, 10);
  const prices = [scene.int(60, 120), scene.int(35, 59), scene.int(10, 34)] as const;
  const [high, middle, low] = prices;
  const minimum = scene.level === 0 ? 0 : scene.step(300, 900, 50);
  const cap = scene.level === 2 ? first * high + scene.step(500, 1_500, 100) : undefined;
  const rules = {
    en: [
      `The first ${first} cost ${high} cents each, the next ${second - first} cost ${middle} cents each, all further ones ${low} cents each.`,
      ...(minimum === 0 ? [] : [`The price is at least ${minimum} cents, but 0 for a quantity of 0.`]),
      ...(cap === undefined ? [] : [`It is never more than ${cap} cents.`]),
    ],
    fr: [
      `Les ${first} premiers coûtent ${high} centimes chacun, les ${second - first} suivants ${middle} centimes chacun, tous les autres ${low} centimes chacun.`,
      ...(minimum === 0 ? [] : [`Le prix est d'au moins ${minimum} centimes, mais de 0 pour une quantité de 0.`]),
      ...(cap === undefined ? [] : [`Il ne dépasse jamais ${cap} centimes.`]),
    ],
  };
  return {
    name: `price_of_${amount}`,
    parameters: ['quantity'],
    does: scene.say({
      en: `It returns the price in cents of a number of units (${many}). ${rules.en.join(' ')}`,
      fr: `Elle renvoie le prix en centimes d'un nombre d'unités (${many}). ${rules.fr.join(' ')}`,
    }),
    calls: [[0], [1], [first], [first + 1], [second], [second + 1], [second + scene.int(20, 400)], [2_000]],
    solve(quantity) {
      const units = quantity as number;
      const price =
        Math.min(units, first) * high +
        Math.max(0, Math.min(units, second) - first) * middle +
        Math.max(0, units - second) * low;
      return units === 0 ? 0 : Math.min(Math.max(price, minimum), cap ?? Number.POSITIVE_INFINITY);
    },
    bodies: {
      javascript: `  if (quantity === 0) return 0;
  const price =
    Math.min(quantity, ${first}) * ${high} +
    Math.max(0, Math.min(quantity, ${second}) - ${first}) * ${middle} +
    Math.max(0, quantity - ${second}) * ${low};
  return ${cap === undefined ? `Math.max(price, ${minimum})` : `Math.min(Math.max(price, ${minimum}), ${cap})`};`,
      python: `    if quantity == 0:
        return 0
    price = (
        min(quantity, ${first}) * ${high}
        + max(0, min(quantity, ${second}) - ${first}) * ${middle}
        + max(0, quantity - ${second}) * ${low}
    )
    return ${cap === undefined ? `max(price, ${minimum})` : `min(max(price, ${minimum}), ${cap})`}`,
    },
    mistake: {
      javascript: [`Math.min(quantity, ${first}) * ${high}`, `quantity * ${high}`],
      python: [`min(quantity, ${first}) * ${high}`, `quantity * ${high}`],
    },
  };
});
