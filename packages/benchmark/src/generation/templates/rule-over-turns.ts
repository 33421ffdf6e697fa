import { has, hasNo, wholeText } from '../answer-forms.ts';
import { conversation } from '../conversation.ts';
import { at } from '../draw.ts';
import type { Scene } from '../scene.ts';
import type { CheckInput, Template } from '../template.ts';

/** A rule for answers given at the start, another added later: the last answer must keep both and be right. */
export const ruleOverTurns: Template = {
  name: 'rule-over-turns',
  task: 'converse',
  draft(scene) {
    const sites = scene.sample(scene.pool(scene.setting.sites), scene.byLevel(2, 3, 4));
    const { many } = scene.noun(scene.setting.record);
    const counts = scene.sample(
      Array.from({ length: 80 }, (_, index) => 11 + index),
      sites.length,
    );
    const facts = sites.map((site, index) =>
      scene.say({
        en: `${site} has ${at(counts, index)} open ${many}.`,
        fr: `${site} : ${at(counts, index)} ${many} à traiter.`,
      }),
    );
    const mark = `#${scene.pick(['A', 'B', 'K', 'R', 'T'])}${scene.int(10, 99)}`;
    const closing = scene.pick(
      scene.language === 'fr'
        ? ['Terminé.', 'Bien noté.', 'À votre service.']
        : ['Over.', 'End of message.', 'At your service.'],
    );
    const most = scene.pick([18, 22, 26]);
    const rules = rulesText(scene, { mark, closing, most }).slice(0, scene.level + 1);
    const answer = (text: string) => `${mark} ${text}${scene.level > 0 ? ` ${closing}` : ''}`;
    const top = counts.indexOf(Math.max(...counts));
    const total = counts.reduce((sum, count) => sum + count, 0);
    const isTotal = scene.chance(0.5);
    const question = questionText(scene, { isTotal, many });
    const said = isTotal
      ? scene.say({ en: `There are ${total} in all.`, fr: `Il y en a ${total} en tout.` })
      : scene.say({
          en: `${at(sites, top)}, with ${at(counts, top)}.`,
          fr: `${at(sites, top)}, avec ${at(counts, top)}.`,
        });
    const turns = scene.shuffle(facts);
    const [firstRule = '', ...otherRules] = rules;
    const users = [firstRule, ...turns.slice(0, 1), ...otherRules, ...turns.slice(1), question];
    // The second rule comes with the third turn.
    const acknowledge = (turn: number) =>
      `${mark} ${scene.say({ en: 'Understood.', fr: 'Compris.' })}${turn >= 2 && scene.level > 0 ? ` ${closing}` : ''}`;
    const others = sites
      .filter((_, index) => index !== top)
      .map(wholeText)
      .join('|');
    return {
      messages: conversation(scene, users, acknowledge),
      reference: answer(said),
      nearMiss: said,
      checks: [
        has(isTotal ? `(?<!\\d)${total}(?!\\d)` : `(?<!\\d)${at(counts, top)}(?!\\d)`),
        ...(isTotal ? [] : [has(wholeText(at(sites, top))), hasNo(others)]),
        has(`^\\W*${mark}`, { dimension: 'relevance' }),
        ...(scene.level > 0 ? [has(`${closing.replace('.', '')}\\W*$`, { dimension: 'relevance' })] : []),
        ...(scene.level === 2 ? [{ kind: 'words', most, dimension: 'relevance' } satisfies CheckInput] : []),
      ],
    };
  },
};

/** The last turn. */
const questionText = (scene: Scene, { isTotal, many }: { isTotal: boolean; many: string }): string =>
  isTotal
    ? scene.say({
        en: `How many ${many} are open in all? Give the number.`,
        fr: `Combien de ${many} en tout ? Donnez le nombre.`,
      })
    : scene.say({
        en: `Which place has the most, and how many? Name no other place.`,
        fr: `Quel lieu en a le plus, et combien ? Ne citez aucun autre lieu.`,
      });

/** What every answer must keep to. */
const rulesText = (
  scene: Scene,
  { mark, closing, most }: { mark: string; closing: string; most: number },
): string[] => [
  scene.say({
    en: `From now on begin every answer with ${mark}.`,
    fr: `À partir de maintenant, commencez chaque réponse par ${mark}.`,
  }),
  scene.say({
    en: `Also, end every answer with the words "${closing}"`,
    fr: `De plus, terminez chaque réponse par les mots « ${closing} »`,
  }),
  scene.say({
    en: `And never use more than ${most} words in an answer.`,
    fr: `Et jamais plus de ${most} mots par réponse.`,
  }),
];
