import { linesAre, linesOnly } from '../answer-forms.ts';
import { clock } from '../calendar.ts';
import { at } from '../draw.ts';
import { frameMessages } from '../frame-messages.ts';
import type { Scene } from '../scene.ts';
import type { Template } from '../template.ts';

const LEVELS = ['INFO', 'WARN', 'ERROR'] as const;
type Entry = { time: number; level: (typeof LEVELS)[number]; site: string; reference: string; text: string };

/** Journal lines of a day: the numbers in those of a level, a place and a span of time. */
export const logFilter: Template = {
  name: 'log-filter',
  task: 'extract',
  draft(scene) {
    const { entries, level, site, from, to } = drawLog(scene);
    const isWanted = (entry: Entry) =>
      entry.level === level &&
      (scene.level === 0 || (entry.time >= from && entry.time <= to)) &&
      (scene.level < 2 || entry.site === site);
    const wanted = entries.filter(isWanted).map(({ reference }) => reference);
    const data = [
      '```',
      ...entries.map(
        (entry) => `${clock(entry.time)} [${entry.level}] ${entry.site} - ${entry.reference} - ${entry.text}`,
      ),
      '```',
    ].join('\n');
    const { one } = scene.noun(scene.setting.record);
    const span =
      scene.level === 0
        ? { en: '', fr: '' }
        : {
            en: ` between ${clock(from)} and ${clock(to)} (both included)`,
            fr: ` entre ${clock(from)} et ${clock(to)} (bornes comprises)`,
          };
    const place =
      scene.level < 2
        ? { en: '', fr: '' }
        : { en: ` and from "${site}" only`, fr: `, et uniquement du lieu « ${site} »` };
    const request = scene.say({
      en: [
        `From the log, list the numbers (${one}) of all ${level} lines${span.en}${place.en}, in the order of the log.`,
        `Which numbers (${one}) have a line of level ${level}${span.en}${place.en}? Keep the order of the log.`,
      ],
      fr: [
        `Dans le journal, relevez les numéros (${one}) de toutes les lignes ${level}${span.fr}${place.fr}, dans l'ordre du journal.`,
        `Quels numéros (${one}) figurent sur une ligne de niveau ${level}${span.fr}${place.fr} ? Gardez l'ordre du journal.`,
      ],
    });
    const other = at(
      entries.filter((entry) => !isWanted(entry)),
      0,
    ).reference;
    return {
      messages: frameMessages(scene, { request, data, format: linesOnly(scene) }),
      reference: wanted.join('\n'),
      nearMiss: [...wanted.slice(0, -1), other].join('\n'),
      checks: [linesAre(wanted)],
    };
  },
};

function drawLog(scene: Scene): { entries: Entry[]; level: Entry['level']; site: string; from: number; to: number } {
  const sites = scene.sample(scene.pool(scene.setting.sites), 3);
  const level = scene.pick(['WARN', 'ERROR'] as const);
  const site = at(sites, 0);
  for (;;) {
    let time = scene.int(6 * 60, 9 * 60);
    const entries = scene.references(scene.byLevel(8, 16, 28)).map((reference): Entry => {
      time += scene.int(3, 24);
      return {
        time,
        level: scene.pick(LEVELS),
        site: scene.pick(sites),
        reference,
        text: scene.pair(scene.pick(scene.setting.steps)),
      };
    });
    const from = at(entries, Math.floor(entries.length / 5)).time;
    const to = at(entries, Math.ceil((entries.length * 4) / 5) - 1).time;
    const hits = entries.filter(
      (one) => one.level === level && one.site === site && one.time >= from && one.time <= to,
    );
    const isMixed = entries.some((one) => one.level !== level);
    if (hits.length >= 2 && isMixed) return { entries, level, site, from, to };
  }
}
