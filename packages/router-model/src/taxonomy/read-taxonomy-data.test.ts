import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DOMAINS, TASKS } from '@pointsman/contracts';
import { describe, expect, it } from 'vitest';
import { labelsOfBenchmark } from './benchmark-labels.ts';
import { UNKNOWN } from './labels.ts';
import { readTaxonomyData } from './read-taxonomy-data.ts';

describe('the shipped taxonomy data', () => {
  it('has six prompts for every domain and task, half of them French, no two alike', async () => {
    const { prompts } = await readTaxonomyData();
    for (const domain of DOMAINS)
      for (const task of TASKS) {
        const cell = prompts.filter((one) => one.domain === domain && one.task === task);
        expect(cell.map(({ language }) => language).sort()).toEqual(['en', 'en', 'en', 'fr', 'fr', 'fr']);
      }
    expect(prompts.filter(({ domain }) => domain === UNKNOWN).length).toBeGreaterThanOrEqual(60);
    expect(new Set(prompts.map(({ prompt }) => prompt.text.toLowerCase())).size).toBe(prompts.length);
  });

  it('has words for every domain and task, none under two labels', async () => {
    const { domainWords, taskWords } = await readTaxonomyData();
    expect(Object.keys(domainWords).sort()).toEqual([...DOMAINS].sort());
    expect(Object.keys(taskWords).sort()).toEqual([...TASKS].sort());
    for (const lexicon of [domainWords, taskWords]) {
      const labelled = Object.values(lexicon).flatMap((words) => [...new Set(words)]);
      expect(new Set(labelled).size).toBe(labelled.length);
    }
  });
});

describe('readTaxonomyData', () => {
  it('names file and line of a prompt with a label outside the lists', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'taxonomy-'));
    await writeFile(join(folder, 'a.jsonl'), '{"domain":"cooking","task":"answer","language":"en","text":"Why?"}\n');
    await expect(readTaxonomyData(folder)).rejects.toThrow(/a\.jsonl:1/);
    await rm(folder, { recursive: true });
  });
});

describe('labelsOfBenchmark', () => {
  it('knows exam subjects and leaves mixed bags alone', () => {
    expect(labelsOfBenchmark('mcq_professional_law')).toEqual({ domain: 'legal', task: 'answer' });
    expect(labelsOfBenchmark('math_gsm8k')).toEqual({ domain: 'education', task: 'reason' });
    expect(labelsOfBenchmark('chat_arena')).toBeUndefined();
    expect(labelsOfBenchmark(undefined)).toBeUndefined();
  });
});
