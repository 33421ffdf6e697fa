import { has, hasNo, lastLineText, wholeText } from '../answer-forms.ts';
import { at } from '../draw.ts';
import { frameMessages } from '../frame-messages.ts';
import type { Scene } from '../scene.ts';
import { tableText } from '../tables.ts';
import type { Template } from '../template.ts';

type Applicant = { reference: string; score: number; months: number; isComplete: boolean; hasWaiver: boolean };

/** Rules with an exception, held against a list of applicants: which of them qualify. */
export const eligibleApplicants: Template = {
  name: 'eligible-applicants',
  task: 'answer',
  draft(scene) {
    const least = { score: scene.step(50, 70, 5), months: scene.pick([6, 12, 18, 24]) };
    const isEligible = ({ score, months, isComplete, hasWaiver }: Applicant) =>
      score >= least.score &&
      (scene.level === 0 || isComplete) &&
      (months >= least.months || (scene.level === 2 && hasWaiver));
    const { applicants, eligible } = drawApplicants(scene, least, isEligible);
    const rules = [
      { en: `the score is at least ${least.score}`, fr: `la note est d'au moins ${least.score}` },
      scene.level === 2
        ? {
            en: `the person has been with us for at least ${least.months} months, unless there is a waiver`,
            fr: `l'ancienneté est d'au moins ${least.months} mois, sauf dérogation`,
          }
        : {
            en: `the person has been with us for at least ${least.months} months`,
            fr: `l'ancienneté est d'au moins ${least.months} mois`,
          },
      {
        en: 'the file is complete (a waiver does not replace this)',
        fr: 'le dossier est complet (une dérogation ne remplace pas cela)',
      },
    ].slice(0, scene.level === 0 ? 2 : 3);
    const request = requestText(scene, { rules });
    const yes = (flag: boolean) => (scene.language === 'fr' ? (flag ? 'oui' : 'non') : flag ? 'yes' : 'no');
    const head =
      scene.language === 'fr'
        ? ['Demande', 'Note', 'Ancienneté (mois)', 'Dossier complet', 'Dérogation']
        : ['Request', 'Score', 'Months with us', 'File complete', 'Waiver'];
    const data = tableText(scene, {
      head,
      rows: applicants.map(({ reference, score, months, isComplete, hasWaiver }) => [
        reference,
        String(score),
        String(months),
        yes(isComplete),
        yes(hasWaiver),
      ]),
    });
    const format = lastLineText(
      scene,
      scene.say({
        en: 'the numbers of the requests that qualify, separated by commas',
        fr: 'les numéros des demandes recevables, séparés par des virgules',
      }),
    );
    const ids = eligible.map(({ reference }) => reference);
    const others = applicants.filter((one) => !isEligible(one)).map(({ reference }) => reference);
    return {
      messages: frameMessages(scene, { request, data, format }),
      reference: ids.join(', '),
      nearMiss: [...ids, at(others, 0)].join(', '),
      checks: [
        ...ids.map((id) => has(wholeText(id), { part: 'last-line' })),
        hasNo(others.map(wholeText).join('|'), { part: 'last-line', weight: ids.length }),
      ],
    };
  },
};

/** Drawn again until some qualify and at least as many do not. */
function drawApplicants(
  scene: Scene,
  least: { score: number; months: number },
  isEligible: (one: Applicant) => boolean,
): { applicants: Applicant[]; eligible: Applicant[] } {
  for (;;) {
    const applicants = scene.references(scene.byLevel(5, 7, 10)).map((reference) => ({
      reference,
      score: least.score + scene.pick([-12, -4, -1, 0, 0, 3, 9, 17]),
      months: Math.max(1, least.months + scene.pick([-5, -1, 0, 1, 7, 15])),
      isComplete: scene.chance(0.75),
      hasWaiver: scene.chance(0.3),
    }));
    const eligible = applicants.filter(isEligible);
    if (eligible.length >= 2 && eligible.length <= applicants.length / 2) return { applicants, eligible };
  }
}

/** What is asked, with the conditions. */
const requestText = (scene: Scene, { rules }: { rules: readonly { en: string; fr: string }[] }): string =>
  scene.say({
    en: [
      `A request qualifies if all of these hold: ${rules.map(({ en }) => en).join('; ')}. Which of the following qualify?`,
      `Check these requests against our conditions and name those that pass. Conditions, all required: ${rules.map(({ en }) => en).join('; ')}.`,
    ],
    fr: [
      `Une demande est recevable si toutes ces conditions sont remplies : ${rules.map(({ fr }) => fr).join(' ; ')}. Lesquelles des demandes suivantes sont recevables ?`,
      `Vérifiez ces demandes et indiquez celles qui passent. Conditions, toutes requises : ${rules.map(({ fr }) => fr).join(' ; ')}.`,
    ],
  });
