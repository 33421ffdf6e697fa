import { lastLineNumber, lastNumberIs } from '../answer-forms.ts';
import { at } from '../draw.ts';
import { frameMessages } from '../frame-messages.ts';
import { percentText } from '../language.ts';
import type { Scene } from '../scene.ts';
import { tableText } from '../tables.ts';
import type { Template } from '../template.ts';

type Line = { name: string; quantity: number; unitCents: number };

/** Lines of an offer, a rebate from a threshold on, delivery, and tax: what is to pay. */
export const invoiceTotal: Template = {
  name: 'invoice-total',
  task: 'reason',
  draft(scene) {
    const lines: Line[] = scene.articles(scene.byLevel(2, 3, 5)).map(({ one, price: [least, most] }) => ({
      name: one,
      quantity: scene.int(2, 24),
      unitCents: scene.step(least * 100, most * 100, 50),
    }));
    const sum = lines.reduce((total, { quantity, unitCents }) => total + quantity * unitCents, 0);
    const rebate = scene.pick([5, 8, 10, 12]);
    const threshold = Math.max(100, Math.round((sum * scene.pick([0.6, 0.8, 1.3])) / 10_000) * 100) * 100;
    const tax = scene.pick([5.5, 10, 19, 20, 21]);
    const delivery = scene.level === 2 ? scene.step(900, 4_900, 100) : 0;
    const reduced = sum >= threshold ? sum * (1 - rebate / 100) : sum;
    const gross = Math.round((reduced + delivery) * (1 + tax / 100));
    const rules = rulesText(scene, { rebate, threshold: scene.money(threshold), tax, delivery });
    const asked = scene.say({
      en: [
        'What is the total to pay, tax included?',
        'How much will the customer pay in the end?',
        'Work out the amount payable.',
      ],
      fr: [
        'Quel est le total TTC à payer ?',
        'Combien le client paiera-t-il au final ?',
        'Calcule le montant à régler.',
      ],
    });
    const head =
      scene.language === 'fr' ? ['Article', 'Quantité', 'Prix unitaire HT'] : ['Item', 'Quantity', 'Unit price (net)'];
    const data = tableText(scene, {
      head,
      rows: lines.map(({ name, quantity, unitCents }) => [name, String(quantity), scene.money(unitCents)]),
    });
    const format = lastLineNumber(
      scene,
      scene.say({ en: 'the amount payable, rounded to the cent', fr: 'le montant à payer, arrondi au centime' }),
    );
    const wrong = Math.round((sum + delivery) * (1 + tax / 100) * (sum >= threshold ? 1 : 1 - rebate / 100));
    const first = at(lines, 0);
    return {
      messages: frameMessages(scene, { request: `${rules} ${asked}`, data, format }),
      reference: `${first.quantity} × ${scene.money(first.unitCents)} + … = ${scene.money(sum)}\n${scene.money(gross)}`,
      nearMiss: scene.money(wrong),
      checks: [lastNumberIs(gross / 100, 0.011)],
    };
  },
};

function rulesText(
  scene: Scene,
  { rebate, threshold, tax, delivery }: { rebate: number; threshold: string; tax: number; delivery: number },
): string {
  const percent = (value: number) => percentText(value, scene.language, value % 1 === 0 ? 0 : 1);
  const fee =
    delivery === 0
      ? { en: '', fr: '' }
      : {
          en: ` Delivery costs ${scene.money(delivery)} net and is not reduced.`,
          fr: ` La livraison coûte ${scene.money(delivery)} HT, sans remise.`,
        };
  return scene.say({
    en: [
      `From a net value of ${threshold} of goods we take ${percent(rebate)} off the goods.${fee.en} Sales tax of ${percent(tax)} applies to everything, after the rebate.`,
      `Our terms: a rebate of ${percent(rebate)} on the goods as soon as they reach ${threshold} net; below that none.${fee.en} Then ${percent(tax)} tax on the whole.`,
    ],
    fr: [
      `À partir de ${threshold} HT de marchandise, nous accordons ${percent(rebate)} de remise sur la marchandise.${fee.fr} La TVA de ${percent(tax)} s'applique à l'ensemble, après remise.`,
      `Nos conditions : remise de ${percent(rebate)} sur la marchandise dès ${threshold} HT, rien en dessous.${fee.fr} Puis TVA à ${percent(tax)} sur le tout.`,
    ],
  });
}
