import { linesAre } from '../answer-forms.ts';
import { addDays, longDate, slashDate } from '../calendar.ts';
import { at } from '../draw.ts';
import { frameMessages } from '../frame-messages.ts';
import { type Language, numberText } from '../language.ts';
import type { Pair } from '../setting.ts';
import type { Template } from '../template.ts';

const HEADS: readonly Pair[] = [
  ['number', 'numéro'],
  ['date', 'date'],
  ['state', 'état'],
  ['amount', 'montant'],
];

/** A CSV export to be translated by a given mapping, with decimals and dates in the form of the other language. */
export const tableTranslation: Template = {
  name: 'table-translation',
  task: 'translate',
  draft(scene) {
    const source = scene.language;
    const target: Language = source === 'en' ? 'fr' : 'en';
    const { states } = scene.setting.record;
    const start = scene.workingDay();
    const rows = scene.references(scene.byLevel(3, 5, 8)).map((reference, index) => ({
      reference,
      day: addDays(start, index * scene.int(1, 6)),
      state: scene.pick(states),
      cents: scene.int(100, 999_999),
    }));
    const pick = ([en, fr]: Pair, language: Language) => (language === 'en' ? en : fr);
    // Groups of thousands would bring a second comma into English.
    const amount = (cents: number, language: Language) =>
      numberText(cents / 100, language, 2).replace(/[,\u202f](?=\d{3})/g, '');
    const date = (day: string, language: Language) =>
      scene.level === 2 ? (language === target ? day : longDate(day, language)) : slashDate(day);
    const lines = (language: Language) => [
      HEADS.map((head) => pick(head, language)).join(';'),
      ...rows.map(({ reference, day, state, cents }) =>
        [reference, date(day, language), pick(state, language), amount(cents, language)].join(';'),
      ),
    ];
    const mapping = [...HEADS, ...states].map((pair) => `${pick(pair, source)} = ${pick(pair, target)}`).join(', ');
    const dates =
      scene.level === 2 ? { en: ' and dates as YYYY-MM-DD', fr: ' et dates au format AAAA-MM-JJ' } : { en: '', fr: '' };
    const request = scene.say({
      en: [
        `Turn this export into its French version: headings and states by the mapping, decimal commas${dates.en}; rows, order and semicolons unchanged. Mapping: ${mapping}.`,
        `Our French colleagues need this file. Translate with: ${mapping}. Decimal point becomes decimal comma${dates.en}; everything else stays.`,
      ],
      fr: [
        `Passez cet export en anglais : en-têtes et états selon la correspondance, point décimal${dates.fr} ; lignes, ordre et points-virgules inchangés. Correspondance : ${mapping}.`,
        `Nos collègues anglais ont besoin de ce fichier. Traduisez avec : ${mapping}. La virgule décimale devient un point${dates.fr} ; le reste ne change pas.`,
      ],
    });
    const format = scene.say({
      en: ['Give the CSV in one code block.', 'Reply with the CSV only, in a code block.'],
      fr: ['Donnez le CSV dans un bloc de code.', 'Répondez par le CSV seul, dans un bloc de code.'],
    });
    const fenced = (content: readonly string[]) => ['```', ...content, '```'].join('\n');
    const right = lines(target);
    return {
      messages: frameMessages(scene, { request, data: fenced(lines(source)), format }),
      reference: fenced(right),
      nearMiss: fenced([at(lines(source), 0), ...right.slice(1)]),
      checks: [{ ...linesAre(right), part: 'code' } as ReturnType<typeof linesAre>],
    };
  },
};
