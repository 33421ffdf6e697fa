import { lastLineNumber, lastNumberIs } from '../answer-forms.ts';
import { conversation } from '../conversation.ts';
import { at } from '../draw.ts';
import type { Scene } from '../scene.ts';
import type { Template } from '../template.ts';

/** An order that changes from turn to turn: what it costs in the end. */
export const orderOverTurns: Template = {
  name: 'order-over-turns',
  task: 'converse',
  draft(scene) {
    const lines = scene.articles(scene.byLevel(2, 3, 4)).map((article) => ({
      ...article,
      cents: scene.step(article.price[0] * 100, article.price[1] * 100, 50),
      quantity: scene.int(2, 9),
    }));
    const started = lines.map(({ quantity }) => quantity);
    const list = lines
      .map(({ quantity, one, many, cents }) => `${quantity} ${quantity === 1 ? one : many} (${scene.money(cents)})`)
      .join(', ');
    const opening = scene.say({
      en: [
        `I would like to order for ${scene.organisation}, prices per piece in brackets: ${list}.`,
        `New order, unit prices in brackets: ${list}. It is for the ${scene.team} team.`,
      ],
      fr: [
        `Je voudrais commander pour ${scene.organisation}, prix à la pièce entre parenthèses : ${list}.`,
        `Nouvelle commande, prix unitaires entre parenthèses : ${list}. C'est pour l'équipe ${scene.team}.`,
      ],
    });
    const quantities = [...started];
    const changes = Array.from({ length: scene.byLevel(1, 2, 4) }, () =>
      changeOne(
        scene,
        lines.map(({ many }) => many),
        quantities,
      ),
    );
    const total = sumOf(lines, quantities);
    const careless = sumOf(lines, started);
    const question = scene.say({
      en: ['What does the whole order cost now?', 'So, what is the total of the order as it stands?'],
      fr: ['Combien coûte la commande entière maintenant ?', 'Alors, quel est le total de la commande en l’état ?'],
    });
    const format = lastLineNumber(scene, scene.say({ en: 'the total', fr: 'le total' }));
    const acknowledge = (turn: number) =>
      scene.say({
        en:
          turn === 0
            ? ['Noted.', 'Thank you, I have your order.']
            : ['Done, I have changed that.', 'All right, anything else?'],
        fr:
          turn === 0
            ? ["C'est noté.", 'Merci, votre commande est notée.']
            : ['Voilà, je viens de le modifier.', 'Très bien, autre chose ?'],
      });
    return {
      messages: conversation(scene, [opening, ...changes, `${question} ${format}`], acknowledge),
      reference: scene.money(total),
      nearMiss: scene.money(careless === total ? total + at(lines, 0).cents : careless),
      checks: [lastNumberIs(total / 100, 0.001)],
    };
  },
};

const sumOf = (lines: readonly { cents: number }[], quantities: readonly number[]): number =>
  lines.reduce((sum, { cents }, index) => sum + cents * at(quantities, index), 0);

/** Changes one of the quantities in place and says how. */
function changeOne(scene: Scene, names: readonly string[], quantities: number[]): string {
  const index = scene.int(0, names.length - 1);
  const name = at(names, index);
  const before = at(quantities, index);
  const by = scene.int(2, 6);
  const kind = scene.pick(before > 1 ? (['more', 'fewer', 'set', 'double'] as const) : (['more', 'set'] as const));
  const after = { more: before + by, fewer: before - Math.min(by, before - 1), set: by + 3, double: 2 * before }[kind];
  quantities[index] = after;
  return {
    more: scene.say({
      en: [`Please add ${by} ${name}.`, `${by} more ${name}, please.`],
      fr: [`Ajoutez ${by} ${name}.`, `Il m'en faut ${by} de plus : ${name}.`],
    }),
    fewer: scene.say({
      en: `Take ${before - after} off again: ${name}.`,
      fr: `Retirez-en ${before - after} : ${name}.`,
    }),
    set: scene.say({
      en: `For the ${name}, let us say ${after} in all.`,
      fr: `Pour les ${name}, disons ${after} en tout.`,
    }),
    double: scene.say({ en: `Double the number of ${name}.`, fr: `Doublez le nombre de ${name}.` }),
  }[kind];
}
