import { escapeText, has, hasNo, wholeText } from '../answer-forms.ts';
import { at } from '../draw.ts';
import { frameMessages } from '../frame-messages.ts';
import type { Pair } from '../setting.ts';
import type { Template } from '../template.ts';

/** Sentences with terms that a glossary fixes: the translation uses exactly those. */
export const glossaryTranslation: Template = {
  name: 'glossary-translation',
  task: 'translate',
  draft(scene) {
    const isFromEnglish = scene.language === 'en';
    const phrases = scene.sample(scene.setting.phrases, scene.byLevel(2, 3, 5));
    const source = ([en, fr]: Pair) => (isFromEnglish ? en : fr);
    const target = ([en, fr]: Pair) => (isFromEnglish ? fr : en);
    const spare = scene.setting.phrases.filter((phrase) => !phrases.includes(phrase));
    const glossary = scene
      .shuffle([...phrases, ...spare.slice(0, scene.level)])
      .map(({ term }) => `${source(term)} = ${target(term)}`);
    const reference = at(scene.references(1), 0);
    const closing: Pair = [`Reference: ${reference}.`, `Référence : ${reference}.`];
    const text = [...phrases.map((phrase) => phrase.text), closing];
    const request = scene.say({
      en: [
        'Translate into French, keeping to the glossary.',
        `Here is a text of the ${scene.team} team. I need it in French, with our terms.`,
        'French translation please. The glossary is binding.',
      ],
      fr: [
        'Traduisez en anglais en respectant le glossaire.',
        `Voici un texte de l'équipe ${scene.team}. Il me le faut en anglais, avec nos termes.`,
        'Traduction anglaise, s’il vous plaît. Le glossaire fait foi.',
      ],
    });
    const data = `${scene.say({ en: 'Glossary:', fr: 'Glossaire :' })}\n${glossary.join('\n')}\n\n${scene.say({ en: 'Text:', fr: 'Texte :' })}\n${text.map(source).join(' ')}`;
    const format = scene.say({
      en: ['Only the translated text.', 'No comments, just the French text.'],
      fr: ['Seulement le texte traduit.', 'Sans commentaire, juste le texte anglais.'],
    });
    const translation = text.map(target).join(' ');
    const lost = at(phrases, 0).term;
    return {
      messages: frameMessages(scene, { request, data, format }),
      reference: translation,
      nearMiss: translation.replace(new RegExp(target(lost), 'iu'), '…'),
      checks: [
        ...phrases.map(({ term }) => has(wholeText(target(term)))),
        has(wholeText(reference), { dimension: 'completeness' }),
        // The glossary itself has every term: what repeats the source is no translation.
        hasNo(escapeText(source(at(phrases, 0).text))),
      ],
    };
  },
};
