import { type CodeTask, codeTemplate } from '../code-template.ts';
import { at } from '../draw.ts';
import type { Scene } from '../scene.ts';

/** How durations are noted: units from large to small with their minutes, and what stands between two of them. */
type Notation = { units: readonly (readonly [sign: string, minutes: number])[]; separator: string };

const SIGNS = [
  ['d', 'h', 'm'],
  ['day', 'hr', 'min'],
  ['D', 'H', 'M'],
  ['j', 'h', 'mn'],
] as const;

/** Durations as people note them, to minutes; ill-formed ones give null, and lists are summed at the hard level. */
export const codeParseDuration = codeTemplate('code-parse-duration', (scene) => {
  const notation = drawNotation(scene);
  const isList = scene.level === 2;
  const { records } = scene.setting.code;
  const { good, bad } = drawTexts(scene, notation);
  const result = isList
    ? {
        en: 'It takes a list of such texts and returns the sum in minutes; texts of any other form are skipped.',
        fr: "Elle reçoit une liste de tels textes et renvoie la somme en minutes ; les textes d'une autre forme sont ignorés.",
      }
    : {
        en: 'It takes one text and returns the minutes as a number, or null (None) for a text of any other form, the empty one included.',
        fr: "Elle reçoit un texte et renvoie le nombre de minutes, ou null (None) pour un texte d'une autre forme, texte vide compris.",
      };
  const lengths = notation.units.map(([sign, minutes]) => `1${sign} = ${minutes} min`).join(', ');
  const examples = good
    .slice(0, 3)
    .map((text) => `"${text}"`)
    .join(', ');
  return {
    name: isList ? `total_minutes_of_${records}` : `${records}_minutes`,
    parameters: [isList ? 'texts' : 'text'],
    does: scene.say({
      en: `Our ${records} carry durations such as ${examples}: whole numbers with their unit (${lengths}), the larger unit first, each at most once, separated by exactly "${notation.separator}". ${result.en}`,
      fr: `Nos ${records} portent des durées comme ${examples} : des nombres entiers avec leur unité (${lengths}), la plus grande d'abord, chacune au plus une fois, séparés par exactement "${notation.separator}". ${result.fr}`,
    }),
    calls: isList ? [[[]], [[...good, ...bad]], [good], [bad]] : [...good, ...bad].map((text) => [text]),
    solve(input) {
      if (!isList) return minutesOf(String(input), notation);
      return (input as string[]).reduce((sum, text) => sum + (minutesOf(text, notation) ?? 0), 0);
    },
    bodies: bodiesOf(notation, isList),
    mistake: { javascript: ['<= last', '< last'], python: ['<= last', '< last'] },
  };
});

function drawNotation(scene: Scene): Notation {
  const [day, hour, minute] = scene.pick(SIGNS);
  const units = [[day, scene.pick([7, 8]) * 60] as const, [hour, 60] as const, [minute, 1] as const];
  return { units: scene.level === 0 ? units.slice(1) : units, separator: scene.pick([' ', ', ', '+', '/', ' - ']) };
}

function drawTexts(scene: Scene, { units, separator }: Notation): { good: string[]; bad: string[] } {
  const [small = ''] = units.at(-1) ?? [];
  const [large] = at(units, 0);
  const draw = () =>
    [
      ...units
        .slice(0, -1)
        .filter(() => scene.chance(0.7))
        .map(([sign]) => `${scene.int(1, 9)}${sign}`),
      `${scene.int(1, 59)}${small}`,
    ].join(separator);
  const good = [
    units.map(([sign]) => `${scene.int(1, 6)}${sign}`).join(separator),
    `${scene.int(2, 9)}${large}`,
    draw(),
    draw(),
    `45${small}`,
  ];
  const bad = [
    '',
    '5',
    large,
    `3${small}${separator}2${large}`,
    `1${large}${separator}2${large}`,
    `-5${small}`,
    ` 5${small}`,
    `2${large}${separator}`,
    `2${large}30`,
  ];
  return { good, bad };
}

function minutesOf(text: string, { units, separator }: Notation): number | null {
  let total = 0;
  let last = -1;
  for (const part of text.split(separator)) {
    const place = units.findIndex(([sign]) => part.endsWith(sign) && /^\d+$/.test(part.slice(0, -sign.length)));
    if (place <= last) return null;
    last = place;
    const [sign, minutes] = at(units, place);
    total += Number(part.slice(0, -sign.length)) * minutes;
  }
  return total;
}

function bodiesOf({ units, separator }: Notation, isList: boolean): CodeTask['bodies'] {
  const signs = units.map(([sign]) => sign);
  const minutes = units.map(([, length]) => length).join(', ');
  return {
    javascript: `  const minutesOf = (one) => {
    const signs = ${JSON.stringify(signs)};
    const lengths = [${minutes}];
    let total = 0;
    let last = -1;
    for (const part of one.split('${separator}')) {
      const match = /^(\\d+)(${signs.join('|')})$/.exec(part);
      if (match === null || signs.indexOf(match[2]) <= last) return null;
      last = signs.indexOf(match[2]);
      total += Number(match[1]) * lengths[last];
    }
    return total;
  };
  return ${isList ? 'texts.reduce((sum, one) => sum + (minutesOf(one) ?? 0), 0)' : 'minutesOf(text)'};`,
    python: `    import re

    signs = ${JSON.stringify(signs)}
    lengths = [${minutes}]

    def minutes_of(one):
        total = 0
        last = -1
        for part in one.split("${separator}"):
            match = re.fullmatch(r"([0-9]+)(${signs.join('|')})", part)
            if match is None or signs.index(match.group(2)) <= last:
                return None
            last = signs.index(match.group(2))
            total += int(match.group(1)) * lengths[last]
        return total

    return ${isList ? 'sum(minutes_of(one) or 0 for one in texts)' : 'minutes_of(text)'}`,
  };
}
