import { codeTemplate } from '../code-template.ts';

/** A moving average, a median or a trimmed mean with one planted bug: mend it. */
export const codeMendAverage = codeTemplate('code-mend-average', (scene) => {
  const { amount } = scene.setting.code;
  const width = scene.pick([3, 4, 5]);
  const values = (size: number) => Array.from({ length: size }, () => scene.int(1, 60));
  const calls = [[[]], [[7]], [values(4)], [values(5)], [values(8)], [values(11)]];

  if (scene.level === 0) {
    const body = (javascriptStart: string, pythonStart: string) => ({
      javascript: `  let sum = 0;\n  for (let index = ${javascriptStart}; index < ${amount}.length; index += 1) sum += ${amount}[index];\n  return ${amount}.length === 0 ? 0 : sum / ${amount}.length;`,
      python: `    total = 0\n    for index in range(${pythonStart}len(${amount})):\n        total += ${amount}[index]\n    return total / len(${amount}) if ${amount} else 0`,
    });
    return {
      name: `mean_${amount}`,
      parameters: [amount],
      does: scene.say({
        en: `It should return the mean of the list "${amount}", and 0 for an empty list.`,
        fr: `Elle devrait renvoyer la moyenne de la liste « ${amount} », et 0 pour une liste vide.`,
      }),
      given: body('1', '1, '),
      calls,
      solve: (list) => mean(list as number[]),
      bodies: body('0', ''),
      mistake: { javascript: ['index = 0', 'index = 1'], python: ['range(len', 'range(1, len'] },
    };
  }
  const isMedian = scene.level === 1;
  const median = (order: readonly [javascript: string, python: string]) => ({
    javascript: `  if (${amount}.length === 0) return null;\n  const sorted = [...${amount}].sort(${order[0]});\n  const middle = Math.floor(sorted.length / 2);\n  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;`,
    python: `    if not ${amount}:\n        return None\n    ordered = sorted(${amount}${order[1]})\n    middle = len(ordered) // 2\n    return ordered[middle] if len(ordered) % 2 == 1 else (ordered[middle - 1] + ordered[middle]) / 2`,
  });
  const moving = (bound: readonly [javascript: string, python: string]) => ({
    javascript: `  const means = [];\n  for (let end = ${width}; end ${bound[0]} ${amount}.length; end += 1) {\n    means.push(${amount}.slice(end - ${width}, end).reduce((sum, value) => sum + value, 0) / ${width});\n  }\n  return means;`,
    python: `    means = []\n    for end in range(${width}, len(${amount})${bound[1]}):\n        means.append(sum(${amount}[end - ${width}:end]) / ${width})\n    return means`,
  });
  return isMedian
    ? {
        name: `median_${amount}`,
        parameters: [amount],
        does: scene.say({
          en: `It should return the median of the list "${amount}" of numbers, and null (None) for an empty list.`,
          fr: `Elle devrait renvoyer la médiane de la liste de nombres « ${amount} », et null (None) pour une liste vide.`,
        }),
        given: median(['', ', key=str']),
        calls: [...calls, [[9, 10, 100, 2, 30]], [[1, 20, 3, 100]]],
        solve: (list) => medianOf(list as number[]),
        bodies: median(['(a, b) => a - b', '']),
        mistake: { javascript: ['(a, b) => a - b', ''], python: [`sorted(${amount})`, `sorted(${amount}, key=str)`] },
      }
    : {
        name: `moving_mean_${amount}`,
        parameters: [amount],
        does: scene.say({
          en: `It should return the means of every ${width} neighbouring values of the list "${amount}", in order; an empty list when there are fewer than ${width}.`,
          fr: `Elle devrait renvoyer les moyennes de chaque groupe de ${width} valeurs voisines de la liste « ${amount} », dans l'ordre ; une liste vide s'il y en a moins de ${width}.`,
        }),
        given: moving(['<', '']),
        calls,
        solve: (list) =>
          (list as number[]).slice(width - 1).map((_, index) => mean((list as number[]).slice(index, index + width))),
        bodies: moving(['<=', ' + 1']),
        mistake: { javascript: ['end <=', 'end <'], python: [' + 1)', ')'] },
      };
});

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

function medianOf(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) return null;
  return sorted.length % 2 === 1 ? middle : ((sorted[sorted.length / 2 - 1] ?? 0) + middle) / 2;
}
