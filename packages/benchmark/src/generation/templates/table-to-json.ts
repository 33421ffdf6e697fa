import { jsonBlock, jsonIs, jsonOnly } from '../answer-forms.ts';
import { addDays, slashDate } from '../calendar.ts';
import { frameMessages } from '../frame-messages.ts';
import type { Scene } from '../scene.ts';
import { tableText } from '../tables.ts';
import type { Template } from '../template.ts';

/** A table to JSON: names changed, types mended, rows filtered and, at the hard level, grouped. */
export const tableToJson: Template = {
  name: 'table-to-json',
  task: 'rewrite',
  draft(scene) {
    const sites = scene.sample(scene.pool(scene.setting.sites), 3);
    const start = scene.workingDay();
    const flag = (isPaid: boolean) => (scene.language === 'fr' ? (isPaid ? 'oui' : 'non') : isPaid ? 'yes' : 'no');
    const rows = scene.references(scene.byLevel(3, 5, 6)).map((reference, index) => ({
      reference,
      day: addDays(start, index * 3),
      site: scene.pick(sites),
      quantity: scene.int(1, 240),
      isPaid: index === 0 || scene.chance(0.6),
    }));
    const kept = scene.level === 0 ? rows : rows.filter(({ isPaid }) => isPaid);
    const objectOf = ({ reference, day, site, quantity, isPaid }: (typeof rows)[number]) =>
      scene.level === 2
        ? { id: reference, date: day, quantity }
        : { id: reference, date: day, site, quantity, ...(scene.level === 0 ? { paid: isPaid } : {}) };
    const grouped = () =>
      Object.fromEntries(
        [...new Set(kept.map(({ site }) => site))].map((site) => [
          site,
          kept.filter((row) => row.site === site).map(objectOf),
        ]),
      );
    const answer = scene.level === 2 ? grouped() : kept.map(objectOf);
    const wrong =
      scene.level === 2
        ? kept.map(objectOf)
        : kept.map(objectOf).map((one) => ({ ...one, quantity: String(one.quantity) }));
    const head =
      scene.language === 'fr'
        ? ['Numéro', 'Date', 'Lieu', 'Quantité', 'Payé']
        : ['Number', 'Date', 'Place', 'Quantity', 'Paid'];
    const data = tableText(scene, {
      head,
      rows: rows.map(({ reference, day, site, quantity, isPaid }) => [
        reference,
        slashDate(day),
        site,
        String(quantity),
        flag(isPaid),
      ]),
    });
    const request = requestText(scene);
    return {
      messages: frameMessages(scene, { request, data, format: jsonOnly(scene) }),
      reference: jsonBlock(answer),
      nearMiss: jsonBlock(wrong),
      checks: [jsonIs(answer)],
    };
  },
};

/** What is asked. */
function requestText(scene: Scene): string {
  const fields = scene.byLevel(
    '"id", "date", "site", "quantity", "paid"',
    '"id", "date", "site", "quantity"',
    '"id", "date", "quantity"',
  );
  const filter =
    scene.level === 0
      ? { en: '', fr: '' }
      : { en: ' Leave out the rows that are not paid.', fr: ' Laissez de côté les lignes non payées.' };
  const shape =
    scene.level === 2
      ? {
          en: `one JSON object whose members are the places, each with an array of objects with ${fields}`,
          fr: `un objet JSON dont les membres sont les lieux, chacun avec un tableau d'objets ${fields}`,
        }
      : { en: `a JSON array of objects with ${fields}`, fr: `un tableau JSON d'objets avec ${fields}` };
  const types = {
    en: `Dates as YYYY-MM-DD (the table has day/month/year), quantities as numbers${scene.level === 0 ? ', "paid" as true or false' : ''}; order as in the table.`,
    fr: `Dates au format AAAA-MM-JJ (le tableau est en jour/mois/année), quantités en nombres${scene.level === 0 ? ', "paid" en true ou false' : ''} ; ordre du tableau.`,
  };
  return scene.say({
    en: [
      `Rewrite this table as ${shape.en}. ${types.en}${filter.en}`,
      `Our import takes only JSON: ${shape.en}. ${types.en}${filter.en} Convert the rows below.`,
    ],
    fr: [
      `Réécrivez ce tableau sous la forme suivante : ${shape.fr}. ${types.fr}${filter.fr}`,
      `Notre import n'accepte que du JSON : ${shape.fr}. ${types.fr}${filter.fr} Convertissez les lignes ci-dessous.`,
    ],
  });
}
