import { linesAre, linesOnly } from '../answer-forms.ts';
import { conversation } from '../conversation.ts';
import { at } from '../draw.ts';
import type { Scene } from '../scene.ts';
import type { Template } from '../template.ts';

/** A programme whose items are moved, added and struck out over the turns: the list at the end. */
export const listOverTurns: Template = {
  name: 'list-over-turns',
  task: 'converse',
  draft(scene) {
    const pool = scene.shuffle(scene.pairs(scene.setting.steps));
    const start = pool.slice(0, scene.byLevel(3, 4, 5));
    const spare = pool.slice(start.length);
    let list = start;
    const told = Array.from({ length: scene.byLevel(2, 3, 5) }, () => {
      const change = changeList(scene, list, spare);
      list = change.list;
      return change.told;
    });
    const topic = scene.pick(scene.pool(scene.setting.sites));
    const opening = scene.say({
      en: [
        `Here is our programme for ${topic}: ${start.join(', ')}. I will change it as we go.`,
        `Let us plan the day at ${topic}. So far, in this order: ${start.join(', ')}.`,
      ],
      fr: [
        `Voici notre programme (${topic}) : ${start.join(', ')}. Je vais le modifier au fur et à mesure.`,
        `Planifions la journée (${topic}). Pour l'instant, dans cet ordre : ${start.join(', ')}.`,
      ],
    });
    const question = scene.say({
      en: ['Show me the programme as it is now, in order.', 'What does the list look like now?'],
      fr: ["Montrez-moi le programme actuel, dans l'ordre.", 'À quoi ressemble la liste maintenant ?'],
    });
    const acknowledge = () =>
      scene.say({ en: ['Right.', 'Changed.', 'Good.'], fr: ['Bien.', "C'est changé.", "D'accord."] });
    const wrong = list.length < 2 ? [...list, at(start, 0)] : [at(list, 1), at(list, 0), ...list.slice(2)];
    return {
      messages: conversation(scene, [opening, ...told, `${question} ${linesOnly(scene)}`], acknowledge),
      reference: list.join('\n'),
      nearMiss: wrong.join('\n'),
      checks: [linesAre(list)],
    };
  },
};

type Change = { list: string[]; told: string };

/** One change that is possible; `spare` gives up what it adds. */
function changeList(scene: Scene, list: readonly string[], spare: string[]): Change {
  const item = scene.pick(list);
  const rest = list.filter((one) => one !== item);
  const kind = scene.pick([
    ...(rest.length > 1 ? ['first', 'last', 'swap', 'drop'] : ['first']),
    ...(spare.length > 0 ? ['add', 'add'] : []),
  ]);
  if (kind === 'add') {
    const added = spare.pop() ?? '';
    const place = list.indexOf(item) + 1;
    return {
      list: [...list.slice(0, place), added, ...list.slice(place)],
      told: scene.say({
        en: `Put "${added}" straight after "${item}".`,
        fr: `Ajoutez « ${added} » juste après « ${item} ».`,
      }),
    };
  }
  if (kind === 'drop')
    return {
      list: rest,
      told: scene.say({
        en: [`Strike "${item}" off.`, `"${item}" is cancelled.`],
        fr: [`Supprimez « ${item} ».`, `« ${item} » est annulé.`],
      }),
    };
  if (kind === 'last')
    return {
      list: [...rest, item],
      told: scene.say({ en: `"${item}" moves to the very end.`, fr: `« ${item} » passe tout à la fin.` }),
    };
  if (kind === 'swap') {
    const other = scene.pick(rest);
    return {
      list: list.map((one) => (one === item ? other : one === other ? item : one)),
      told: scene.say({
        en: `Let "${item}" and "${other}" change places.`,
        fr: `Échangez « ${item} » et « ${other} ».`,
      }),
    };
  }
  return {
    list: [item, ...rest],
    told: scene.say({ en: `"${item}" comes first after all.`, fr: `Finalement, « ${item} » passe en premier.` }),
  };
}
