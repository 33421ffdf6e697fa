import { has, hasNo, wholeText } from '../answer-forms.ts';
import { at } from '../draw.ts';
import { frameMessages } from '../frame-messages.ts';
import type { Template } from '../template.ts';

const BANNED = {
  en: ['best', 'unique', 'perfect', 'amazing', 'revolutionary', 'guaranteed'],
  fr: ['meilleur', 'unique', 'parfait', 'incroyable', 'révolutionnaire', 'garanti'],
} as const;

/** A short presentation of an article with a title of limited length, the price, key words, and words of praise that are ruled out. */
export const keywordBlurb: Template = {
  name: 'keyword-blurb',
  task: 'write',
  draft(scene) {
    const { language } = scene;
    const {
      one,
      price: [lowest, highest],
    } = at(scene.articles(1), 0);
    const price = scene.step(lowest * 100, highest * 100, 10);
    const terms = scene.sample(scene.setting.phrases, scene.byLevel(1, 2, 3)).map(({ term }) => scene.pair(term));
    const banned = scene.sample(BANNED[language], scene.byLevel(2, 3, 5));
    const least = scene.pick([30, 35]);
    const most = least + scene.byLevel(50, 40, 30);
    const titleWords = scene.pick([6, 7, 8]);
    const reference = at(scene.references(1), 0);
    const quoted = (words: readonly string[]) =>
      words.map((word) => (language === 'fr' ? `« ${word} »` : `"${word}"`)).join(', ');
    const request = scene.say({
      en: [
        `Present our offer "${one}" in ${least} to ${most} words, title included. First line: a title of at most ${titleWords} words that contains "${one}". The text names the price ${scene.money(price)}, the number ${reference} and uses: ${quoted(terms)}. Words not allowed: ${quoted(banned)}.`,
        `Write a short text for the page "${one}" (${reference}, ${scene.money(price)}). ${least} to ${most} words in all; title of up to ${titleWords} words with "${one}" on the first line; price and number in the text; these terms must occur: ${quoted(terms)}; these must not: ${quoted(banned)}.`,
      ],
      fr: [
        `Présentez notre offre « ${one} » en ${least} à ${most} mots, titre compris. Première ligne : un titre de ${titleWords} mots au plus contenant « ${one} ». Le texte cite le prix ${scene.money(price)}, le numéro ${reference} et emploie : ${quoted(terms)}. Mots interdits : ${quoted(banned)}.`,
        `Écrivez un court texte pour la page « ${one} » (${reference}, ${scene.money(price)}). ${least} à ${most} mots en tout ; titre de ${titleWords} mots maximum avec « ${one} » sur la première ligne ; prix et numéro dans le texte ; termes à employer : ${quoted(terms)} ; termes exclus : ${quoted(banned)}.`,
      ],
    });
    const format = scene.say({
      en: ['No other headings or lists.', 'Title and text only.'],
      fr: ['Pas d’autre titre ni de liste.', 'Titre et texte uniquement.'],
    });
    const blurb = (praise: string) =>
      scene.say({
        en: `Now available: ${one}\n\nYou can order it today for ${scene.money(price)} under the number ${reference}. Good to know: ${terms.join(', ')}. Our team at ${scene.organisation} answers your questions${praise}, on weekdays and on Saturday mornings, by telephone or in writing, in plain words.`,
        fr: `Disponible : ${one}\n\nVous pouvez commander dès aujourd'hui pour ${scene.money(price)}, numéro ${reference}. Bon à savoir : ${terms.join(', ')}. Notre équipe (${scene.organisation}) répond à vos questions${praise}, en semaine et le samedi matin, par téléphone ou par écrit, en mots simples.`,
      });
    return {
      messages: frameMessages(scene, { request, format }),
      reference: blurb(''),
      nearMiss: blurb(`, ${at(banned, 0)}`),
      checks: [
        has(wholeText(one), { part: 'first-line' }),
        { kind: 'words', most: titleWords, part: 'first-line', dimension: 'relevance' },
        { kind: 'words', least, most, dimension: 'relevance' },
        has(wholeText(scene.money(price))),
        has(wholeText(reference)),
        ...terms.map((term) => has(wholeText(term), { dimension: 'completeness' })),
        hasNo(banned.map(wholeText).join('|'), { dimension: 'tone' }),
      ],
    };
  },
};
