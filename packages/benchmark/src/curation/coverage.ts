import { type BenchmarkCase, DIFFICULTIES, DOMAINS, TASKS } from '@pointsman/contracts';
import { similarTexts } from './similar-texts.ts';
import { messagesText } from './text-overlap.ts';

export type Count = { value: string; cases: number };

export type Coverage = {
  cases: number;
  domains: Count[];
  tasks: Count[];
  /** Of each domain and task, those that have none too. */
  cells: { domain: string; task: string; cases: number }[];
  languages: Count[];
  difficulties: Count[];
  origins: Count[];
  withReference: number;
  withChecks: number;
  /** Ids of cases by which no reply can be told right: neither reference nor check. A judge alone scores them. */
  unanchored: string[];
  /** Written or imported cases that ask nearly the same; of generated ones a template asks the same with other values. */
  alike: { id: string; other: string; similarity: number }[];
};

/** Above this two questions differ in a word or two. */
const NEARLY_THE_SAME = 0.8;

/** What a benchmark covers, in numbers. */
export function coverage(cases: readonly BenchmarkCase[]): Coverage {
  return {
    cases: cases.length,
    domains: countBy(cases, DOMAINS, ({ domain }) => domain),
    tasks: countBy(cases, TASKS, ({ task }) => task),
    cells: DOMAINS.flatMap((domain) => {
      const own = cases.filter((one) => one.domain === domain);
      return TASKS.map((task) => ({ domain, task, cases: own.filter((one) => one.task === task).length }));
    }),
    languages: countBy(cases, distinct(cases.map(({ language }) => language)), ({ language }) => language),
    difficulties: countBy(cases, DIFFICULTIES, ({ difficulty }) => difficulty),
    origins: countBy(cases, distinct(cases.map(originOf)), originOf),
    withReference: cases.filter(({ reference }) => reference !== undefined).length,
    withChecks: cases.filter(({ checks }) => checks.length > 0).length,
    unanchored: cases.flatMap(({ id, reference, checks }) =>
      reference === undefined && checks.length === 0 ? [id] : [],
    ),
    alike: findAlike(cases.filter((one) => originOf(one) !== 'generated')),
  };
}

const originOf = ({ provenance }: BenchmarkCase): string => provenance.kind;
const distinct = (values: readonly string[]): string[] => [...new Set(values)].toSorted();

const countBy = (
  cases: readonly BenchmarkCase[],
  values: readonly string[],
  readValue: (one: BenchmarkCase) => string,
): Count[] => values.map((value) => ({ value, cases: cases.filter((one) => readValue(one) === value).length }));

function findAlike(cases: readonly BenchmarkCase[]): Coverage['alike'] {
  const seen = similarTexts();
  return cases.flatMap(({ id, messages }) => {
    const text = messagesText(messages);
    const nearest = seen.nearest(text);
    seen.add(id, text);
    if (nearest === undefined || nearest.similarity < NEARLY_THE_SAME) return [];
    return [{ id, other: nearest.id, similarity: nearest.similarity }];
  });
}
