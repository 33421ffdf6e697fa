import {
  type BenchmarkCase,
  benchmarkCaseSchema,
  DIFFICULTIES,
  type Difficulty,
  DOMAINS,
  type Domain,
} from '@pointsman/contracts';
import { seededRandom } from '@pointsman/statistics';
import { at } from './draw.ts';
import { LANGUAGES, type Language } from './language.ts';
import { type Level, openScene } from './scene.ts';
import { SETTINGS } from './settings.ts';
import type { CaseDraft, Template } from './template.ts';
import { TEMPLATES } from './templates.ts';

/** What a seed stands for besides chance. `replicate` counts the cases that agree in all else. */
export type SeedParts = { domain: Domain; language: Language; difficulty: Difficulty; replicate: number };

const BY_NAME: ReadonlyMap<string, Template> = new Map(TEMPLATES.map((template) => [template.name, template]));

/** The seed of a case: domain, difficulty and language are read from it, so that template and seed alone give the case. */
export const seedOf = ({ domain, language, difficulty, replicate }: SeedParts): number =>
  ((replicate * DOMAINS.length + DOMAINS.indexOf(domain)) * DIFFICULTIES.length + DIFFICULTIES.indexOf(difficulty)) *
    LANGUAGES.length +
  LANGUAGES.indexOf(language);

/** What `seedOf` put into a seed. */
export function partsOfSeed(seed: number): SeedParts {
  const level = Math.floor(seed / LANGUAGES.length);
  const domain = Math.floor(level / DIFFICULTIES.length);
  return {
    language: at(LANGUAGES, seed % LANGUAGES.length),
    difficulty: at(DIFFICULTIES, level % DIFFICULTIES.length),
    domain: at(DOMAINS, domain % DOMAINS.length),
    replicate: Math.floor(domain / DOMAINS.length),
  };
}

/**
 * The case that a template makes of a seed, any whole number from 0: the same on every machine, byte for byte.
 * @throws {Error} when there is no template of that name, or the seed is no such number.
 */
export const caseFromTemplate = (templateName: string, seed: number): BenchmarkCase =>
  caseAndNearMiss(templateName, seed).case;

/** The case, and a wrong reply to it that its checks refuse. */
export function caseAndNearMiss(templateName: string, seed: number): { case: BenchmarkCase; nearMiss: string } {
  const template = BY_NAME.get(templateName);
  if (template === undefined) throw new Error(`there is no template '${templateName}'`);
  if (!Number.isSafeInteger(seed) || seed < 0) throw new Error(`a seed is a whole number from 0, not ${seed}`);
  const { nearMiss, ...draft } = draftCase(template, seed);
  const { domain, language, difficulty } = partsOfSeed(seed);
  const made = benchmarkCaseSchema.parse({
    id: `gen-${templateName}-${seed}`,
    ...draft,
    domain,
    task: template.task,
    language,
    difficulty,
    provenance: { kind: 'generated', template: templateName, seed },
    licence: 'Apache-2.0',
  });
  return { case: made, nearMiss };
}

function draftCase(template: Template, seed: number): CaseDraft {
  const { domain, language, difficulty } = partsOfSeed(seed);
  const level = DIFFICULTIES.indexOf(difficulty) as Level;
  const random = seededRandom(`${template.name}:${seed}`);
  return template.draft(openScene({ setting: SETTINGS[domain], language, level, random }));
}
