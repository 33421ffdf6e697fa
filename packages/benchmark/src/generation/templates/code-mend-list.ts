import { type CodeTask, codeTemplate, type Json } from '../code-template.ts';
import type { Scene } from '../scene.ts';

/** A small function over a list with one planted bug: mend it. */
export const codeMendList = codeTemplate('code-mend-list', (scene) => {
  const { amount } = scene.setting.code;
  const values = (size: number) => Array.from({ length: size }, () => scene.int(1, 60));
  const calls: CodeTask['calls'] = [
    [[]],
    [[7]],
    [values(4)],
    [values(5)],
    [values(8)],
    [values(11)],
    [[9, 10, 100, 2, 30]],
  ];
  const draftTask = scene.pick(scene.byLevel([meanTask, countTask, jumpTask], [medianTask, changesTask], [movingTask]));
  const { extraCalls = [], ...task } = draftTask(scene, amount);
  return { ...task, parameters: [amount], calls: [...calls, ...extraCalls] };
});

type ListTask = Omit<CodeTask, 'parameters' | 'calls'> & { extraCalls?: CodeTask['calls'] };

/** Begins at the second value where it should at the first. */
function meanTask(scene: Scene, amount: string): ListTask {
  const body = (javascriptStart: string, pythonStart: string) => ({
    javascript: `  let sum = 0;
  for (let index = ${javascriptStart}; index < ${amount}.length; index += 1) sum += ${amount}[index];
  return ${amount}.length === 0 ? 0 : sum / ${amount}.length;`,
    python: `    total = 0
    for index in range(${pythonStart}len(${amount})):
        total += ${amount}[index]
    return total / len(${amount}) if ${amount} else 0`,
  });
  return {
    name: `mean_${amount}`,
    does: scene.say({
      en: `It should return the mean of the list "${amount}", and 0 for an empty list.`,
      fr: `Elle devrait renvoyer la moyenne de la liste « ${amount} », et 0 pour une liste vide.`,
    }),
    given: body('1', '1, '),
    solve: (list) => mean(numbersOf(list)),
    bodies: body('0', ''),
    mistake: { javascript: ['index = 0', 'index = 1'], python: ['range(len', 'range(1, len'] },
  };
}

/** Leaves out the limit itself. */
function countTask(scene: Scene, amount: string): ListTask {
  const limit = scene.int(5, 55);
  const body = (operator: string) => ({
    javascript: `  let count = 0;
  for (const value of ${amount}) {
    if (value ${operator} ${limit}) count += 1;
  }
  return count;`,
    python: `    count = 0
    for value in ${amount}:
        if value ${operator} ${limit}:
            count += 1
    return count`,
  });
  return {
    name: `count_${amount}_from_${limit}`,
    does: scene.say({
      en: `It should return how many values of the list "${amount}" are ${limit} or more.`,
      fr: `Elle devrait renvoyer combien de valeurs de la liste « ${amount} » sont égales ou supérieures à ${limit}.`,
    }),
    given: body('>'),
    // The limit itself must occur.
    extraCalls: [[[limit, limit - 1, limit + 1, limit]]],
    solve: (list) => numbersOf(list).filter((value) => value >= limit).length,
    bodies: body('>='),
    mistake: { javascript: ['>=', '>'], python: ['>=', '>'] },
  };
}

/** Counts only rises. */
function jumpTask(scene: Scene, amount: string): ListTask {
  const body = (javascriptStep: string, pythonStep: string) => ({
    javascript: `  let largest = 0;
  for (let index = 1; index < ${amount}.length; index += 1) {
    const step = ${javascriptStep};
    if (step > largest) largest = step;
  }
  return largest;`,
    python: `    largest = 0
    for before, after in zip(${amount}, ${amount}[1:]):
        step = ${pythonStep}
        if step > largest:
            largest = step
    return largest`,
  });
  const javascriptRise = `${amount}[index] - ${amount}[index - 1]`;
  return {
    name: `largest_jump_in_${amount}`,
    does: scene.say({
      en: `It should return the largest difference, up or down, between two neighbours in the list "${amount}", and 0 for fewer than two values.`,
      fr: `Elle devrait renvoyer le plus grand écart, en hausse ou en baisse, entre deux voisins de la liste « ${amount} », et 0 pour moins de deux valeurs.`,
    }),
    given: body(javascriptRise, 'after - before'),
    solve: (list) =>
      Math.max(
        0,
        ...numbersOf(list)
          .slice(1)
          .map((value, index) => Math.abs(value - (numbersOf(list)[index] ?? 0))),
      ),
    bodies: body(`Math.abs(${javascriptRise})`, 'abs(after - before)'),
    mistake: { javascript: ['Math.abs(', '('], python: ['abs(', '('] },
  };
}

