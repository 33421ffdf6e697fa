import { has, hasNo, wholeText } from '../answer-forms.ts';
import { clock, fullDate } from '../calendar.ts';
import { datePattern } from '../date-pattern.ts';
import { at } from '../draw.ts';
import { frameMessages } from '../frame-messages.ts';
import type { Scene } from '../scene.ts';
import type { Template } from '../template.ts';

/** A notice with given facts, a length and words that may not occur. */
export const noticeWithFacts: Template = {
  name: 'notice-with-facts',
  task: 'write',
  draft(scene) {
    const { language } = scene;
    const step = scene.pair(scene.pick(scene.setting.steps));
    const site = scene.pick(scene.pool(scene.setting.sites));
    const day = scene.workingDay();
    const [from, to] = [scene.step(8 * 60, 12 * 60, 15), scene.step(13 * 60, 17 * 60, 15)];
    const contact = at(scene.people(1), 0).name;
    const reference = at(scene.references(1), 0);
    const banned = bannedWords(scene);
    const least = scene.pick([30, 35, 40]);
    const most = least + scene.byLevel(45, 35, 30);
    const facts = scene.say({
      en: `- what: ${step}\n- where: ${site}\n- date: ${fullDate(day, language)}\n- from ${clock(from)} to ${clock(to)}\n- contact: ${contact}\n- number to quote: ${reference}`,
      fr: `- quoi : ${step}\n- où : ${site}\n- date : ${fullDate(day, language)}\n- de ${clock(from)} à ${clock(to)}\n- contact : ${contact}\n- numéro à rappeler : ${reference}`,
    });
    const without = banned
      .map((word) => (language === 'fr' ? `« ${word} »` : `"${word}"`))
      .join(language === 'fr' ? ' ni ' : ' nor ');
    const request = scene.say({
      en: [
        `Write a notice to colleagues of ${least} to ${most} words that contains all of these facts, with times as given. Use neither ${without}.`,
        `Draft an announcement for the ${scene.team} team (${least} to ${most} words). All facts must be in it, times in the form below; the words ${without} must not.`,
      ],
      fr: [
        `Rédigez un avis aux collègues de ${least} à ${most} mots contenant tous ces éléments, heures telles quelles. N'utilisez pas ${without}.`,
        `Préparez une annonce pour l'équipe ${scene.team} (${least} à ${most} mots). Tous les éléments doivent y figurer, heures dans la forme ci-dessous ; pas de ${without}.`,
      ],
    });
    const format = scene.say({
      en: ['Only the notice, no heading.', 'Give the text alone.'],
      fr: ['Seulement l’avis, sans titre.', 'Donnez uniquement le texte.'],
    });
    const notice = (start: number) =>
      scene.say({
        en: `Dear colleagues, on ${fullDate(day, language)} the following takes place at ${site}: ${step}. It begins at ${clock(start)} and ends at ${clock(to)}. If you have questions, turn to ${contact} and quote ${reference}. Many thanks for planning your day around it and for telling your neighbours in time.`,
        fr: `Chers collègues, le ${fullDate(day, language)} aura lieu ce qui suit (${site}) : ${step}. Début à ${clock(start)}, fin à ${clock(to)}. Pour toute question, adressez-vous à ${contact} en rappelant ${reference}. Merci de vous organiser en conséquence et d'avertir à temps vos voisins de bureau.`,
      });
    const hour = (minutes: number) => clock(minutes).replace(/^0/, '0?').replace(':', '\\s?[:h.]\\s?');
    return {
      messages: frameMessages(scene, { request, data: facts, format }),
      reference: notice(from),
      nearMiss: notice(from + 15),
      checks: [
        has(datePattern(day, language)),
        has(`(?<!\\d)${hour(from)}(?!\\d)`),
        has(`(?<!\\d)${hour(to)}(?!\\d)`),
        has(wholeText(contact), { dimension: 'completeness' }),
        has(wholeText(reference), { dimension: 'completeness' }),
        has(wholeText(site), { dimension: 'completeness' }),
        hasNo(banned.map(wholeText).join('|'), { dimension: 'relevance' }),
        { kind: 'words', least, most, dimension: 'relevance' },
      ],
    };
  },
};

const bannedWords = (scene: Scene): string[] =>
  scene.sample(
    scene.language === 'fr'
      ? ['malheureusement', 'désolé', 'urgent', 'dérangement', 'obligatoire', 'impératif']
      : ['unfortunately', 'sorry', 'urgent', 'inconvenience', 'mandatory', 'kindly'],
    scene.byLevel(1, 2, 3),
  );
