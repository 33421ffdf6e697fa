import { DIMENSIONS, type Dimension, type Rubric, type Rubrics } from '@pointsman/contracts';
import { type PairPrompt, readJudgePrompts, readRubrics, rubricHash, type VerdictPrompt } from '@pointsman/judge';

/** Every version of every rubric that ships, and the words in which a judge is asked. */
export async function readRubricHistory(): Promise<Rubrics> {
  const [current, prompts] = await Promise.all([readRubrics(), readJudgePrompts()]);
  const older = await Promise.all(DIMENSIONS.map((dimension) => olderVersions(dimension, current[dimension].version)));
  const data = DIMENSIONS.flatMap((dimension, index) => [
    { rubric: current[dimension], hash: rubricHash(current[dimension]), current: true },
    ...(older[index] ?? []).map((rubric) => ({ rubric, hash: rubricHash(rubric), current: false })),
  ]);
  return { data, prompts: [shownPrompt(prompts.verdict), shownPrompt(prompts.pair)] };
}

/** Newest first. A version that was published stays: scores name it. */
function olderVersions(dimension: Dimension, newest: number): Promise<Rubric[]> {
  const versions = Array.from({ length: newest - 1 }, (_, index) => newest - 1 - index);
  return Promise.all(
    versions.map(async (version) => (await readRubrics(undefined, { [dimension]: version }))[dimension]),
  );
}

/** The parts of a prompt that are text to a model. */
function shownPrompt(prompt: VerdictPrompt | PairPrompt): Rubrics['prompts'][number] {
  const texts: [string, readonly string[]][] = [
    ['system', prompt.system],
    ...('rubric' in prompt ? [['rubric', prompt.rubric] as [string, string[]]] : []),
    ['user', prompt.user],
    ['reference', prompt.reference],
  ];
  return {
    name: prompt.name,
    version: prompt.version,
    parts: texts.map(([name, lines]) => ({ name, text: lines.join('\n') })),
  };
}
