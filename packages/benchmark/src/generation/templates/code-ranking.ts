import { type CodeTask, codeTemplate } from '../code-template.ts';
import { mailName } from '../people.ts';

/** Names ranked by a figure, ties with the same rank, the next one skipped or not as stated. */
export const codeRanking = codeTemplate('code-ranking', (scene) => {
  const { amount, groups } = scene.setting.code;
  const isDense = scene.chance(0.5);
  const most = scene.level === 0 ? undefined : scene.pick([3, 4, 5]);
  const isLowBest = scene.level === 2;
  const names = [...groups, ...scene.people(4).map(mailName)];
  const table = (size: number) =>
    Object.fromEntries(scene.sample(names, size).map((name) => [name, scene.step(10, 60, 10)]));
  const ties = isDense
    ? {
        en: 'Equal figures share a rank and the next rank follows without a gap (1, 2, 2, 3).',
        fr: 'À égalité, le rang est le même et le suivant vient sans saut (1, 2, 2, 3).',
      }
    : {
        en: 'Equal figures share a rank and the ranks after them are skipped (1, 2, 2, 4).',
        fr: 'À égalité, le rang est le même et les rangs suivants sont sautés (1, 2, 2, 4).',
      };
  const best = isLowBest ? { en: 'smallest', fr: 'petit' } : { en: 'largest', fr: 'grand' };
  const cut =
    most === undefined
      ? { en: '', fr: '' }
      : { en: ` Keep only ranks up to ${most}.`, fr: ` Ne gardez que les rangs jusqu'à ${most}.` };
  return {
    name: `rank_by_${amount}`,
    parameters: ['figures'],
    does: scene.say({
      en: `"figures" maps names to values (${amount}). It returns a list of [rank, name], the ${best.en} figure first (rank 1), names with equal figures in alphabetical order. ${ties.en}${cut.en}`,
      fr: `« figures » associe des noms à des valeurs (${amount}). Elle renvoie une liste de [rang, nom], le plus ${best.fr} chiffre d'abord (rang 1), les noms à égalité par ordre alphabétique. ${ties.fr}${cut.fr}`,
    }),
    calls: [
      [{}],
      [table(1)],
      [table(4)],
      [table(6)],
      [table(8)],
      [{ north: 20, east: 20, south: 20, west: 10, centre: 10 }],
    ],
    solve: (figures) => rank(figures as Record<string, number>, { isDense, isLowBest, most }),
    bodies: bodiesOf({ isDense, isLowBest, most }),
    mistake: {
      javascript: ['values.indexOf(value) + 1', 'values.indexOf(value)'],
      python: ['values.index(value) + 1', 'values.index(value)'],
    },
  };
});

type Ranking = { isDense: boolean; isLowBest: boolean; most: number | undefined };

function rank(
  figures: Readonly<Record<string, number>>,
  { isDense, isLowBest, most }: Ranking,
): (readonly [rank: number, name: string])[] {
  const entries = Object.entries(figures).toSorted(([a, x], [b, y]) => (isLowBest ? x - y : y - x) || (a < b ? -1 : 1));
  const values = entries.map(([, value]) => value);
  const distinct = [...new Set(values)];
  return entries
    .map(([name, value]) => [1 + (isDense ? distinct : values).indexOf(value), name] as const)
    .filter(([rank]) => rank <= (most ?? Number.POSITIVE_INFINITY));
}

const bodiesOf = ({ isDense, isLowBest, most }: Ranking): CodeTask['bodies'] => ({
  javascript: `  const entries = Object.entries(figures).sort((a, b) => ${isLowBest ? 'a[1] - b[1]' : 'b[1] - a[1]'} || (a[0] < b[0] ? -1 : 1));
  const values = ${isDense ? '[...new Set(entries.map((entry) => entry[1]))]' : 'entries.map((entry) => entry[1])'};
  return entries.map(([name, value]) => [values.indexOf(value) + 1, name])${most === undefined ? '' : `.filter(([rank]) => rank <= ${most})`};`,
  python: `    entries = sorted(figures.items(), key=lambda entry: (${isLowBest ? '' : '-'}entry[1], entry[0]))
    values = ${isDense ? 'list(dict.fromkeys(value for _, value in entries))' : '[value for _, value in entries]'}
    ranked = [[values.index(value) + 1, name] for name, value in entries]
    return ${most === undefined ? 'ranked' : `[pair for pair in ranked if pair[0] <= ${most}]`}`,
});
