import { lastLineNumber, lastNumberIs } from '../answer-forms.ts';
import { at } from '../draw.ts';
import { frameMessages } from '../frame-messages.ts';
import type { Scene } from '../scene.ts';
import type { Template } from '../template.ts';

type Tariff = { base: number; included: number; perExtra: number; reduction: number; cap: number; youth: number };
type Customer = { name: string; age: number; units: number; isMember: boolean };

/** A price list with steps, a reduction, a cap and an exception: what one customer pays. */
export const tariffWithExceptions: Template = {
  name: 'tariff-with-exceptions',
  task: 'answer',
  draft(scene) {
    const { many } = at(scene.articles(1), 0);
    const tariff = drawTariff(scene);
    const customer: Customer = {
      name: at(scene.people(1), 0).name,
      age: scene.pick([17, 22, 24, 25, 26, 41, 58]),
      units: tariff.included + scene.int(scene.level === 0 ? 1 : -2, 14),
      isMember: scene.chance(0.5),
    };
    const pays = priceOf(tariff, customer, scene.level);
    const careless = priceOf(tariff, { ...customer, isMember: !customer.isMember, units: customer.units + 1 }, 0);
    const request = scene.say({
      en: [
        `According to the rules below, how much does ${customer.name} pay this month?`,
        `What will ${customer.name}'s bill be? Apply the rules in the order given.`,
      ],
      fr: [
        `D'après les règles ci-dessous, quel montant facturer ce mois-ci à ${customer.name} ?`,
        `À combien s'élève la facture de ${customer.name} ? Appliquez les règles dans l'ordre indiqué.`,
      ],
    });
    const format = lastLineNumber(
      scene,
      scene.say({ en: 'the amount, with two decimals', fr: 'le montant, avec deux décimales' }),
    );
    return {
      messages: frameMessages(scene, {
        request,
        data: `${rules(scene, tariff, many)}\n\n${portrait(scene, customer, many)}`,
        format,
      }),
      reference: scene.money(pays),
      nearMiss: scene.money(careless === pays ? pays + 100 : careless),
      checks: [lastNumberIs(pays / 100, 0.001)],
    };
  },
};

const drawTariff = (scene: Scene): Tariff => ({
  base: scene.step(1_500, 9_000, 100),
  included: scene.int(3, 20),
  perExtra: scene.step(120, 900, 20),
  reduction: scene.pick([10, 20, 25]),
  cap: scene.step(12_000, 20_000, 500),
  youth: scene.pick([5, 10]) * 100,
});

function priceOf(
  { base, included, perExtra, reduction, cap, youth }: Tariff,
  { age, units, isMember }: Customer,
  level: number,
): number {
  const full = base + Math.max(0, units - included) * perExtra;
  const reduced = level > 0 && isMember ? (full * (100 - reduction)) / 100 : full;
  const capped = level > 0 ? Math.min(reduced, cap) : reduced;
  return Math.round(level === 2 && age <= 25 ? Math.max(0, capped - youth) : capped);
}

function rules(scene: Scene, { base, included, perExtra, reduction, cap, youth }: Tariff, many: string): string {
  const en = [
    `The monthly fee of ${scene.money(base)} includes ${included} ${many}.`,
    `Every further one costs ${scene.money(perExtra)}.`,
    `Members get ${reduction}% off the total so far.`,
    `Nobody pays more than ${scene.money(cap)} a month.`,
    `Exception: customers aged 25 or under then get another ${scene.money(youth)} off, members or not.`,
  ];
  const fr = [
    `Le forfait mensuel de ${scene.money(base)} comprend ${included} ${many}.`,
    `Toute unité supplémentaire coûte ${scene.money(perExtra)}.`,
    `Les adhérents ont ${reduction} % de remise sur le total obtenu.`,
    `Personne ne paie plus de ${scene.money(cap)} par mois.`,
    `Exception : les clients de 25 ans ou moins ont ensuite ${scene.money(youth)} de réduction, adhérents ou non.`,
  ];
  return (scene.language === 'fr' ? fr : en)
    .slice(0, scene.byLevel(2, 4, 5))
    .map((rule, index) => `${index + 1}. ${rule}`)
    .join('\n');
}

function portrait(scene: Scene, { name, age, units, isMember }: Customer, many: string): string {
  return scene.say({
    en: [
      `${name}, aged ${age}, ${isMember ? 'is a member' : 'is not a member'} and used ${units} ${many}.`,
      `Customer: ${name}; age: ${age}; member: ${isMember ? 'yes' : 'no'}; ${many} this month: ${units}.`,
    ],
    fr: [
      `${name} a ${age} ans, ${isMember ? 'fait partie des adhérents' : 'ne fait pas partie des adhérents'} et a utilisé ${units} ${many}.`,
      `Client : ${name} ; âge : ${age} ans ; adhésion : ${isMember ? 'oui' : 'non'} ; ${many} ce mois-ci : ${units}.`,
    ],
  });
}
