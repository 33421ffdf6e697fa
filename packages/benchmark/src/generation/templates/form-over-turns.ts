import { jsonBlock, jsonOnly, membersAre } from '../answer-forms.ts';
import { addDays, fullDate } from '../calendar.ts';
import { conversation } from '../conversation.ts';
import { at } from '../draw.ts';
import type { Scene } from '../scene.ts';
import type { Template } from '../template.ts';

/** A form filled piece by piece in a conversation, with corrections: what it holds, and which fields are still missing. */
export const formOverTurns: Template = {
  name: 'form-over-turns',
  task: 'converse',
  draft(scene) {
    const [writer, wrongName] = scene.people(2);
    const [reference = '', wrongReference = ''] = scene.references(2);
    const facts = factsOf(scene, writer?.name ?? '', reference);
    const missing = scene.sample(facts, scene.byLevel(2, 1, 1)).map(({ field }) => field);
    const told = scene.shuffle(facts.filter(({ field }) => !missing.includes(field))).map((fact) => fact.told);
    const slips = [
      ...(scene.level > 0 && !missing.includes('reference')
        ? [
            scene.say({
              en: `Oh, I first looked at the wrong sheet: it is ${reference}, not ${wrongReference}.`,
              fr: `Ah, j'avais d'abord la mauvaise feuille sous les yeux : c'est ${reference}, pas ${wrongReference}.`,
            }),
          ]
        : []),
      ...(scene.level === 2
        ? [
            scene.say({
              en: `${wrongName?.name} sits next to me and says hello, but has nothing to do with it.`,
              fr: `${wrongName?.name} est à côté de moi et vous salue, mais n'a rien à voir avec la demande.`,
            }),
          ]
        : []),
    ];
    const fields = facts.map(({ field }) => `"${field}"`).join(', ');
    const opening = openingText(scene, { fields });
    const question = scene.say({
      en: 'Show me the form as JSON with all five fields, null for what I have not said, the date as YYYY-MM-DD, the quantity as a number, and a member "missing" with the names of the fields that are null (in alphabetical order).',
      fr: 'Montrez le formulaire en JSON avec les cinq champs, null pour ce que je n\'ai pas dit, la date au format AAAA-MM-JJ, la quantité en nombre, et un membre "missing" avec les noms des champs à null (par ordre alphabétique).',
    });
    const answer = {
      ...Object.fromEntries(facts.map(({ field, value }) => [field, missing.includes(field) ? null : value])),
      missing: missing.toSorted(),
    };
    const acknowledge = () =>
      scene.say({
        en: ['Thank you. What else?', 'Taken down.', 'I see.'],
        fr: ['Merci. Et ensuite ?', "C'est noté.", 'Je vois.'],
      });
    return {
      messages: conversation(scene, [opening, ...told, ...slips, `${question} ${jsonOnly(scene)}`], acknowledge),
      reference: jsonBlock(answer),
      nearMiss: jsonBlock({ ...answer, missing: [], [at(missing, 0)]: 'x' }),
      checks: membersAre(answer),
    };
  },
};

/** The first turn. */
const openingText = (scene: Scene, { fields }: { fields: string }): string =>
  scene.say({
    en: [
      `I want to file a request with ${scene.organisation}. Take down what I tell you: ${fields}.`,
      `Please fill in the form (${fields}) while I talk.`,
    ],
    fr: [
      `Je souhaite déposer une demande (${scene.organisation}). Notez ce que je vous dis : ${fields}.`,
      `Remplissez le formulaire (${fields}) pendant que je parle.`,
    ],
  });

type Fact = { field: string; value: string | number; told: string };

/** What the form is filled with, and how it is said. */
function factsOf(scene: Scene, name: string, reference: string): Fact[] {
  const day = addDays(scene.workingDay(), 1);
  const site = scene.pick(scene.pool(scene.setting.sites));
  const quantity = scene.int(2, 40);
  const { many } = at(scene.articles(1), 0);
  return [
    {
      field: 'name',
      value: name,
      told: scene.say({
        en: [`My name is ${name}.`, `I am ${name}.`],
        fr: [`Je m'appelle ${name}.`, `Mon nom est ${name}.`],
      }),
    },
    {
      field: 'reference',
      value: reference,
      told: scene.say({
        en: [`The number is ${reference}.`, `It concerns ${reference}.`],
        fr: [`Le numéro est ${reference}.`, `Cela concerne ${reference}.`],
      }),
    },
    {
      field: 'date',
      value: day,
      told: scene.say({
        en: `It should be on ${fullDate(day, 'en')}.`,
        fr: `Ce serait pour le ${fullDate(day, 'fr')}.`,
      }),
    },
    { field: 'place', value: site, told: scene.say({ en: `Place: ${site}.`, fr: `Lieu : ${site}.` }) },
    {
      field: 'quantity',
      value: quantity,
      told: scene.say({ en: `I need ${quantity} ${many}.`, fr: `Il m'en faut ${quantity} (${many}).` }),
    },
  ];
}
