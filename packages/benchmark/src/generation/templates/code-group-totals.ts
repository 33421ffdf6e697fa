import { type CodeTask, codeTemplate, type Json } from '../code-template.ts';
import { at } from '../draw.ts';

/** Records added up by group, above a threshold, and ranked at the hard level. */
export const codeGroupTotals = codeTemplate('code-group-totals', (scene) => {
  const { records, group, amount, groups } = scene.setting.code;
  const least = scene.level === 0 ? 0 : scene.step(5, 40, 5);
  const isRanked = scene.level === 2;
  const drawRecords = (size: number) =>
    Array.from({ length: size }, () => ({ [group]: scene.pick(groups), [amount]: scene.step(0, 90, 5) }));
  const only =
    least === 0
      ? { en: '', fr: '' }
      : {
          en: ` Records with ${amount} below ${least} are left out.`,
          fr: ` Les enregistrements dont ${amount} est inférieur à ${least} sont ignorés.`,
        };
  const result = isRanked
    ? {
        en: `Return a list of [${group}, total] pairs, the largest total first, groups with equal totals in alphabetical order.`,
        fr: `Renvoyez une liste de paires [${group}, total], du plus grand total au plus petit, les groupes à égalité par ordre alphabétique.`,
      }
    : {
        en: `Return an object (dictionary) from ${group} to the sum of ${amount}.`,
        fr: `Renvoyez un objet (dictionnaire) de ${group} vers la somme de ${amount}.`,
      };
  return {
    name: `total_${amount}_by_${group}`,
    parameters: [records],
    does: scene.say({
      en: `"${records}" is a list of records such as {"${group}": "${at(groups, 0)}", "${amount}": 15}.${only.en} ${result.en}`,
      fr: `« ${records} » est une liste d'enregistrements comme {"${group}": "${at(groups, 0)}", "${amount}": 15}.${only.fr} ${result.fr}`,
    }),
    calls: [
      [[]],
      [drawRecords(3)],
      [drawRecords(8)],
      [drawRecords(15)],
      [
        [
          { [group]: at(groups, 1), [amount]: least },
          { [group]: at(groups, 2), [amount]: Math.max(0, least - 1) },
        ],
      ],
    ],
    solve(list) {
      const totals = new Map<string, number>();
      for (const one of list as Record<string, Json>[]) {
        const value = Number(one[amount]);
        if (value >= least) totals.set(String(one[group]), (totals.get(String(one[group])) ?? 0) + value);
      }
      if (!isRanked) return Object.fromEntries(totals);
      return [...totals].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
    },
    bodies: bodiesOf({ records, group, amount, least, isRanked }),
    mistake: { javascript: [`+ one.${amount};`, '+ 1;'], python: [`+ one["${amount}"]`, '+ 1'] },
  };
});

const bodiesOf = ({
  records,
  group,
  amount,
  least,
  isRanked,
}: {
  records: string;
  group: string;
  amount: string;
  least: number;
  isRanked: boolean;
}): CodeTask['bodies'] => ({
  javascript: `  const totals = {};
  for (const one of ${records}) {
    if (one.${amount} < ${least}) continue;
    totals[one.${group}] = (totals[one.${group}] ?? 0) + one.${amount};
  }
  return ${isRanked ? 'Object.entries(totals).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))' : 'totals'};`,
  python: `    totals = {}
    for one in ${records}:
        if one["${amount}"] < ${least}:
            continue
        totals[one["${group}"]] = totals.get(one["${group}"], 0) + one["${amount}"]
    return ${isRanked ? 'sorted(([name, total] for name, total in totals.items()), key=lambda pair: (-pair[1], pair[0]))' : 'totals'}`,
});
