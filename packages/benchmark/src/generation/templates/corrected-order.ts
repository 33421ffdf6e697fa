import { jsonBlock, jsonOnly } from '../answer-forms.ts';
import { at } from '../draw.ts';
import { frameMessages } from '../frame-messages.ts';
import { listText } from '../language.ts';
import type { Scene } from '../scene.ts';
import type { Template } from '../template.ts';

/** An order by e-mail that its writer corrects on the way: the quantities that hold in the end. */
export const correctedOrder: Template = {
  name: 'corrected-order',
  task: 'extract',
  draft(scene) {
    const articles = scene.articles(scene.byLevel(2, 3, 4));
    const first = articles.map(() => scene.int(2, 30));
    const { final, corrections } = correct(
      scene,
      articles.map(({ many }) => many),
      first,
    );
    const wish = listText(
      articles.map(({ many }, index) => `${at(first, index)} ${many}`),
      scene.language,
    );
    const writer = at(scene.people(1), 0).name;
    const site = scene.pick(scene.pool(scene.setting.sites));
    const data = scene.say({
      en: [
        `Hello,\n\nplease note our order for ${site}: ${wish}. ${corrections.join(' ')}\n\nThank you\n${writer}`,
        `Subject: order\n\nWe need ${wish} (${site}). ${corrections.join(' ')} Please confirm.\n\n${writer}`,
      ],
      fr: [
        `Bonjour,\n\nmerci de noter notre commande (${site}) : ${wish}. ${corrections.join(' ')}\n\nMerci d'avance,\n${writer}`,
        `Objet : commande\n\nIl nous faut ${wish} (${site}). ${corrections.join(' ')} Merci de confirmer.\n\n${writer}`,
      ],
    });
    const request = scene.say({
      en: [
        'What is finally ordered?',
        'Extract the order that is valid at the end of this message.',
        'Prepare this order for entry: only what holds after all corrections.',
      ],
      fr: [
        'Que commande-t-on au final ?',
        'Extrayez la commande valable à la fin de ce message.',
        'Préparez la saisie de cette commande : seulement ce qui vaut après toutes les corrections.',
      ],
    });
    const names = articles.map(({ many }) => `"${many}"`).join(', ');
    const shape = scene.say({
      en: `JSON object with these members, each with its quantity (0 if cancelled): ${names}.`,
      fr: `Objet JSON avec ces membres, chacun avec sa quantité (0 si annulé) : ${names}.`,
    });
    const answerOf = (quantities: readonly number[]) =>
      Object.fromEntries(articles.map(({ many }, index) => [many, at(quantities, index)]));
    return {
      messages: frameMessages(scene, { request, data, format: `${shape} ${jsonOnly(scene)}` }),
      reference: jsonBlock(answerOf(final)),
      nearMiss: jsonBlock(answerOf(first)),
      checks: [{ kind: 'json-value', path: '$', expected: answerOf(final) }],
    };
  },
};

/** One change easy, two medium, three and one that is taken back hard. */
function correct(
  scene: Scene,
  names: readonly string[],
  first: readonly number[],
): { final: number[]; corrections: string[] } {
  const final = [...first];
  const targets = scene.sample(
    names.map((_, index) => index),
    scene.byLevel(1, 2, 3),
  );
  const corrections = targets.map((index, count) => {
    const name = at(names, index);
    const before = at(final, index);
    const kind = scene.pick(
      count === 0 ? (['set', 'more', 'less'] as const) : (['set', 'more', 'less', 'cancel'] as const),
    );
    const by = kind === 'less' ? scene.int(1, before - 1) : scene.int(2, 9);
    final[index] = { set: before + by, more: before + by, less: before - by, cancel: 0 }[kind];
    return {
      set: scene.say({
        en: [`Sorry, make that ${before + by} ${name}.`, `One correction: ${before + by} ${name}, not ${before}.`],
        fr: [`Pardon, ce sera ${before + by} ${name}.`, `Une correction : ${before + by} ${name}, et non ${before}.`],
      }),
      more: scene.say({
        en: `On second thoughts add ${by} more ${name}.`,
        fr: `Réflexion faite, ajoutez-en encore ${by} (${name}).`,
      }),
      less: scene.say({
        en: `Of the ${name} we need ${by} fewer than I wrote.`,
        fr: `Pour les ${name}, il en faut ${by} de moins qu'indiqué.`,
      }),
      cancel: scene.say({ en: `Leave the ${name} out altogether.`, fr: `Finalement, pas de ${name} du tout.` }),
    }[kind];
  });
  if (scene.level === 2) {
    const name = at(names, at(targets, 0));
    corrections.push(
      scene.say({
        en: `My colleague wanted to cancel the ${name}, but no, they stay as last stated.`,
        fr: `Ma collègue voulait annuler les ${name}, mais non, on garde le dernier chiffre indiqué.`,
      }),
    );
  }
  return { final, corrections };
}
