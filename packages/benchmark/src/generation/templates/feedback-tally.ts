import { jsonBlock, jsonOnly, membersAre } from '../answer-forms.ts';
import { at } from '../draw.ts';
import { frameMessages } from '../frame-messages.ts';
import type { Scene } from '../scene.ts';
import type { Template } from '../template.ts';

type Comment = { writer: string; stars: number; label: string; cue: string };

/** Comments with stars and subjects: their condensed result in a JSON object. */
export const feedbackTally: Template = {
  name: 'feedback-tally',
  task: 'summarise',
  draft(scene) {
    const { comments, top } = drawComments(scene);
    const low = comments.filter(({ stars }) => stars <= 2).length;
    const mean = Math.round((comments.reduce((sum, { stars }) => sum + stars, 0) / comments.length) * 10) / 10;
    const data = comments
      .map(({ writer, stars, label, cue }) =>
        scene.say({
          en: [
            `${writer} (${stars}/5, ${label}): ${cue}`,
            `Rating ${stars} of 5, subject ${label}, by ${writer}. ${cue}`,
          ],
          fr: [
            `${writer} (${stars}/5, ${label}) : ${cue}`,
            `Note ${stars} sur 5, sujet ${label}, par ${writer}. ${cue}`,
          ],
        }),
      )
      .join('\n');
    const request = scene.say({
      en: [
        `Condense these comments for ${scene.organisation} into key figures.`,
        `Boil the feedback below down to the figures the ${scene.team} team needs.`,
        'Summarise the feedback as data.',
      ],
      fr: [
        `Condensez ces commentaires en chiffres clés pour ${scene.organisation}.`,
        `Ramenez les retours ci-dessous aux chiffres utiles à l'équipe ${scene.team}.`,
        'Résumez ces retours sous forme de données.',
      ],
    });
    const shape = scene.say({
      en: 'JSON object: "comments" (how many), "low" (how many rated 2 or lower), "mean" (mean rating, one decimal), "top_subject" (the most frequent subject).',
      fr: 'Objet JSON : "comments" (nombre), "low" (combien ont la note 2 ou moins), "mean" (moyenne des notes, une décimale), "top_subject" (le sujet le plus fréquent).',
    });
    const answer = { comments: comments.length, low, mean, top_subject: top };
    return {
      messages: frameMessages(scene, { request, data, format: `${shape} ${jsonOnly(scene)}` }),
      reference: jsonBlock(answer),
      nearMiss: jsonBlock({ ...answer, low: low + 1 }),
      checks: membersAre(answer, 0.051),
    };
  },
};

/** Drawn again until one subject is the most frequent. */
function drawComments(scene: Scene): { comments: Comment[]; top: string } {
  for (;;) {
    const writers = scene.people(scene.byLevel(5, 9, 14));
    const comments = writers.map(({ name }) => {
      const subject = scene.pick(scene.setting.subjects);
      return {
        writer: name,
        stars: scene.int(1, 5),
        label: scene.pair(subject.label),
        cue: scene.pair(scene.pick(subject.cues)),
      };
    });
    const counts = scene.setting.subjects.map(({ label }) => ({
      label: scene.pair(label),
      count: comments.filter((one) => one.label === scene.pair(label)).length,
    }));
    const ranked = counts.toSorted((one, other) => other.count - one.count);
    if (at(ranked, 0).count > at(ranked, 1).count) return { comments, top: at(ranked, 0).label };
  }
}
