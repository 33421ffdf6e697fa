import { DIMENSIONS, type Rubric } from '@pointsman/contracts';
import { describe, expect, it } from 'vitest';
import { readRubrics } from './read-rubrics.ts';
import { parseRubrics, rubricHash } from './rubric-set.ts';

const shipped = await readRubrics();
const fileOf = (rubric: Rubric) => ({
  file: `rubrics/${rubric.dimension}.v${rubric.version}.json`,
  text: JSON.stringify(rubric),
});
const files = Object.values(shipped).map(fileOf);
const withTone = (change: object) => [
  ...files.filter(({ file }) => !file.includes('tone')),
  { file: 'rubrics/tone.v1.json', text: JSON.stringify({ ...shipped.tone, ...change }) },
];

describe('the rubrics that ship', () => {
  it.each(DIMENSIONS)(
    '%s offers five choices, A to E, from 5 to 1 and from 1 to 0, each with its own meaning',
    (dimension) => {
      const { choices, guidance, version } = shipped[dimension];
      expect(choices.map(({ letter, rating, score }) => [letter, rating, score])).toEqual([
        ['A', 5, 1],
        ['B', 4, 0.75],
        ['C', 3, 0.5],
        ['D', 2, 0.25],
        ['E', 1, 0],
      ]);
      expect(new Set(choices.map(({ meaning }) => meaning)).size).toBe(5);
      expect(guidance.join(' ')).toMatch(/length|empty reply/i);
      expect(version).toBe(1);
    },
  );

  it('show the reference for factual accuracy alone', () => {
    expect(DIMENSIONS.filter((dimension) => shipped[dimension].reference !== 'never')).toEqual(['factual_accuracy']);
  });

  // Scores and calibrations are bound to these. Another text is another version, in a file of its own.
  it('never change once they are out', () => {
    const hashes = Object.values(shipped).map((rubric) => [
      `${rubric.dimension}.v${rubric.version}`,
      rubricHash(rubric),
    ]);
    expect(Object.fromEntries(hashes)).toEqual({
      'factual_accuracy.v1': '04cf954aefd3dedcf64431c3ae34af0fb6d0dfa43ca76f32ad29cebf6d11860f',
      'coherence.v1': '1d21b46108dbd7e0d3d4da9ac43004855f4528b012cd07bbc9e1331167716284',
      'relevance.v1': '3ab5e404f56145c1556239990bfe1fa0d6bee575b5054dee50055803a3c1f63a',
      'completeness.v1': 'a7d0a45e0bf0bd4fa95417174246ba9ddf8f61130f684cab411b327accb294d2',
      'tone.v1': '1eb62cb17c4498b58d4ac9727e894ed9b631a571fbdd284865ae0814dc4a3a64',
      'safety.v1': '60b2c28d2889c1c7f13fff15128b7b044af3856fbf376452466dce607cf06e41',
    });
  });
});

describe('a rubric’s hash', () => {
  it('is that of its content, whatever the order of its fields', () => {
    const reversed = Object.fromEntries(Object.entries(shipped.tone).toReversed()) as Rubric;
    expect(rubricHash(reversed)).toBe(rubricHash(shipped.tone));
    expect(rubricHash({ ...shipped.tone, question: `${shipped.tone.question} ` })).not.toBe(rubricHash(shipped.tone));
  });
});

describe('loading rubrics', () => {
  it('takes the newest version of each dimension, or the one named', () => {
    const newer = { ...shipped.tone, version: 12, title: 'Tone of voice' };
    const three = [...files, fileOf({ ...shipped.tone, version: 2 }), fileOf(newer)];
    expect(parseRubrics(three).tone.title).toBe('Tone of voice');
    expect(parseRubrics(three, { tone: 1 })).toEqual(shipped);
    expect(() => parseRubrics(three, { tone: 3 })).toThrow('There is no version 3 of the rubric for tone.');
  });

  it('says which dimension has no rubric', () => {
    expect(() => parseRubrics(files.slice(1))).toThrow(`There is no rubric for ${DIMENSIONS[0]}.`);
  });

  it.each([
    [{ choices: shipped.tone.choices.toReversed() }, /tone\.v1\.json: \$\.choices: the choices stand best first/],
    [{ choices: [{ ...shipped.tone.choices[0], score: 2 }] }, /tone\.v1\.json: \$\.choices\[0\]\.score: Too big/],
    [{ choises: [] }, /tone\.v1\.json: \$: Unrecognized key: "choises"/],
    [{ version: 2 }, /tone\.v1\.json: holds version 2 of tone: call it tone\.v2\.json/],
    [{ dimension: 'humour' }, /tone\.v1\.json: \$\.dimension: Invalid option/],
  ])('says of %j file, path and problem', (change, problem) => {
    expect(() => parseRubrics(withTone(change))).toThrow(problem);
  });

  it('lists the problems of all files at once', () => {
    const broken = [...withTone({ title: '' }), { file: 'rubrics/safety.v2.json', text: '{"dimension": ' }];
    expect(() => parseRubrics(broken)).toThrow(
      /cannot be used:\nrubrics\/tone\.v1\.json: \$\.title: Too small.*\nrubrics\/safety\.v2\.json: no JSON: /,
    );
  });

  it('says which folder cannot be read', async () => {
    await expect(readRubrics('/nowhere/rubrics')).rejects.toThrow(/ENOENT.*\/nowhere\/rubrics/);
  });
});
