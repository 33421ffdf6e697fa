import { has, hasNo, wholeText } from '../answer-forms.ts';
import { at } from '../draw.ts';
import { frameMessages } from '../frame-messages.ts';
import type { Template } from '../template.ts';

/** A text with words that the house avoids, to be rewritten with those that it wants; nothing else may get lost. */
export const preferredTerms: Template = {
  name: 'preferred-terms',
  task: 'rewrite',
  draft(scene) {
    const chosen = scene.sample(scene.setting.replacements, scene.byLevel(2, 3, 4));
    const reference = at(scene.references(1), 0);
    // A remark that uses an avoided word in passing would have to be rewritten too.
    const isNeutral = (text: string) =>
      !chosen.some(({ avoid }) => new RegExp(wholeText(scene.pair(avoid)), 'iu').test(text));
    const remark = scene.pick(scene.pairs(scene.setting.remarks).filter(isNeutral));
    const kept = scene.say({
      en: [`Please quote ${reference}.`, `Our number: ${reference}.`],
      fr: [`Merci de rappeler ${reference}.`, `Notre numéro : ${reference}.`],
    });
    const written = (wording: 'avoid' | 'prefer', count = chosen.length) =>
      [
        ...chosen.map((one, index) =>
          scene.pair(one.sentence).replace('{}', scene.pair(one[index < count ? wording : 'avoid'])),
        ),
        remark,
        kept,
      ].join(' ');
    const unused = scene.setting.replacements.filter((one) => !chosen.includes(one));
    const rules = scene.shuffle([...chosen, ...unused]).map(({ avoid, prefer }) =>
      scene.say({
        en: `- not "${scene.pair(avoid)}" but "${scene.pair(prefer)}"`,
        fr: `- non pas « ${scene.pair(avoid)} » mais « ${scene.pair(prefer)} »`,
      }),
    );
    const request = scene.say({
      en: [
        'Rewrite the text so that it follows our word list. Change nothing else in meaning.',
        `The style guide of ${scene.organisation} asks for certain words. Apply it to this text and keep everything else.`,
        'Apply the word list to the text below.',
      ],
      fr: [
        'Réécrivez le texte selon notre liste de vocabulaire, sans en changer le sens.',
        `La charte éditoriale (${scene.organisation}) impose certains mots. Appliquez-la à ce texte et gardez tout le reste.`,
        'Appliquez la liste de vocabulaire au texte ci-dessous.',
      ],
    });
    const data = `${scene.say({ en: 'Word list:', fr: 'Vocabulaire :' })}\n${rules.join('\n')}\n\n${scene.say({ en: 'Text:', fr: 'Texte :' })}\n${written('avoid')}`;
    const format = scene.say({
      en: ['Only the new text.', 'Return the rewritten text alone.'],
      fr: ['Seulement le nouveau texte.', 'Renvoyez uniquement le texte réécrit.'],
    });
    return {
      messages: frameMessages(scene, { request, data, format }),
      reference: written('prefer'),
      nearMiss: written('prefer', chosen.length - 1),
      checks: [
        ...chosen.map(({ prefer }) => has(wholeText(scene.pair(prefer)))),
        ...chosen.map(({ avoid }) => hasNo(wholeText(scene.pair(avoid)))),
        has(wholeText(reference), { dimension: 'completeness' }),
      ],
    };
  },
};
