import { lastLineIs, lastLineText } from '../answer-forms.ts';
import { clock } from '../calendar.ts';
import { at } from '../draw.ts';
import { frameMessages } from '../frame-messages.ts';
import type { Scene } from '../scene.ts';
import type { Pair } from '../setting.ts';
import type { Template } from '../template.ts';

/** Minutes ahead of UTC. */
type Place = { name: Pair; offset: number };

const PLACES: readonly Place[] = [
  { name: ['Lisbon', 'Lisbonne'], offset: 0 },
  { name: ['Paris', 'Paris'], offset: 60 },
  { name: ['Athens', 'Athènes'], offset: 120 },
  { name: ['Dubai', 'Dubaï'], offset: 240 },
  { name: ['Mumbai', 'Bombay'], offset: 330 },
  { name: ['Singapore', 'Singapour'], offset: 480 },
  { name: ['Adelaide', 'Adélaïde'], offset: 570 },
  { name: ['Montreal', 'Montréal'], offset: -300 },
  { name: ['Denver', 'Denver'], offset: -420 },
  { name: ["St John's", 'Saint-Jean de Terre-Neuve'], offset: -210 },
];

/** A call or a journey between places whose offsets are given: what the clock says at the other end. */
export const timeZones: Template = {
  name: 'time-zones',
  task: 'answer',
  draft(scene) {
    const places = scene.sample(PLACES, 3);
    const from = at(places, 0);
    const to = at(places, 1);
    const via = at(places, 2);
    const start = scene.step(7 * 60, 20 * 60, 5);
    const length = scene.step(25, 200, 5);
    const wait = scene.byLevel(0, 0, scene.step(30, 180, 10));
    const local = (minutes: number, place: Place) => (minutes - from.offset + place.offset + 3 * 1440) % 1440;
    const end = start + scene.byLevel(0, length, length + wait);
    const offsets = scene
      .shuffle(scene.level === 2 ? places : [from, to])
      .map(({ name, offset }) => `${scene.pair(name)} UTC${offset < 0 ? '-' : '+'}${clock(Math.abs(offset))}`)
      .join(', ');
    const activity = scene.pick(scene.pairs(scene.setting.steps));
    const names = { from: scene.pair(from.name), to: scene.pair(to.name), via: scene.pair(via.name) };
    const story = scene.byLevel(
      scene.say({
        en: [
          `A video call (${activity}) starts at ${clock(start)} in ${names.from}. What time is it then in ${names.to}?`,
          `Our colleagues in ${names.from} announce "${activity}" for ${clock(start)} their time. At what local time do we in ${names.to} dial in?`,
        ],
        fr: [
          `Une visioconférence (${activity}) commence à ${clock(start)}, heure de ${names.from}. Quelle heure est-il alors à ${names.to} ?`,
          `Nos collègues de ${names.from} annoncent « ${activity} » à ${clock(start)}, heure locale. À quelle heure locale nous connectons-nous à ${names.to} ?`,
        ],
      }),
      scene.say({
        en: [
          `A video call (${activity}) starts at ${clock(start)} in ${names.from} and lasts ${length} minutes. What time is it in ${names.to} when it ends?`,
        ],
        fr: [
          `Une visioconférence (${activity}) commence à ${clock(start)}, heure de ${names.from}, et dure ${length} minutes. Quelle heure est-il à ${names.to} quand elle se termine ?`,
        ],
      }),
      scene.say({
        en: [
          `A video call with ${names.via} (${activity}) starts at ${clock(start)} ${names.from} time and lasts ${length} minutes. ${wait} minutes after it ends, the minutes are sent to ${names.to}. At what local time do they arrive in ${names.to}, if they arrive at once?`,
        ],
        fr: [
          `Une visioconférence avec ${names.via} (${activity}) débute à ${clock(start)}, heure de ${names.from}, et dure ${length} minutes. ${wait} minutes après la fin, le compte rendu est envoyé à ${names.to}. À quelle heure locale y arrive-t-il, si l'envoi est instantané ?`,
        ],
      }),
    );
    const given = offsetsText(scene, { offsets });
    const format = lastLineText(
      scene,
      scene.say({ en: 'the time as HH:MM (24 hours)', fr: "l'heure au format HH:MM (24 heures)" }),
    );
    const right = clock(local(end, to));
    const wrong = clock((end - to.offset + from.offset + 3 * 1440) % 1440);
    return {
      messages: frameMessages(scene, { request: `${story} ${given}`, format }),
      reference: right,
      nearMiss: wrong === right ? clock((local(end, to) + 60) % 1440) : wrong,
      checks: [lastLineIs(right, right.replace(':', 'h'), right.replace(':', ' h '))],
    };
  },
};

/** The offsets that count. */
const offsetsText = (scene: Scene, { offsets }: { offsets: string }): string =>
  scene.say({
    en: [`Use these offsets only: ${offsets}.`, `Offsets on that day: ${offsets}.`],
    fr: [`Utilisez uniquement ces décalages : ${offsets}.`, `Décalages ce jour-là : ${offsets}.`],
  });
