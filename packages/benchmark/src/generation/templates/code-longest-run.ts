import { type CodeTask, codeTemplate } from '../code-template.ts';

/** The longest run of values at or above a limit; where it begins, at the hard level. */
export const codeLongestRun = codeTemplate('code-longest-run', (scene) => {
  const { amount } = scene.setting.code;
  const limit = scene.step(10, 60, 5);
  const isStrict = scene.level > 0 && scene.chance(0.5);
  const givesStart = scene.level === 2;
  const values = (size: number) => Array.from({ length: size }, () => limit + scene.pick([-8, -3, -1, 0, 1, 4, 11]));
  const bound = isStrict
    ? { en: 'strictly above', fr: 'strictement supérieures à' }
    : { en: 'at or above', fr: 'supérieures ou égales à' };
  const result = givesStart
    ? {
        en: 'Return [start, length] with the index at which it begins, the earliest one if several are equally long, and [-1, 0] if there is none.',
        fr: "Renvoyez [début, longueur] avec l'indice où elle commence, la première si plusieurs sont aussi longues, et [-1, 0] s'il n'y en a aucune.",
      }
    : { en: 'Return its length, 0 if there is none.', fr: "Renvoyez sa longueur, 0 s'il n'y en a aucune." };
  const operator = isStrict ? '>' : '>=';
  return {
    name: `longest_run_of_${amount}`,
    parameters: [amount],
    does: scene.say({
      en: `"${amount}" is a list of daily numbers. Find the longest run of consecutive days with numbers ${bound.en} ${limit}. ${result.en}`,
      fr: `« ${amount} » est une liste de nombres quotidiens. Trouvez la plus longue suite de jours consécutifs à valeurs ${bound.fr} ${limit}. ${result.fr}`,
    }),
    calls: [
      [[]],
      [[limit - 1]],
      [[limit]],
      [values(6)],
      [values(12)],
      [[...values(4), limit + 2, limit + 2, limit + 2, limit + 2, limit + 2]],
    ],
    solve(list) {
      let best = [-1, 0];
      let start = 0;
      for (const [index, value] of (list as number[]).entries()) {
        if (isStrict ? value <= limit : value < limit) start = index + 1;
        else if (index + 1 - start > (best[1] ?? 0)) best = [start, index + 1 - start];
      }
      return givesStart ? best : (best[1] ?? 0);
    },
    bodies: bodiesOf({ amount, operator, limit, givesStart }),
    mistake: {
      javascript: [`value ${operator} ${limit}`, `value ${isStrict ? '>=' : '>'} ${limit}`],
      python: [`value ${operator} ${limit}`, `value ${isStrict ? '>=' : '>'} ${limit}`],
    },
  };
});

const bodiesOf = ({
  amount,
  operator,
  limit,
  givesStart,
}: {
  amount: string;
  operator: string;
  limit: number;
  givesStart: boolean;
}): CodeTask['bodies'] => ({
  javascript: `  let best = [-1, 0];
  let length = 0;
  ${amount}.forEach((value, index) => {
    length = value ${operator} ${limit} ? length + 1 : 0;
    if (length > best[1]) best = [index - length + 1, length];
  });
  return ${givesStart ? 'best' : 'best[1]'};`,
  python: `    best = [-1, 0]
    length = 0
    for index, value in enumerate(${amount}):
        length = length + 1 if value ${operator} ${limit} else 0
        if length > best[1]:
            best = [index - length + 1, length]
    return ${givesStart ? 'best' : 'best[1]'}`,
});
