import { jsonBlock, jsonIs, jsonOnly } from '../answer-forms.ts';
import { at } from '../draw.ts';
import { frameMessages } from '../frame-messages.ts';
import type { Scene } from '../scene.ts';
import type { Template } from '../template.ts';

type Damage = { find: RegExp; put: string };

// Each leaves it plain what was meant.
const DAMAGES: readonly Damage[] = [
  { find: /(\n\s*)\}/, put: ',$1}' },
  { find: /"id":/, put: 'id:' },
  { find: /: true/, put: ': True' },
  { find: /"state": "([^"]*)"/, put: '"state": \'$1\'' },
  { find: /\}(\s*)$/, put: '$1' },
  { find: /("quantity": \d+),/, put: '$1' },
  { find: /\{/, put: '{ // export' },
];

/** A JSON document damaged in one to four places: the same document, mended. */
export const mendJson: Template = {
  name: 'mend-json',
  task: 'rewrite',
  draft(scene) {
    const value = drawRecord(scene);
    const damages = scene.sample(DAMAGES, scene.byLevel(1, 2, 4));
    const broken = damages.reduce((text, { find, put }) => text.replace(find, put), JSON.stringify(value, null, 2));
    const { one } = scene.noun(scene.setting.record);
    const request = scene.say({
      en: [
        `This JSON (${one}) does not parse. Mend it without changing any value.`,
        `Our parser rejects this record of ${scene.organisation}. Return the corrected JSON, same content.`,
        'Please repair the JSON below: syntax only, content untouched.',
      ],
      fr: [
        `Ce JSON (${one}) est invalide. Corrigez-le sans changer aucune valeur.`,
        `Notre analyseur refuse cet enregistrement (${scene.organisation}). Renvoyez le JSON corrigé, même contenu.`,
        'Répare le JSON ci-dessous : la syntaxe seulement, sans toucher au contenu.',
      ],
    });
    return {
      messages: frameMessages(scene, { request, data: ['```', broken, '```'].join('\n'), format: jsonOnly(scene) }),
      reference: jsonBlock(value),
      nearMiss: ['```json', broken, '```'].join('\n'),
      checks: [jsonIs(value)],
    };
  },
};

function drawRecord(scene: Scene): Record<string, unknown> {
  const [reference, linked] = scene.references(2);
  const [person] = scene.people(1);
  return {
    id: reference,
    state: scene.pair(scene.pick(scene.setting.record.states)),
    urgent: true,
    owner: { name: person?.name, team: scene.team, notified: scene.chance(0.5) },
    items: scene
      .articles(scene.byLevel(1, 2, 3))
      .map(({ one }) => ({ name: one, quantity: scene.int(1, 60), price: scene.int(100, 9_999) / 100 })),
    tags: scene.sample(scene.pairs(scene.setting.teams), 2),
    linked: scene.chance(0.5) ? linked : null,
    place: at(scene.pool(scene.setting.sites), scene.int(0, 5)),
  };
}
