import { jsonBlock, jsonOnly } from '../answer-forms.ts';
import { at } from '../draw.ts';
import { frameMessages } from '../frame-messages.ts';
import type { Pair, Phrase } from '../setting.ts';
import type { Template } from '../template.ts';

type Entry = { key: string; text: Pair; marks: readonly string[] };

const ENTRIES: readonly Entry[] = [
  { key: 'save', text: ['Save changes', 'Enregistrer les modifications'], marks: [] },
  {
    key: 'greeting',
    text: ['Hello {name}, welcome back!', 'Bonjour {name}, heureux de vous revoir !'],
    marks: ['{name}'],
  },
  { key: 'results', text: ['{count} results found', '{count} résultats trouvés'], marks: ['{count}'] },
  { key: 'delete', text: ['Delete "{title}" for ever?', 'Supprimer « {title} » définitivement ?'], marks: ['{title}'] },
  {
    key: 'upload',
    text: ['The file {file} is larger than {limit}.', 'Le fichier {file} dépasse {limit}.'],
    marks: ['{file}', '{limit}'],
  },
  {
    key: 'expires',
    text: ['Your session ends in {minutes} minutes.', 'Votre session se termine dans {minutes} minutes.'],
    marks: ['{minutes}'],
  },
  { key: 'empty', text: ['Nothing here yet', "Rien ici pour l'instant"], marks: [] },
  {
    key: 'invited',
    text: ['{sender} invited you to {group}.', '{sender} vous a invité à rejoindre {group}.'],
    marks: ['{sender}', '{group}'],
  },
  { key: 'required', text: ['This field is required.', 'Ce champ est obligatoire.'], marks: [] },
  {
    key: 'retry',
    text: ['Try again in <b>{seconds}</b> seconds', 'Réessayez dans <b>{seconds}</b> secondes'],
    marks: ['<b>{seconds}</b>'],
  },
];

/** The texts of a user interface in JSON: values translated, keys and placeholders kept. */
export const interfaceStrings: Template = {
  name: 'interface-strings',
  task: 'translate',
  draft(scene) {
    const isFromEnglish = scene.language === 'en';
    const own = scene.sample<Phrase>(scene.setting.phrases, scene.byLevel(1, 2, 3)).map(
      ({ text, term: [en] }): Entry => ({
        key: `${en.replace(/[^a-z]+/gi, '_').toLowerCase()}_hint`,
        text,
        marks: [],
      }),
    );
    const entries = scene.shuffle([...scene.sample(ENTRIES, scene.byLevel(3, 4, 7)), ...own]);
    const source = ([en, fr]: Pair) => (isFromEnglish ? en : fr);
    const target = ([en, fr]: Pair) => (isFromEnglish ? fr : en);
    const screen = `${scene.setting.code.records}_${scene.pick(scene.setting.code.groups)}`;
    const file = (read: (pair: Pair) => string) => ({
      [screen]: Object.fromEntries(entries.map(({ key, text }) => [key, read(text)])),
    });
    const request = scene.say({
      en: [
        `Translate the values of this language file of ${scene.organisation} into French. Keys, structure and everything in braces or tags stay as they are.`,
        'We localise our app. Give me the French version of this JSON: same keys, same placeholders, translated values.',
      ],
      fr: [
        `Traduisez en anglais les valeurs de ce fichier de langue (${scene.organisation}). Clés, structure et tout ce qui est entre accolades ou balises restent tels quels.`,
        'Nous localisons notre application. Donne la version anglaise de ce JSON : mêmes clés, mêmes variables, valeurs traduites.',
      ],
    });
    const answer = file(target);
    const properties = Object.fromEntries(
      entries.map(({ key, text, marks }) => [
        key,
        {
          type: 'string',
          minLength: 2,
          not: { const: source(text) },
          // An empty list is no schema.
          ...(marks.length === 0 ? {} : { allOf: marks.map((mark) => ({ pattern: mark.replace(/[{}]/g, '\\$&') })) }),
        },
      ]),
    );
    const schema = {
      type: 'object',
      required: [screen],
      properties: {
        [screen]: { type: 'object', required: Object.keys(properties), properties, additionalProperties: false },
      },
      additionalProperties: false,
    };
    const first = at(entries, 0);
    const wrong = { [screen]: { ...answer[screen], [first.key]: source(first.text) } };
    return {
      messages: frameMessages(scene, { request, data: jsonBlock(file(source)), format: jsonOnly(scene) }),
      reference: jsonBlock(answer),
      nearMiss: jsonBlock(wrong),
      checks: [{ kind: 'json-schema', schema }],
    };
  },
};
