import { type CodeTask, codeTemplate } from '../code-template.ts';

/** Durations as people note them, to minutes; ill-formed ones give null, and lists are summed at the hard level. */
export const codeParseDuration = codeTemplate('code-parse-duration', (scene) => {
  const dayHours = scene.pick([7, 8]);
  const hasDays = scene.level > 0;
  const isList = scene.level === 2;
  const { records } = scene.setting.code;
  const drawText = () => {
    const parts = [
      ...(hasDays && scene.chance(0.5) ? [`${scene.int(1, 4)}d`] : []),
      ...(scene.chance(0.7) ? [`${scene.int(1, 23)}h`] : []),
      `${scene.int(1, 59)}m`,
    ];
    return parts.join(' ');
  };
  const bad = ['', '5', 'h', '3m 2h', '1h 2h', 'one hour', '-5m', '2h30'];
  const texts = [drawText(), drawText(), drawText(), '2h', '45m', ...bad.slice(0, 6)];
  const minutesOf = (text: string): number | null => {
    const match = (hasDays ? /^(?:(\d+)d)? ?(?:(\d+)h)? ?(?:(\d+)m)?$/ : /^()(?:(\d+)h)? ?(?:(\d+)m)?$/).exec(text);
    if (match === null || text.trim() === '' || text !== text.trim()) return null;
    return Number(match[1] ?? 0) * dayHours * 60 + Number(match[2] ?? 0) * 60 + Number(match[3] ?? 0);
  };
  const units = hasDays
    ? {
        en: `days, hours and minutes, in this order, each at most once: "1d 2h 15m", "3h", "40m". A day counts ${dayHours} hours.`,
        fr: `jours, heures et minutes, dans cet ordre, chacun au plus une fois : "1d 2h 15m", "3h", "40m". Un jour compte ${dayHours} heures.`,
      }
    : {
        en: 'hours and minutes, in this order, each at most once: "2h 15m", "3h", "40m".',
        fr: 'heures et minutes, dans cet ordre, chacune au plus une fois : "2h 15m", "3h", "40m".',
      };
  const result = isList
    ? {
        en: 'It takes a list of such texts and returns the sum in minutes; texts of any other form are skipped.',
        fr: "Elle reçoit une liste de tels textes et renvoie la somme en minutes ; les textes d'une autre forme sont ignorés.",
      }
    : {
        en: 'It takes one text and returns the minutes as a number, or null (None) for a text of any other form, the empty one included.',
        fr: "Elle reçoit un texte et renvoie le nombre de minutes, ou null (None) pour un texte d'une autre forme, texte vide compris.",
      };
  const days = hasDays ? '(?:(\\d+)d)? ?' : '()';
  return {
    name: isList ? `total_minutes_of_${records}` : 'minutes_of',
    parameters: [isList ? 'texts' : 'text'],
    does: scene.say({
      en: `Our ${records} carry durations as whole numbers of ${units.en} One space separates the parts. ${result.en}`,
      fr: `Nos ${records} portent des durées en nombres entiers : ${units.fr} Une espace sépare les parties. ${result.fr}`,
    }),
    calls: isList ? [[[]], [texts], [texts.slice(0, 3)], [[...bad]]] : texts.map((text) => [text]),
    solve(input) {
      if (!isList) return minutesOf(String(input));
      return (input as string[]).reduce((sum, text) => sum + (minutesOf(text) ?? 0), 0);
    },
    bodies: bodiesOf({ days, dayHours, isList }),
    mistake: {
      javascript: ['Number(match[2] || 0) * 60', 'Number(match[2] || 0) * 100'],
      python: ['int(match.group(2) or 0) * 60', 'int(match.group(2) or 0) * 100'],
    },
  };
});

const bodiesOf = ({
  days,
  dayHours,
  isList,
}: {
  days: string;
  dayHours: number;
  isList: boolean;
}): CodeTask['bodies'] => ({
  javascript: `  const minutesOf = (one) => {
    const match = /^${days}(?:(\\d+)h)? ?(?:(\\d+)m)?$/.exec(one);
    if (match === null || one === '' || one !== one.trim()) return null;
    return Number(match[1] || 0) * ${dayHours * 60} + Number(match[2] || 0) * 60 + Number(match[3] || 0);
  };
  return ${isList ? 'texts.reduce((sum, one) => sum + (minutesOf(one) ?? 0), 0)' : 'minutesOf(text)'};`,
  python: `    import re

    def minutes_of_one(one):
        match = re.fullmatch(r"${days}(?:(\\d+)h)? ?(?:(\\d+)m)?", one)
        if match is None or one == "" or one != one.strip():
            return None
        return int(match.group(1) or 0) * ${dayHours * 60} + int(match.group(2) or 0) * 60 + int(match.group(3) or 0)

    return ${isList ? 'sum(minutes_of_one(one) or 0 for one in texts)' : 'minutes_of_one(text)'}`,
});
