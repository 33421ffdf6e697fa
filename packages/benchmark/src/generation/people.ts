import type { Draw } from './draw.ts';
import type { Language } from './language.ts';

const FIRST: Readonly<Record<Language, readonly string[]>> = {
  en: [
    'Amara',
    'Bridget',
    'Callum',
    'Dilys',
    'Ewan',
    'Farah',
    'Gareth',
    'Harriet',
    'Imran',
    'Joan',
    'Kwame',
    'Lorna',
    'Miles',
    'Nadia',
    'Owen',
    'Priya',
    'Rupert',
    'Siobhan',
    'Tariq',
    'Wendy',
  ],
  fr: [
    'Aïcha',
    'Baptiste',
    'Capucine',
    'Didier',
    'Élodie',
    'Farid',
    'Gaëlle',
    'Hugo',
    'Inès',
    'Jérôme',
    'Karima',
    'Léon',
    'Maëlle',
    'Noé',
    'Odile',
    'Pascal',
    'Romane',
    'Sylvain',
    'Thaïs',
    'Yann',
  ],
};
const LAST: Readonly<Record<Language, readonly string[]>> = {
  en: [
    'Ackroyd',
    'Barlow',
    'Chaudhry',
    'Dunmore',
    'Eastwood',
    'Farrell',
    'Grantham',
    'Hargreaves',
    'Idowu',
    'Jessop',
    'Kavanagh',
    'Lockwood',
    'Mensah',
    'Norris',
    'Okafor',
    'Pemberton',
    'Quigley',
    'Redfern',
    'Sutcliffe',
    'Tanner',
  ],
  fr: [
    'Abadie',
    'Bonnefoy',
    'Carlier',
    'Delcourt',
    'Escande',
    'Fontaine',
    'Guérin',
    'Haddad',
    'Izard',
    'Joubert',
    'Kerbrat',
    'Lemoine',
    'Mercadier',
    'Nivelle',
    'Olivier',
    'Pasquier',
    'Quentin',
    'Rigaud',
    'Sabatier',
    'Thibault',
  ],
};

export type Person = { first: string; last: string; name: string };

/** So many people who share neither first nor last name. */
export function drawPeople(draw: Draw, language: Language, size: number): Person[] {
  const lasts = draw.sample(LAST[language], size);
  return draw.sample(FIRST[language], size).map((first, index) => {
    const last = lasts[index] ?? '';
    return { first, last, name: `${first} ${last}` };
  });
}

/** A telephone number as the language writes it, of nobody. */
export const drawPhone = (draw: Draw, language: Language): string =>
  language === 'fr'
    ? `01 ${[1, 2, 3, 4].map(() => draw.int(10, 99)).join(' ')}`
    : `020 7${draw.int(100, 999)} ${draw.int(1_000, 9_999)}`;

/** A last name as mail addresses have it: lower case, without accents. */
export const mailName = ({ last }: Person): string =>
  last
    .normalize('NFD')
    .replace(/[^a-z]/gi, '')
    .toLowerCase();
