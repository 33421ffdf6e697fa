import { has, wholeText } from '../answer-forms.ts';
import { addDays, clock, fullDate, longDate } from '../calendar.ts';
import { datePattern } from '../date-pattern.ts';
import { at } from '../draw.ts';
import { frameMessages } from '../frame-messages.ts';
import type { Scene } from '../scene.ts';
import type { Template } from '../template.ts';

/** A week of interruptions told at length: a short digest that names their number, the minutes lost, and the longest. */
export const incidentDigest: Template = {
  name: 'incident-digest',
  task: 'summarise',
  draft(scene) {
    const { language } = scene;
    const sites = scene.pool(scene.setting.sites);
    const start = scene.workingDay();
    const lengths = scene.sample(
      Array.from({ length: 34 }, (_, index) => 10 + 5 * index),
      scene.byLevel(3, 5, 7),
    );
    const incidents = lengths.map((length, index) => ({
      day: addDays(start, index),
      from: scene.step(7 * 60, 16 * 60, 5),
      length,
      site: scene.pick(sites),
      step: scene.pair(scene.pick(scene.setting.steps)),
    }));
    const longest = at(
      incidents.toSorted((a, b) => b.length - a.length),
      0,
    );
    const total = lengths.reduce((sum, length) => sum + length, 0);
    const told = incidents.map(({ day, from, length, site, step }) => {
      const sentence = scene.say({
        en: [
          `On ${fullDate(day, language)} work at ${site} stopped at ${clock(from)} (${step}) and went on ${length} minutes later.`,
          `${fullDate(day, language)}: interruption at ${site}, "${step}", from ${clock(from)} to ${clock(from + length)}.`,
        ],
        fr: [
          `Le ${fullDate(day, language)}, arrêt à ${clock(from)} (lieu : ${site}, pendant « ${step} ») ; reprise ${length} minutes plus tard.`,
          `${fullDate(day, language)} : interruption, ${site}, « ${step} », de ${clock(from)} à ${clock(from + length)}.`,
        ],
      });
      const remark = scene.level === 0 ? '' : ` ${scene.pair(scene.pick(scene.setting.remarks))}`;
      return `${sentence}${remark}`;
    });
    const most = scene.pick([40, 50, 60]);
    const request = requestText(scene, { most });
    const format = factsText(scene);
    const summary = (minutes: number) =>
      scene.say({
        en: `${incidents.length} interruptions cost ${minutes} minutes in total. The longest, ${longest.length} minutes, was on ${longDate(longest.day, language)} (${longest.site}).`,
        fr: `${incidents.length} interruptions ont coûté ${minutes} minutes au total. La plus longue, ${longest.length} minutes, a eu lieu le ${longDate(longest.day, language)} (${longest.site}).`,
      });
    return {
      messages: frameMessages(scene, { request, data: told.join('\n'), format }),
      reference: summary(total),
      nearMiss: summary(total - longest.length),
      checks: [
        has(`(?<!\\d)${total}(?!\\d)`),
        has(`(?<!\\d)${incidents.length}(?!\\d)`),
        has(datePattern(longest.day, language)),
        has(wholeText(longest.site), { dimension: 'completeness' }),
        { kind: 'words', most, dimension: 'relevance' },
      ],
    };
  },
};

/** What is asked. */
const requestText = (scene: Scene, { most }: { most: number }): string =>
  scene.say({
    en: [
      `Write a digest of this week's interruptions for the ${scene.team} team in at most ${most} words.`,
      `Summarise the following for the management of ${scene.organisation}, ${most} words at most.`,
    ],
    fr: [
      `Rédigez une synthèse des interruptions de la semaine pour l'équipe ${scene.team}, en ${most} mots au maximum.`,
      `Résumez ce qui suit pour la direction (${scene.organisation}), en ${most} mots au plus.`,
    ],
  });

/** What the digest must name. */
const factsText = (scene: Scene): string =>
  scene.say({
    en: [
      'It must give, in figures: the number of interruptions, the minutes lost in total, and the date and place of the longest one.',
    ],
    fr: [
      "Elle doit donner, en chiffres : le nombre d'interruptions, le total des minutes perdues, la date et le lieu de la plus longue.",
      'À indiquer en chiffres : le nombre d’interruptions, le total de minutes perdues, puis la date et le lieu de la plus longue.',
    ],
  });
