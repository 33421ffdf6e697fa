import { lastLineNumber, lastNumberIs } from '../answer-forms.ts';
import { at } from '../draw.ts';
import { frameMessages } from '../frame-messages.ts';
import type { Template } from '../template.ts';

/** Pieces, boxes, pallets and their weight by given factors: how many pallets, or how heavy it all is. */
export const packingUnits: Template = {
  name: 'packing-units',
  task: 'answer',
  draft(scene) {
    const { one, many } = at(scene.articles(1), 0);
    const perBox = scene.pick([6, 8, 10, 12, 20, 24]);
    const perPallet = scene.pick([18, 24, 30, 32, 40, 48]);
    const grams = scene.step(50, 2_400, 50);
    const boxGrams = scene.step(200, 900, 50);
    const palletKilos = scene.pick([18, 20, 22, 25]);
    const pieces = scene.int(300, scene.byLevel(1_500, 6_000, 15_000));
    const boxes = Math.ceil(pieces / perBox);
    const pallets = Math.ceil(boxes / perPallet);
    const kilos = (pieces * grams + boxes * boxGrams) / 1_000 + pallets * palletKilos;
    const isWeighed = scene.level > 0;
    const inPounds = scene.level === 2;
    const answer = inPounds ? kilos / 0.4536 : isWeighed ? kilos : pallets;
    const careless = inPounds
      ? kilos * 0.4536
      : isWeighed
        ? (pieces * grams + boxes * boxGrams) / 1_000
        : Math.max(1, Math.floor(boxes / perPallet));
    const weights = isWeighed
      ? {
          en: ` One ${one} weighs ${grams} g, an empty box ${boxGrams} g, an empty pallet ${palletKilos} kg.${inPounds ? ' 1 lb = 0.4536 kg.' : ''}`,
          fr: ` Poids : ${grams} g pour 1 ${one}, ${boxGrams} g le carton vide, ${palletKilos} kg la palette vide.${inPounds ? ' 1 lb = 0,4536 kg.' : ''}`,
        }
      : { en: '', fr: '' };
    const asked = isWeighed
      ? {
          en: `What does the whole shipment weigh in ${inPounds ? 'pounds' : 'kilograms'}, boxes and pallets included?`,
          fr: `Combien pèse l'envoi complet en ${inPounds ? 'livres (lb)' : 'kilogrammes'}, cartons et palettes compris ?`,
        }
      : { en: 'How many pallets are needed?', fr: 'Combien de palettes faut-il ?' };
    const request = scene.say({
      en: [
        `${scene.number(pieces)} ${many} are to be shipped to ${scene.organisation}. A box takes ${perBox} of them, a pallet takes ${perPallet} boxes; a box or pallet that is begun counts whole.${weights.en} ${asked.en}`,
        `Shipment of ${scene.number(pieces)} ${many}: ${perBox} per box, ${perPallet} boxes per pallet. The last box and the last pallet may be partly filled.${weights.en} ${asked.en}`,
      ],
      fr: [
        `Il faut expédier ${scene.number(pieces)} ${many} (${scene.organisation}). Un carton en contient ${perBox}, une palette porte ${perPallet} cartons ; un carton ou une palette entamés comptent en entier.${weights.fr} ${asked.fr}`,
        `Envoi de ${scene.number(pieces)} ${many} : ${perBox} par carton, ${perPallet} cartons par palette. Le dernier carton et la dernière palette peuvent être incomplets.${weights.fr} ${asked.fr}`,
      ],
    });
    const format = lastLineNumber(
      scene,
      isWeighed
        ? scene.say({
            en: 'the weight as a number, rounded to one decimal',
            fr: 'le poids en chiffres, arrondi à une décimale',
          })
        : scene.say({ en: 'the number of pallets', fr: 'le nombre de palettes' }),
    );
    const decimals = isWeighed ? 1 : 0;
    return {
      messages: frameMessages(scene, { request, format }),
      reference: scene.number(answer, decimals),
      nearMiss: scene.number(Math.abs(careless - answer) < 0.2 ? answer + 1 : careless, decimals),
      checks: [lastNumberIs(Math.round(answer * 10) / 10, isWeighed ? 0.11 : 0)],
    };
  },
};
