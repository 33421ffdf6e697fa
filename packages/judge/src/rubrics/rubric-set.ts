import { basename } from 'node:path';
import { type Dimension, type Rubric, rubricSchema } from '@pointsman/contracts';
import { byDimension } from './by-dimension.ts';
import { contentHash } from './content-hash.ts';
import { type DataFile, type ParsedData, parseDataFile } from './data-file.ts';

/** The rubric by which each dimension is judged. */
export type RubricSet = Readonly<Record<Dimension, Rubric>>;

/** SHA-256, hex: two rubrics with one hash ask the same and offer the same choices. */
export function rubricHash(rubric: Rubric): string {
  return contentHash(rubric);
}

/**
 * The rubrics in files named `<dimension>.v<version>.json`: the newest version of each dimension, unless `versions`
 * names another.
 *
 * @throws Error listing every problem of every file, or naming the dimension or version that none of them has.
 */
export function parseRubrics(
  files: readonly DataFile[],
  versions: Readonly<Partial<Record<Dimension, number>>> = {},
): RubricSet {
  const parsed = files.map(parseRubric);
  const problems = parsed.flatMap((each) => ('problems' in each ? each.problems : []));
  if (problems.length > 0) throw new Error(`These rubrics cannot be used:\n${problems.join('\n')}`);
  const rubrics = parsed.flatMap((each) => ('data' in each ? [each.data] : []));
  return byDimension((dimension) => pickRubric(rubrics, dimension, versions[dimension]));
}

function parseRubric(dataFile: DataFile): ParsedData<Rubric> {
  const parsed = parseDataFile(rubricSchema, dataFile);
  if ('problems' in parsed) return parsed;
  const { dimension, version } = parsed.data;
  const name = `${dimension}.v${version}.json`;
  if (basename(dataFile.file) === name) return parsed;
  return { problems: [`${dataFile.file}: holds version ${version} of ${dimension}: call it ${name}`] };
}

function pickRubric(rubrics: readonly Rubric[], dimension: Dimension, version: number | undefined): Rubric {
  const ofDimension = rubrics.filter((rubric) => rubric.dimension === dimension);
  const wanted = version ?? Math.max(...ofDimension.map((rubric) => rubric.version));
  const picked = ofDimension.find((rubric) => rubric.version === wanted);
  if (picked !== undefined) return picked;
  throw new Error(`There is no ${version === undefined ? '' : `version ${version} of the `}rubric for ${dimension}.`);
}
