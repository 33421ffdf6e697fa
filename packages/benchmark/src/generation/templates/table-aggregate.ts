import { lastLineNumber, lastNumberIs } from '../answer-forms.ts';
import { addDays, slashDate } from '../calendar.ts';
import { frameMessages } from '../frame-messages.ts';
import type { Scene } from '../scene.ts';
import { tableText } from '../tables.ts';
import type { Template } from '../template.ts';

type Row = { reference: string; day: string; team: string; state: string; amount: number };

/** A question on a table of records: filter by team and state, then add up, average or find the largest. */
export const tableAggregate: Template = {
  name: 'table-aggregate',
  task: 'answer',
  draft(scene) {
    const { rows, team, state } = drawRows(scene);
    const wanted = rows.filter((row) => row.team === team && (scene.level === 0 || row.state === state));
    const amounts = wanted.map(({ amount }) => amount);
    const sum = amounts.reduce((total, amount) => total + amount, 0);
    const question = scene.pick([
      { value: sum, en: 'What is the sum of the amounts', fr: 'Quelle est la somme des montants' },
      {
        value: Math.round((sum / amounts.length) * 100) / 100,
        en: 'What is the average amount, to two decimals,',
        fr: 'Quel est le montant moyen, à deux décimales,',
      },
      {
        value: Math.max(...amounts) - Math.min(...amounts),
        en: 'What is the difference between the largest and the smallest amount',
        fr: "Quel est l'écart entre le plus grand et le plus petit montant",
      },
    ]);
    const { one, many } = scene.noun(scene.setting.record);
    const filter =
      scene.level === 0 ? { en: '', fr: '' } : { en: ` and the state "${state}"`, fr: ` et l'état « ${state} »` };
    const request = scene.say({
      en: [
        `${question.en} over the ${many} with the team ${team}${filter.en}?`,
        `Look at the table. ${question.en}, counting only ${many} with the team ${team}${filter.en}?`,
      ],
      fr: [
        `${question.fr} pour les ${many} de l'équipe ${team}${filter.fr} ?`,
        `D'après le tableau : ${question.fr.charAt(0).toLowerCase()}${question.fr.slice(1)}, en ne comptant que les ${many} de l'équipe ${team}${filter.fr} ?`,
      ],
    });
    const head =
      scene.language === 'fr' ? [one, 'Date', 'Équipe', 'État', 'Montant'] : [one, 'Date', 'Team', 'State', 'Amount'];
    const data = tableText(scene, {
      head,
      rows: rows.map((row) => [row.reference, slashDate(row.day), row.team, row.state, String(row.amount)]),
    });
    const format = lastLineNumber(scene, scene.say({ en: 'the number asked for', fr: 'le nombre demandé' }));
    return {
      messages: frameMessages(scene, { request, data, format }),
      reference: scene.number(question.value, question.value % 1 === 0 ? 0 : 2),
      nearMiss: scene.number(question.value + (amounts[0] ?? 1)),
      checks: [lastNumberIs(question.value, 0.011)],
    };
  },
};

/** Drawn again until at least two rows answer the question and some do not. */
function drawRows(scene: Scene): { rows: Row[]; team: string; state: string } {
  const teams = scene.sample(scene.pairs(scene.setting.teams), scene.byLevel(2, 3, 4));
  const states = scene.pairs(scene.setting.record.states);
  const start = scene.workingDay();
  for (;;) {
    const rows = scene.references(scene.byLevel(6, 12, 22)).map((reference, index) => ({
      reference,
      day: addDays(start, index),
      team: scene.pick(teams),
      state: scene.pick(states),
      amount: scene.int(11, 980),
    }));
    const team = scene.pick(teams);
    const state = scene.pick(states);
    const matching = rows.filter((row) => row.team === team && (scene.level === 0 || row.state === state));
    if (matching.length >= 2 && matching.length < rows.length) return { rows, team, state };
  }
}
