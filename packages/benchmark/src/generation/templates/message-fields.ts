import { jsonBlock, jsonOnly, membersAre } from '../answer-forms.ts';
import { addDays, fullDate } from '../calendar.ts';
import { at } from '../draw.ts';
import { frameMessages } from '../frame-messages.ts';
import type { Both, Language } from '../language.ts';
import { drawPhone, mailName, type Person } from '../people.ts';
import type { Scene } from '../scene.ts';
import type { Template } from '../template.ts';

/** A message of a customer or colleague: who, about what number, which subject, by when, how to reach. Missing fields are null. */
export const messageFields: Template = {
  name: 'message-fields',
  task: 'extract',
  draft(scene) {
    const { language } = scene;
    const people = scene.people(2);
    const [writer, other] = [at(people, 0), at(people, 1)];
    const [reference = '', oldReference = ''] = scene.references(2);
    const sent = scene.workingDay();
    const wanted = addDays(sent, scene.int(4, 20));
    const hasPhone = scene.chance(0.6);
    const phone = drawPhone(scene, language);
    const email = `${mailName(writer)}${scene.int(2, 99)}@example.${language === 'fr' ? 'fr' : 'org'}`;
    const cue = scene.pair(scene.pick(scene.pick(scene.setting.subjects).cues));
    const { one } = scene.noun(scene.setting.record);
    const noise =
      scene.level === 0
        ? { en: '', fr: '' }
        : {
            en: ` This has nothing to do with ${oldReference}, which ${other.name} closed last month.`,
            fr: ` Rien à voir avec ${oldReference}, que ${other.name} a clos le mois dernier.`,
          };
    const reach = hasPhone
      ? {
          en: `You can call me on ${phone} or write to ${email}.`,
          fr: `Vous pouvez m'appeler au ${phone} ou m'écrire à ${email}.`,
        }
      : {
          en: `Please write to ${email}; I cannot take calls.`,
          fr: `Merci d'écrire à ${email}, je ne peux pas prendre d'appels.`,
        };
    const when = {
      en: `I need an answer by ${fullDate(wanted, language)}`,
      fr: `Il me faut une réponse d'ici le ${fullDate(wanted, language)}`,
    };
    const data = messageText(scene, { cue, reference, language, noise, one, reach, sent, when, writer });
    const request = requestText(scene);
    const shape = scene.say({
      en: 'JSON object with "name", "reference", "email", "phone" (as written), "answer_by" (YYYY-MM-DD). Use null for what the message does not say.',
      fr: 'Objet JSON avec "name", "reference", "email", "phone" (tel quel), "answer_by" (AAAA-MM-JJ). Mettez null pour ce que le message ne dit pas.',
    });
    const answer = { name: writer.name, reference, email, phone: hasPhone ? phone : null, answer_by: wanted };
    return {
      messages: frameMessages(scene, { request, data, format: `${shape} ${jsonOnly(scene)}` }),
      reference: jsonBlock(answer),
      nearMiss: jsonBlock({ ...answer, reference: oldReference, answer_by: sent }),
      checks: membersAre(answer),
    };
  },
};

/** The message. */
const messageText = (
  scene: Scene,
  {
    cue,
    reference,
    language,
    noise,
    one,
    reach,
    sent,
    when,
    writer,
  }: {
    cue: string;
    reference: string;
    language: Language;
    noise: Both;
    one: string;
    reach: Both;
    sent: string;
    when: Both;
    writer: Person;
  },
): string =>
  scene.say({
    en: [
      `Sent on ${fullDate(sent, language)}\n\nHello ${scene.team} team,\n\nI write about ${reference} (${one}). ${cue}${noise.en} ${when.en}. ${reach.en}\n\nKind regards\n${writer.name}`,
      `From: ${writer.name}\nDate: ${fullDate(sent, language)}\n\n${cue} The number is ${reference}.${noise.en} ${reach.en} ${when.en}, please.`,
    ],
    fr: [
      `Envoyé le ${fullDate(sent, language)}\n\nBonjour à l'équipe ${scene.team},\n\nJe vous écris au sujet de ${reference} (${one}). ${cue}${noise.fr} ${when.fr}. ${reach.fr}\n\nCordialement,\n${writer.name}`,
      `De : ${writer.name}\nDate : ${fullDate(sent, language)}\n\n${cue} Le numéro est ${reference}.${noise.fr} ${reach.fr} ${when.fr}, s'il vous plaît.`,
    ],
  });

/** What is asked. */
const requestText = (scene: Scene): string =>
  scene.say({
    en: [
      'Fill our contact form from this message.',
      'Extract what we need to know from the message below.',
      'Read the message and return the fields as JSON.',
    ],
    fr: [
      'Remplissez notre fiche contact à partir de ce message.',
      'Extrais du message ci-dessous ce que nous devons savoir.',
      'Lisez le message et renvoyez les champs en JSON.',
    ],
  });
