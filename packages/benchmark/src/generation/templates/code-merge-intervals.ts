import { type CodeTask, codeTemplate } from '../code-template.ts';

/** Overlapping spans merged; those close to one another too, and the time covered, as it gets harder. */
export const codeMergeIntervals = codeTemplate('code-merge-intervals', (scene) => {
  const { records } = scene.setting.code;
  const gap = scene.level === 0 ? 0 : scene.pick([5, 10, 15]);
  const sums = scene.level === 2;
  const spans = (size: number) =>
    Array.from({ length: size }, () => {
      const from = scene.int(0, 300);
      return [from, from + scene.int(1, 40)];
    });
  const touching =
    gap === 0
      ? {
          en: 'Spans that overlap or touch become one.',
          fr: 'Les plages qui se chevauchent ou se touchent n’en font plus qu’une.',
        }
      : {
          en: `Spans that overlap, touch or lie at most ${gap} minutes apart become one.`,
          fr: `Les plages qui se chevauchent, se touchent ou sont distantes d'au plus ${gap} minutes n'en font plus qu'une.`,
        };
  const result = sums
    ? { en: 'Return the total length of the merged spans.', fr: 'Renvoyez la durée totale des plages obtenues.' }
    : { en: 'Return the merged spans in order of their start.', fr: 'Renvoyez les plages obtenues, triées par début.' };
  return {
    name: sums ? `covered_minutes_of_${records}` : `merge_${records}`,
    parameters: ['spans'],
    does: scene.say({
      en: `"spans" lists when ${records} were being worked on, as [from, to] in minutes, in any order. ${touching.en} ${result.en} The list passed in stays unchanged.`,
      fr: `« spans » indique quand des ${records} étaient en cours, sous forme [début, fin] en minutes, sans ordre. ${touching.fr} ${result.fr} La liste reçue ne doit pas être modifiée.`,
    }),
    calls: [
      [[]],
      [[[5, 9]]],
      [
        [
          [10, 20],
          [20, 30],
        ],
      ],
      [
        [
          [0, 10],
          [10 + gap, 30],
          [31 + 2 * gap, 40 + 2 * gap],
        ],
      ],
      [
        [
          [0, 100],
          [10, 20],
          [50, 60],
        ],
      ],
      [spans(6)],
      [spans(12)],
    ],
    solve: (list) => merge(list as Span[], { gap, sums }),
    bodies: bodiesOf({ gap, sums }),
    mistake: { javascript: ['Math.max(last[1], to)', 'to'], python: ['max(merged[-1][1], end)', 'end'] },
  };
});

const bodiesOf = ({ gap, sums }: { gap: number; sums: boolean }): CodeTask['bodies'] => ({
  javascript: `  const merged = [];
  for (const [from, to] of [...spans].sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last && from <= last[1] + ${gap}) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return ${sums ? 'merged.reduce((sum, [from, to]) => sum + to - from, 0)' : 'merged'};`,
  python: `    merged = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1] + ${gap}:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([start, end])
    return ${sums ? 'sum(end - start for start, end in merged)' : 'merged'}`,
});

type Span = [from: number, to: number];

function merge(spans: readonly Span[], { gap, sums }: { gap: number; sums: boolean }): number | Span[] {
  const merged: Span[] = [];
  for (const [from, to] of spans.toSorted(([a], [b]) => a - b)) {
    const last = merged.at(-1);
    if (last !== undefined && from <= last[1] + gap) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return sums ? merged.reduce((sum, [from, to]) => sum + to - from, 0) : merged;
}
