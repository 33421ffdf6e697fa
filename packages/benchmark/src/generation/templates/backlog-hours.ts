import { lastLineNumber, lastNumberIs } from '../answer-forms.ts';
import { frameMessages } from '../frame-messages.ts';
import type { Template } from '../template.ts';

/** A backlog that several people work down while new work arrives: after how many hours it is gone. */
export const backlogHours: Template = {
  name: 'backlog-hours',
  task: 'reason',
  draft(scene) {
    const { many } = scene.noun(scene.setting.record);
    const people = scene.int(3, 8);
    const rate = scene.int(4, 9);
    const leaving = scene.byLevel(0, 0, scene.int(1, people - 2));
    const arrivals = scene.level === 0 ? 0 : scene.int(2, rate);
    const early = scene.level === 2 ? scene.int(2, 4) : 0;
    const fullNet = people * rate - arrivals;
    const lateNet = (people - leaving) * rate - arrivals;
    const lateHours = scene.int(2, 9);
    const backlog = early * fullNet + lateHours * lateNet;
    const hours = early + lateHours;
    const arriving =
      arrivals === 0
        ? { en: '', fr: '' }
        : {
            en: ` Meanwhile ${arrivals} new ones arrive every hour.`,
            fr: ` Pendant ce temps, ${arrivals} nouveaux cas arrivent chaque heure.`,
          };
    const going =
      leaving === 0
        ? { en: '', fr: '' }
        : {
            en: ` After ${early} hours ${leaving} of them go${leaving === 1 ? 'es' : ''} home and the others carry on.`,
            fr: ` Au bout de ${early} heures, ${leaving === 1 ? 'une personne rentre' : `${leaving} personnes rentrent`} chez elle${leaving === 1 ? '' : 's'} et les autres continuent.`,
          };
    const request = scene.say({
      en: [
        `${scene.number(backlog)} ${many} are waiting. ${people} people each deal with ${rate} an hour.${arriving.en}${going.en} After how many hours is nothing left?`,
        `The ${scene.team} team has a backlog of ${scene.number(backlog)} ${many}. There are ${people} colleagues; one colleague finishes ${rate} per hour.${arriving.en}${going.en} How many hours until the backlog is gone?`,
        `We start the day with ${scene.number(backlog)} open ${many} and ${people} people, at ${rate} per person and hour.${arriving.en}${going.en} When, counted in hours from the start, do we reach zero?`,
      ],
      fr: [
        `${scene.number(backlog)} ${many} sont à traiter. ${people} personnes en traitent chacune ${rate} par heure.${arriving.fr}${going.fr} Au bout de combien d'heures ne reste-t-il plus rien ?`,
        `L'équipe ${scene.team} a ${scene.number(backlog)} ${many} de retard. Elle compte ${people} agents, et un agent en termine ${rate} à l'heure.${arriving.fr}${going.fr} Combien d'heures faut-il pour résorber ce retard ?`,
        `La journée commence avec ${scene.number(backlog)} ${many} en attente et ${people} agents, à raison de ${rate} par agent et par heure.${arriving.fr}${going.fr} À combien d'heures du début arrive-t-on à zéro ?`,
      ],
    });
    const wrong = Math.round(backlog / (people * rate));
    const format = lastLineNumber(scene, scene.say({ en: 'the number of hours', fr: "le nombre d'heures" }));
    return {
      messages: frameMessages(scene, { request, format }),
      reference: `${lateHours} × ${lateNet}${early === 0 ? '' : ` + ${early} × ${fullNet}`} = ${backlog}\n${hours}`,
      nearMiss: String(wrong === hours ? hours + 1 : wrong),
      checks: [lastNumberIs(hours, 0.01)],
    };
  },
};
