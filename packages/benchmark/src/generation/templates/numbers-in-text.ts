import { linesAre, linesOnly } from '../answer-forms.ts';
import { at } from '../draw.ts';
import { frameMessages } from '../frame-messages.ts';
import type { Template } from '../template.ts';

/** Record numbers scattered over a text, some twice, some misshapen, some of another kind: the valid ones, sorted. */
export const numbersInText: Template = {
  name: 'numbers-in-text',
  task: 'extract',
  draft(scene) {
    const { prefix } = scene.setting.record;
    const { one, many } = scene.noun(scene.setting.record);
    const valid = scene.references(scene.byLevel(3, 5, 8));
    const repeated = scene.level === 0 ? [] : scene.sample(valid, scene.level);
    const misshapen =
      scene.level === 0
        ? []
        : [`${prefix}-${scene.int(100, 999)}`, `${prefix}-${scene.int(10_000, 99_999)}`].slice(0, scene.level);
    const foreign = [`X${prefix}-${scene.int(1_000, 9_999)}`, `REF-${scene.int(1_000, 9_999)}`];
    const mentions = scene.shuffle([...valid, ...repeated, ...misshapen, ...foreign]).map((mention) =>
      scene.say({
        en: [
          `See ${mention}.`,
          `${mention} was mentioned again.`,
          `Please check ${mention} first.`,
          `I also found ${mention} on the list.`,
        ],
        fr: [
          `Voir ${mention}.`,
          `${mention} a été cité de nouveau.`,
          `Merci de vérifier d'abord ${mention}.`,
          `J'ai aussi trouvé ${mention} dans la liste.`,
        ],
      }),
    );
    const data = mentions
      .flatMap((mention, index) =>
        index % 2 === 0 ? [mention, scene.pair(scene.pick(scene.setting.remarks))] : [mention],
      )
      .join(' ');
    const request = scene.say({
      en: [
        `Find every valid number (${one}) in the text: "${prefix}-" followed by exactly four digits, nothing before the prefix. Each once, in ascending order.`,
        `Which ${many} does the note mention? Valid numbers look like ${prefix}-0000, with exactly four digits and no letter before ${prefix}. No duplicates, sorted upwards.`,
      ],
      fr: [
        `Relevez chaque numéro valide (${one}) du texte : « ${prefix}- » suivi d'exactement quatre chiffres, sans rien avant le préfixe. Chacun une seule fois, par ordre croissant.`,
        `Quels numéros (${many}) la note mentionne-t-elle ? Un numéro valide s'écrit ${prefix}-0000, avec exactement quatre chiffres et aucune lettre avant ${prefix}. Sans doublon, par ordre croissant.`,
      ],
    });
    const sorted = valid.toSorted();
    return {
      messages: frameMessages(scene, { request, data, format: linesOnly(scene) }),
      reference: sorted.join('\n'),
      nearMiss: [...sorted, misshapen[0] ?? at(foreign, 1)].join('\n'),
      checks: [linesAre(sorted)],
    };
  },
};
