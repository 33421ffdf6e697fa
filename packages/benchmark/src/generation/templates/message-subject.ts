import { jsonBlock, jsonOnly, labelOnly, membersAre } from '../answer-forms.ts';
import { at } from '../draw.ts';
import { frameMessages } from '../frame-messages.ts';
import type { Scene } from '../scene.ts';
import type { Subject } from '../setting.ts';
import type { Template } from '../template.ts';

/** Messages and a list of subjects: what each is about now, whatever it mentions as settled. One easy, several otherwise. */
export const messageSubject: Template = {
  name: 'message-subject',
  task: 'classify',
  draft(scene) {
    const subjects = scene.shuffle(scene.setting.subjects);
    const labels = subjects.map(({ label }) => scene.pair(label));
    const ids = scene.references(scene.byLevel(1, 3, 5));
    const items = ids.map((id) => {
      const [subject, other] = scene.sample(subjects, 2) as [Subject, Subject];
      return { id, label: scene.pair(subject.label), text: message(scene, subject, other) };
    });
    const request = scene.say({
      en: [
        `What does the writer want now? Labels: ${labels.join(', ')}.`,
        `Classify by what is still open, not by what is already settled. Possible labels: ${labels.join(' / ')}.`,
        `Our inbox knows these subjects: ${labels.join(', ')}. Which one fits what is being asked?`,
      ],
      fr: [
        `Que veut la personne maintenant ? Étiquettes : ${labels.join(', ')}.`,
        `Classez selon ce qui reste à traiter, pas selon ce qui est déjà réglé. Étiquettes possibles : ${labels.join(' / ')}.`,
        `Notre boîte de réception connaît ces sujets : ${labels.join(', ')}. Lequel correspond à la demande ?`,
      ],
    });
    const first = at(items, 0);
    const wrong = at(
      labels.filter((label) => label !== first.label),
      0,
    );
    if (scene.level === 0)
      return {
        messages: frameMessages(scene, { request, data: first.text, format: labelOnly(scene) }),
        reference: first.label,
        nearMiss: wrong,
        checks: [{ kind: 'exact', expected: [first.label] }],
      };
    const answer = Object.fromEntries(items.map(({ id, label }) => [id, label]));
    const shape = scene.say({ en: 'JSON object from number to label.', fr: 'Objet JSON : numéro vers étiquette.' });
    return {
      messages: frameMessages(scene, {
        request,
        data: items.map(({ id, text }) => `[${id}] ${text}`).join('\n\n'),
        format: `${shape} ${jsonOnly(scene)}`,
      }),
      reference: jsonBlock(answer),
      nearMiss: jsonBlock({ ...answer, [first.id]: wrong }),
      checks: membersAre(answer),
    };
  },
};

function message(scene: Scene, subject: Subject, other: Subject): string {
  const cue = scene.pair(scene.pick(subject.cues));
  const writer = at(scene.people(1), 0).name;
  const day = scene.int(2, 28);
  const settled = scene.pair(scene.pick(other.cues));
  const plain = scene.say({
    en: [
      `Hello, ${cue} ${writer}`,
      `${cue} Thanks for your help. ${writer}`,
      `Good morning! ${cue} Regards, ${writer}`,
    ],
    fr: [
      `Bonjour, ${cue} ${writer}`,
      `${cue} Merci de votre aide. ${writer}`,
      `Bonjour à tous ! ${cue} Cordialement, ${writer}`,
    ],
  });
  if (scene.level === 0) return plain;
  return scene.say({
    en: [
      `On ${day} May I wrote to you: "${settled}" That is settled, thank you. Something else today: ${cue} ${writer}`,
      `${cue} (My earlier message, "${settled}", needs no answer any more.) ${writer}`,
      `You solved my last problem quickly ("${settled}"). Now this: ${cue} Best wishes, ${writer}`,
    ],
    fr: [
      `Le ${day} mai, je vous avais écrit : « ${settled} » C'est réglé, merci. Autre chose aujourd'hui : ${cue} ${writer}`,
      `${cue} (Mon message précédent, « ${settled} », n'appelle plus de réponse.) ${writer}`,
      `Vous avez vite résolu mon dernier souci (« ${settled} »). Maintenant, ceci : ${cue} Bien à vous, ${writer}`,
    ],
  });
}
