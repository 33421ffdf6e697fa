import { lastLineIs, lastLineText } from '../answer-forms.ts';
import { clock } from '../calendar.ts';
import { frameMessages } from '../frame-messages.ts';
import type { Scene } from '../scene.ts';
import type { Template } from '../template.ts';

const OPENS = 9 * 60;
const CLOSES = 17 * 60 + 30;

type Busy = { from: number; to: number };

/** Diaries of several people: the first start at which all of them are free for long enough. */
export const commonSlot: Template = {
  name: 'common-slot',
  task: 'reason',
  draft(scene) {
    const length = scene.pick([30, 45, 60]);
    const { diaries, start } = findDiaries(scene, length);
    const meeting = scene.pick(scene.pairs(scene.setting.steps));
    const shut = scene.level > 0;
    const isIn = ({ from, to }: Busy) => `${clock(from)}-${clock(to)}`;
    const data = diaries.map(({ name, busy }) => `- ${name}: ${scene.shuffle(busy).map(isIn).join(', ')}`).join('\n');
    const lunch = shut
      ? scene.say({ en: ' Nobody meets between 12:00 and 13:00.', fr: ' Aucune réunion entre 12:00 et 13:00.' })
      : '';
    const request = scene.say({
      en: [
        `We need ${length} minutes for: ${meeting}. Office hours are 09:00 to 17:30.${lunch} These are the times when each of us is busy. What is the earliest start that suits everybody?`,
        `Find the first moment of the day at which all of them are free for ${length} minutes in a row (${meeting}), between 09:00 and 17:30.${lunch} Busy times:`,
      ],
      fr: [
        `Il nous faut ${length} minutes pour : ${meeting}. Horaires de bureau : 09:00 à 17:30.${lunch} Voici quand chacun est occupé. Quel est le début le plus tôt qui convient à tous ?`,
        `Trouvez le premier moment de la journée où tous sont libres ${length} minutes d'affilée (${meeting}), entre 09:00 et 17:30.${lunch} Créneaux occupés :`,
      ],
    });
    const format = lastLineText(
      scene,
      scene.say({ en: 'the start time as HH:MM', fr: "l'heure de début au format HH:MM" }),
    );
    return {
      messages: frameMessages(scene, { request, data, format }),
      reference: clock(start),
      nearMiss: clock(start + 15),
      checks: [lastLineIs(clock(start), clock(start).replace(':', 'h'), clock(start).replace(':', ' h '))],
    };
  },
};

/** Diaries that leave a common slot; drawn again until they do and the answer is not the start of the day. */
function findDiaries(scene: Scene, length: number): { diaries: { name: string; busy: Busy[] }[]; start: number } {
  for (;;) {
    const diaries = scene.people(scene.byLevel(2, 3, 4)).map(({ name }) => ({ name, busy: drawBusy(scene) }));
    const taken = diaries.flatMap(({ busy }) => busy);
    if (scene.level > 0) taken.push({ from: 12 * 60, to: 13 * 60 });
    for (let start = OPENS; start + length <= CLOSES; start += 15) {
      const isFree = taken.every(({ from, to }) => start + length <= from || start >= to);
      if (isFree && start > OPENS + 30) return { diaries, start };
      if (isFree) break;
    }
  }
}

function drawBusy(scene: Scene): Busy[] {
  const busy: Busy[] = [];
  for (let from = OPENS + scene.pick([0, 0, 15, 30]); from < CLOSES - 60; ) {
    const to = from + scene.pick([30, 45, 60, 90, 120]);
    busy.push({ from, to: Math.min(to, CLOSES) });
    from = to + scene.pick(scene.byLevel([30, 60, 75], [15, 30, 60], [15, 15, 30, 45, 75]));
  }
  return busy;
}
