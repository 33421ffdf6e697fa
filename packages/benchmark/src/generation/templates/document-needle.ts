import { lastLineIs, lastLineText } from '../answer-forms.ts';
import { addDays, fullDate } from '../calendar.ts';
import { at } from '../draw.ts';
import { fillerSentences } from '../filler.ts';
import { frameMessages } from '../frame-messages.ts';
import type { Scene } from '../scene.ts';
import type { Template } from '../template.ts';

type Code = { what: string; code: string; replaced?: string | undefined };

/** A code mentioned once in a long report, among others like it; where the report corrects itself, the correction counts. */
export const documentNeedle: Template = {
  name: 'document-needle',
  task: 'answer',
  draft(scene) {
    const sites = scene.sample(scene.pool(scene.setting.sites), scene.byLevel(3, 5, 6));
    const numbers = scene.sample(
      Array.from({ length: 900 }, (_, index) => 100 + index),
      sites.length + 1,
    );
    const codes: Code[] = sites.map((what, index) => ({ what, code: codeOf(scene, at(numbers, index)) }));
    const sought = scene.pick(codes);
    const isCorrected = scene.level === 2;
    const first = isCorrected ? codeOf(scene, at(numbers, sites.length)) : undefined;
    const text = report(
      scene,
      codes.map((one) => (one === sought ? { ...one, replaced: first } : one)),
    );
    const request = scene.say({
      en: [
        `Which access code is valid for ${sought.what} according to the report?`,
        `I need the access code of ${sought.what}. It is somewhere in this report.`,
        `Read the report and tell me the current access code for ${sought.what}.`,
      ],
      fr: [
        `D'après le rapport, quel est le code d'accès valable pour : ${sought.what} ?`,
        `Il me faut le code d'accès du lieu suivant : ${sought.what}. Il se trouve quelque part dans ce rapport.`,
        `Lisez le rapport et donnez le code d'accès actuel du lieu « ${sought.what} ».`,
      ],
    });
    const format = lastLineText(scene, scene.say({ en: 'the code', fr: 'le code' }));
    const other = at(
      codes.filter((one) => one !== sought),
      0,
    );
    return {
      messages: frameMessages(scene, { request, data: text, format }),
      reference: sought.code,
      nearMiss: first ?? other.code,
      checks: [lastLineIs(sought.code)],
    };
  },
};

const codeOf = (scene: Scene, number: number): string =>
  `${scene.pick(['KX', 'QM', 'ZT', 'VR', 'HN'])}${number}${scene.pick(['B', 'D', 'F', 'L', 'W'])}`;

/** One entry a day; codes fall on days drawn for them, a correction always after what it corrects. */
function report(scene: Scene, codes: readonly Code[]): string {
  const entries = scene.byLevel(12, 30, 60);
  const start = scene.workingDay();
  const filler = fillerSentences(scene);
  const notes = new Map<number, string>();
  const days = scene.sample(
    Array.from({ length: entries - 1 }, (_, index) => index),
    codes.length + 1,
  );
  for (const [index, { what, code, replaced }] of codes.entries()) {
    if (replaced === undefined) {
      notes.set(at(days, index), codeNote(scene, what, code));
      continue;
    }
    const [early = 0, late = 1] = [at(days, index), at(days, codes.length)].toSorted((a, b) => a - b);
    notes.set(early, codeNote(scene, what, replaced));
    notes.set(
      late,
      scene.say({
        en: `Correction: the access code noted earlier for ${what} no longer works, it is now ${code}.`,
        fr: `Rectificatif : le code d'accès noté plus haut pour « ${what} » ne marche plus, c'est désormais ${code}.`,
      }),
    );
  }
  return Array.from({ length: entries }, (_, index) => {
    const note = notes.get(index);
    const sentences = [filler(), ...(note === undefined ? [] : [note]), filler(), filler()];
    return `${fullDate(addDays(start, index), scene.language)}. ${sentences.join(' ')}`;
  }).join('\n\n');
}

const codeNote = (scene: Scene, what: string, code: string): string =>
  scene.say({
    en: [`The access code for ${what} is ${code}.`, `For ${what} the access code ${code} was handed out.`],
    fr: [`Le code d'accès pour « ${what} » est ${code}.`, `Pour « ${what} », le code d'accès ${code} a été remis.`],
  });
