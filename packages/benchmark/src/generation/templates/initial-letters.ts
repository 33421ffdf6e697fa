import { has, wholeText } from '../answer-forms.ts';
import { at } from '../draw.ts';
import { frameMessages } from '../frame-messages.ts';
import type { Scene } from '../scene.ts';
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
    const starts = [...word].map((letter) => openingFor(scene, letter));
    const lines = starts.map((start, index) =>
      index === word.length - 1 ? `${start} ${closing}` : `${start} ${scene.say({ en: 'together', fr: 'ensemble' })}`,
    );
    const wrong = [at(lines, 1), at(lines, 0), ...lines.slice(2)];
    const lineOf = (letter: string) => `[${letter}${ACCENTED[letter] ?? ''}]\\S*(?:[ \\t]+\\S+){1,${most - 1}}[ \\t]*`;
    return {
      messages: frameMessages(scene, { request, format }),
      reference: lines.join('\n'),
      nearMiss: wrong.join('\n'),
      checks: [
        has(`^\\s*${[...word].map(lineOf).join('\\n\\s*')}\\s*$`),
        has(wholeText(closing), { part: 'last-line' }),
      ],
    };
  },
};

const WORDS = {
  en: ['CARE', 'GOAL', 'TEAM', 'PLAN', 'CLEAR', 'SMART', 'LEARN', 'TRUST', 'SIMPLE', 'GROWTH', 'RELIEF', 'ACTION'],
  fr: ['CLEF', 'PLAN', 'ELAN', 'AIDE', 'TEMPS', 'FORCE', 'COEUR', 'MERCI', 'ACTION', 'PROJET', 'PARTIR', 'ENTREE'],
} as const;

const ACCENTED: Readonly<Record<string, string>> = { A: 'ÀÂ', C: 'Ç', E: 'ÉÈÊ', I: 'Î', O: 'Ô', U: 'Ù' };

const OPENINGS = {
  en: {
    A: 'Always',
    C: 'Check',
    E: 'Every',
    F: 'Find',
    G: 'Go',
    H: 'Help',
    I: 'Improve',
    L: 'Look',
    M: 'Make',
    N: 'Now',
    O: 'Open',
    P: 'Plan',
    R: 'Read',
    S: 'Share',
    T: 'Think',
    U: 'Use',
    W: 'Work',
  },
  fr: {
    A: 'Avançons',
    C: 'Comptons',
    D: 'Donnons',
    E: 'Écoutons',
    F: 'Faisons',
    I: 'Inventons',
    J: 'Jouons',
    L: 'Lisons',
    M: 'Marchons',
    N: 'Notons',
    O: 'Osons',
    P: 'Partons',
    R: 'Restons',
    S: 'Suivons',
    T: 'Tenons',
    U: 'Unissons',
  },
} as const;

function openingFor(scene: Scene, letter: string): string {
  const openings: Readonly<Record<string, string>> = OPENINGS[scene.language];
  return openings[letter] ?? letter;
}
