import { has } from '../answer-forms.ts';
import { addDays, longDate, monthName } from '../calendar.ts';
import { frameMessages } from '../frame-messages.ts';
import { type Language, moneyText, numberText, percentText } from '../language.ts';
import type { Scene } from '../scene.ts';
import type { CheckInput, Template } from '../template.ts';

/** Sentences with amounts, shares and dates to be translated: the figures must come out in the notation of the other language. */
export const localisedFigures: Template = {
  name: 'localised-figures',
  task: 'translate',
  draft(scene) {
    const source = scene.language;
    const target: Language = source === 'en' ? 'fr' : 'en';
    const cents = scene.int(110_000, 9_999_999);
    const count = scene.int(1_001, 98_999);
    const share = scene.int(11, 399) / 4;
    const day = scene.workingDay();
    const until = addDays(day, scene.int(30, 200));
    const { en, fr } = scene.setting.record;
    const [manyEn, manyFr] = [en[1], fr[1]];
    const [stepEn, stepFr] = scene.pick(scene.setting.steps);
    /** Words of one language, figures of the same or the other. */
    const sentences = (words: Language, figures: Language): string[] => {
      const [issued, ended] = [longDate(day, figures), longDate(until, figures)];
      const [amount, number, percent] = [
        moneyText(cents, figures),
        numberText(count, figures),
        percentText(share, figures, 2),
      ];
      return words === 'en'
        ? [
            `The invoice of ${issued} amounts to ${amount}.`,
            `We counted ${number} ${manyEn}.`,
            `That is ${percent} of the total.`,
            `The offer (${stepEn}) is valid until ${ended}.`,
          ]
        : [
            `La facture du ${issued} s'élève à ${amount}.`,
            `Nous avons compté ${number} ${manyFr}.`,
            `Cela représente ${percent} du total.`,
            `L'offre (${stepFr}) est valable jusqu'au ${ended}.`,
          ];
    };
    const size = scene.byLevel(2, 3, 4);
    const order = scene.shuffle([0, 1, 2, 3]).slice(0, size);
    const inOrder = (words: Language, figures: Language) =>
      order.map((index) => sentences(words, figures)[index]).join(' ');
    const request = requestText(scene);
    const format = scene.say({
      en: ['Only the translation.', 'Reply with the translation alone.'],
      fr: ['Seulement la traduction.', 'Répondez par la traduction seule.'],
    });
    const checks: readonly CheckInput[] = [
      has(figurePattern(cents / 100, target, 2)),
      has(figurePattern(count, target, 0)),
      has(figurePattern(share, target, 2)),
      has(longDatePattern(until, target)),
    ];
    return {
      messages: frameMessages(scene, { request, data: inOrder(source, source), format }),
      reference: inOrder(target, target),
      nearMiss: inOrder(target, source),
      checks: order.map((index) => checks[index]).filter((check) => check !== undefined),
    };
  },
};

/** A number in the notation of the language: groups may be left out, separators may not be the other language's. */
function figurePattern(value: number, language: Language, decimals: number): string {
  const [whole = '', fraction] = value.toFixed(decimals).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, language === 'fr' ? '\\s?' : ',?');
  const kept = fraction?.replace(/0$/, '') ?? '';
  const zeros =
    fraction === undefined
      ? ''
      : kept === '0' || kept === ''
        ? `(?:${language === 'fr' ? ',' : '\\.'}0+)?`
        : `${language === 'fr' ? ',' : '\\.'}${kept}0?`;
  return `(?<![\\d.,])${grouped}${zeros}(?!\\d|[.,]\\d)`;
}

function longDatePattern(day: string, language: Language): string {
  const [year = '', month = '', date = ''] = day.split('-');
  const name = monthName(Number(month), language);
  return language === 'fr'
    ? `${Number(date)}(?:er)?\\s${name}\\s${year}`
    : `(?:${Number(date)}(?:st|nd|rd|th)?(?: of)? ${name},? ${year}|${name} ${Number(date)}(?:st|nd|rd|th)?,? ${year})`;
}

/** What is asked. */
const requestText = (scene: Scene): string =>
  scene.say({
    en: [
      'Translate into French, with figures and dates in French notation.',
      'Please give me the French version; numbers, amounts, percentages and dates as a French reader expects them.',
      'French translation needed. Adapt number and date formats too.',
    ],
    fr: [
      'Traduisez en anglais, chiffres et dates en notation anglaise.',
      "Donne-moi la version anglaise, avec nombres, montants, pourcentages et dates à l'anglaise.",
      'Traduction anglaise souhaitée. Adaptez aussi le format des nombres et des dates.',
    ],
  });
