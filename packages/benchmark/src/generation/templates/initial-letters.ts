import { has, wholeText } from '../answer-forms.ts';
import { at } from '../draw.ts';
import { frameMessages } from '../frame-messages.ts';
import type { Language } from '../language.ts';
import type { Template } from '../template.ts';

/** Lines whose first letters spell a word, of limited length, with a given word in the last one. */
export const initialLetters: Template = {
  name: 'initial-letters',
  task: 'write',
  draft(scene) {
    const word = scene.pick(WORDS[scene.language].filter(({ length }) => length === scene.byLevel(4, 5, 6)));
    const closing = scene.noun(at(scene.setting.articles, scene.int(0, 5))).one;
    const most = scene.pick([7, 8, 9]);
    const topic = scene.pair(scene.pick(scene.setting.steps));
    const request = scene.say({
      en: [
        `Write ${word.length} lines for a poster of ${scene.organisation} about: ${topic}. The first letters of the lines spell ${word}; each line has from 2 to ${most} words; the last line contains the words "${closing}".`,
        `For our notice board (topic: ${topic}) I need an acrostic on ${word}: ${word.length} lines, one per letter, 2 to ${most} words each, with "${closing}" in the last line.`,
      ],
      fr: [
        `Écrivez ${word.length} lignes pour une affiche (${scene.organisation}) sur le thème : ${topic}. Les premières lettres des lignes forment ${word} ; chaque ligne compte de 2 à ${most} mots ; la dernière contient « ${closing} ».`,
        `Pour notre tableau d'affichage (thème : ${topic}), il me faut un acrostiche sur ${word} : ${word.length} lignes, une par lettre, 2 à ${most} mots chacune, avec « ${closing} » dans la dernière.`,
      ],
    });
    const format = scene.say({
      en: [
        'Only the lines, no title and no marks before them.',
        'Nothing but the lines, without bullets, bold letters or blank lines.',
      ],
      fr: [
        'Seulement les lignes, sans titre ni signe devant.',
        'Rien que les lignes, sans puces, ni gras, ni lignes vides.',
      ],
    });
    const letters = [...word];
    const lines = letters.map((letter, index) =>
      index === word.length - 1
        ? `${LAST_LINES[scene.language][letter]} ${closing}`
        : scene.pick(LINES[scene.language][letter] ?? []),
    );
    const wrong = [at(lines, 1), at(lines, 0), ...lines.slice(2)];
    // Marks that stand alone, as before French colons, are no words.
    const further = '(?:[ \\t]+[^\\p{L}\\p{N}\\s]+)*[ \\t]+\\S*[\\p{L}\\p{N}]\\S*';
    const lineOf = (letter: string) =>
      `[${letter}${ACCENTED[letter] ?? ''}]\\S*(?:${further}){1,${most - 1}}[ \\t]*[.!]?`;
    return {
      messages: frameMessages(scene, { request, format }),
      reference: lines.join('\n'),
      nearMiss: wrong.join('\n'),
      checks: [has(`^\\s*${letters.map(lineOf).join('\\n\\s*')}\\s*$`), has(wholeText(closing), { part: 'last-line' })],
    };
  },
};

const WORDS = {
  en: ['CARE', 'GOAL', 'TEAM', 'PLAN', 'CLEAR', 'SMART', 'LEARN', 'TRUST', 'SIMPLE', 'GROWTH', 'RELIEF', 'ACTION'],
  fr: ['CLEF', 'PLAN', 'ELAN', 'AIDE', 'TEMPS', 'FORCE', 'COEUR', 'MERCI', 'ACTION', 'PROJET', 'PARTIR', 'ENTREE'],
} as const;

const ACCENTED: Readonly<Record<string, string>> = { A: 'ÀÂ', C: 'Ç', E: 'ÉÈÊ', I: 'Î', O: 'Ô', U: 'Ù' };

const LINES: Readonly<Record<Language, Readonly<Record<string, readonly string[]>>>> = {
  en: {
    A: ['Ask before you begin', 'Agree on one plan'],
    C: ['Check every detail', 'Call if in doubt'],
    E: ['Every voice counts', 'Enjoy the small wins'],
    G: ['Give clear answers', 'Go step by step'],
    H: ['Help one another'],
    I: ['Improve one thing a day', 'Invite new ideas'],
    L: ['Learn from each mistake', 'Look twice'],
    M: ['Make room for questions'],
    O: ['Offer a helping hand', 'Open the door'],
    P: ['Prepare the day before', 'Put it in writing'],
    R: ['Read it once more', 'Rest when you must'],
    S: ['Share what you know', 'Say thank you'],
    T: ['Take your time', 'Think ahead'],
    U: ['Use plain words'],
    W: ['Write it down'],
  },
  fr: {
    A: ['Anticipons chaque étape', "Allons à l'essentiel"],
    C: ['Comptons sur chacun', 'Communiquons sans attendre'],
    D: ['Demandons avant de commencer'],
    E: ['Écoutons tout le monde', 'Expliquons nos choix'],
    F: ['Faisons simple', 'Fêtons les petites victoires'],
    I: ['Innovons un peu chaque jour', 'Invitons les idées neuves'],
    J: ['Jouons collectif'],
    L: ["Lisons jusqu'au bout", 'Laissons une trace écrite'],
    M: ['Merci de prévenir à temps', 'Montrons le bon exemple'],
    N: ['Notons ce qui manque'],
    O: ['Osons poser des questions', 'Ouvrons la porte'],
    P: ['Préparons la veille', 'Partageons nos astuces'],
    R: ['Relisons une dernière fois', 'Respectons nos délais'],
    T: ['Tenons parole', 'Travaillons ensemble'],
    U: ['Utilisons des mots simples'],
  },
};

const LAST_LINES: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: {
    E: 'Enjoy the',
    F: 'Finally, the',
    H: 'Hand over the',
    L: 'Look for the',
    M: 'Mind the',
    N: 'Now see the',
    R: 'Remember the',
    T: 'Try the',
  },
  fr: {
    E: 'Essayez :',
    F: 'Finalement :',
    I: 'Important :',
    N: 'Nouveau :',
    R: 'Rappel :',
    S: 'Sans oublier :',
    T: 'Tout compris :',
  },
};