/** Sorts numbers as texts. */
function medianTask(scene: Scene, amount: string): ListTask {
  const body = (javascriptOrder: string, pythonOrder: string) => ({
    javascript: `  if (${amount}.length === 0) return null;
  const sorted = [...${amount}].sort(${javascriptOrder});
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;`,
    python: `    if not ${amount}:
        return None
    ordered = sorted(${amount}${pythonOrder})
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 == 1 else (ordered[middle - 1] + ordered[middle]) / 2`,
  });
  return {
    name: `median_${amount}`,
    does: scene.say({
      en: `It should return the median of the list "${amount}" of numbers, and null (None) for an empty list.`,
      fr: `Elle devrait renvoyer la médiane de la liste de nombres « ${amount} », et null (None) pour une liste vide.`,
    }),
    given: body('', ', key=str'),
    solve: (list) => median(numbersOf(list)),
    bodies: body('(a, b) => a - b', ''),
    mistake: { javascript: ['(a, b) => a - b', ''], python: [`sorted(${amount})`, `sorted(${amount}, key=str)`] },
  };
}

/** Divides by the later of two neighbours. */
function changesTask(scene: Scene, amount: string): ListTask {
  const factor = scene.pick([1, 100]);
  const body = (javascriptBase: string, pythonBase: string) => ({
    javascript: `  return ${amount}.slice(1).map((value, index) => ((value - ${amount}[index]) / ${javascriptBase}) * ${factor});`,
    python: `    return [(after - before) / ${pythonBase} * ${factor} for before, after in zip(${amount}, ${amount}[1:])]`,
  });
  const unit =
    factor === 1
      ? { en: 'as fractions (0.5 for half as much again)', fr: 'en fractions (0.5 pour moitié plus)' }
      : { en: 'in percent', fr: 'en pourcentage' };
  return {
    name: `changes_of_${amount}`,
    does: scene.say({
      en: `It should return the change from each value of the list "${amount}" to the next, relative to the earlier one, ${unit.en}; values are positive.`,
      fr: `Elle devrait renvoyer la variation de chaque valeur de la liste « ${amount} » à la suivante, rapportée à la première des deux, ${unit.fr} ; les valeurs sont positives.`,
    }),
    given: body('value', 'after'),
    solve: (list) =>
      numbersOf(list)
        .slice(1)
        .map((value, index) => ((value - (numbersOf(list)[index] ?? 0)) / (numbersOf(list)[index] ?? 1)) * factor),
    bodies: body(`${amount}[index]`, 'before'),
    mistake: { javascript: [`/ ${amount}[index]`, '/ value'], python: ['/ before', '/ after'] },
  };
}

/** Leaves out the last window. */
function movingTask(scene: Scene, amount: string): ListTask {
  const width = scene.pick([3, 4, 5]);
  const body = (javascriptBound: string, pythonBound: string) => ({
    javascript: `  const means = [];
  for (let end = ${width}; end ${javascriptBound} ${amount}.length; end += 1) {
    means.push(${amount}.slice(end - ${width}, end).reduce((sum, value) => sum + value, 0) / ${width});
  }
  return means;`,
    python: `    means = []
    for end in range(${width}, len(${amount})${pythonBound}):
        means.append(sum(${amount}[end - ${width}:end]) / ${width})
    return means`,
  });
  return {
    name: `moving_mean_${amount}`,
    does: scene.say({
      en: `It should return the means of every ${width} neighbouring values of the list "${amount}", in order; an empty list when there are fewer than ${width}.`,
      fr: `Elle devrait renvoyer les moyennes de chaque groupe de ${width} valeurs voisines de la liste « ${amount} », dans l'ordre ; une liste vide s'il y en a moins de ${width}.`,
    }),
    given: body('<', ''),
    solve: (list) => {
      const values = numbersOf(list);
      return values.slice(width - 1).map((_, index) => mean(values.slice(index, index + width)));
    },
    bodies: body('<=', ' + 1'),
    mistake: { javascript: ['end <=', 'end <'], python: [' + 1)', ')'] },
  };
}

const numbersOf = (list: Json | undefined): number[] => list as number[];

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) return null;
  return sorted.length % 2 === 1 ? middle : ((sorted[sorted.length / 2 - 1] ?? 0) + middle) / 2;
}
