import { lastLineNumber, lastNumberIs } from '../answer-forms.ts';
import { at } from '../draw.ts';
import { frameMessages } from '../frame-messages.ts';
import type { Template } from '../template.ts';

const RATES: readonly (readonly [code: string, least: number, most: number])[] = [
  ['USD', 104, 122],
  ['CHF', 91, 99],
  ['GBP', 82, 89],
  ['CAD', 145, 163],
  ['SEK', 1_080, 1_180],
  ['JPY', 15_500, 17_600],
  ['PLN', 418, 468],
];

/** An amount from one currency to another through the euro, with a fee: given rates only. */
export const currencyExchange: Template = {
  name: 'currency-exchange',
  task: 'answer',
  draft(scene) {
    const drawn = scene.sample(RATES, 2).map(([code, least, most]) => ({ code, rate: scene.int(least, most) / 100 }));
    const from = at(drawn, 0);
    const to = scene.level === 0 ? { code: 'EUR', rate: 1 } : at(drawn, 1);
    const { many } = at(scene.articles(1), 0);
    const quantity = scene.int(3, 40);
    const price = scene.step(20, 400, 5);
    const fee = scene.byLevel(0, 0, scene.pick([0.5, 1, 1.5, 2]));
    const amount = quantity * price;
    const received = ((amount * (1 - fee / 100)) / from.rate) * to.rate;
    const wrong = (amount * (1 - fee / 100) * from.rate) / to.rate;
    const rates = drawn
      .slice(0, scene.level === 0 ? 1 : 2)
      .map(({ code, rate }) => `1 EUR = ${scene.number(rate, 2)} ${code}`);
    const feeText =
      fee === 0
        ? { en: '', fr: '' }
        : {
            en: ` The bank keeps ${scene.number(fee, 1)} % of the original amount before converting.`,
            fr: ` La banque prélève ${scene.number(fee, 1)} % du montant initial avant conversion.`,
          };
    const request = scene.say({
      en: [
        `A foreign partner pays for ${quantity} ${many} at ${price} ${from.code} each. Rates: ${rates.join('; ')}.${feeText.en} How much is that in ${to.code}?`,
        `Convert the price of ${quantity} ${many} (${price} ${from.code} apiece) into ${to.code}. Use only: ${rates.join(' and ')}.${feeText.en}`,
        `We owe ${scene.number(amount)} ${from.code} for ${quantity} ${many}. With ${rates.join(', ')}, what is the equivalent in ${to.code}?${feeText.en}`,
      ],
      fr: [
        `Un partenaire étranger règle ${quantity} ${many} à ${price} ${from.code} l'unité. Cours : ${rates.join(' ; ')}.${feeText.fr} Combien cela fait-il en ${to.code} ?`,
        `Convertissez en ${to.code} le prix de ${quantity} ${many} (${price} ${from.code} pièce). N'utilisez que : ${rates.join(' et ')}.${feeText.fr}`,
        `Nous devons ${scene.number(amount)} ${from.code} pour ${quantity} ${many}. Avec ${rates.join(', ')}, quel est l'équivalent en ${to.code} ?${feeText.fr}`,
      ],
    });
    const format = lastLineNumber(
      scene,
      scene.say({
        en: `the amount in ${to.code}, rounded to two decimals at the very end`,
        fr: `le montant en ${to.code}, arrondi à deux décimales seulement à la fin`,
      }),
    );
    return {
      messages: frameMessages(scene, { request, format }),
      reference: `${scene.number(received, 2)} ${to.code}`,
      nearMiss: `${scene.number(wrong, 2)} ${to.code}`,
      checks: [lastNumberIs(received, Math.max(0.006, received / 10_000))],
    };
  },
};
