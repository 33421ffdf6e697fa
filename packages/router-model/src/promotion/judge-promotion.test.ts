import { describe, expect, it } from 'vitest';
import type { EvaluationTable } from '../evaluation/evaluation-table.ts';
import type { Measured } from '../evaluation/measured.ts';
import { SERVING_MODES, type ServingMode } from '../serving/serving-mode.ts';
import { judgePromotion } from './judge-promotion.ts';

const around = (value: number, margin = 0.01): Measured => ({ value, low: value - margin, high: value + margin });
const TOO_FEW: Measured = { tooFew: true };
const losses = { logLoss: around(0.5), brier: around(0.2), auc: around(0.7) };
const differences = { logLoss: around(-0.05), brier: around(-0.05) };

type Facts = {
  version: string;
  hash: string;
  learned: Measured;
  kindAverages: Measured;
  learnedVersusKinds: Measured;
  coverage: Measured;
  worstDomain: Measured;
  calibrationError: Measured;
  versusRidge: Measured;
  versusDomain: Measured;
  /** Mean log loss in the 25 blocks. */
  loss: number;
  models: string[];
};
const GOOD: Facts = {
  version: 'aaaaaaaaaaaa',
  hash: 'rows',
  learned: around(0.03),
  kindAverages: around(0.02),
  learnedVersusKinds: around(0.005),
  coverage: around(0.9),
  worstDomain: around(0.85, 0.06),
  calibrationError: around(0.02),
  versusRidge: around(-0.05),
  versusDomain: around(0, 0.02),
  loss: 0.5,
  models: ['large', 'small'],
};

/** A report on 500 requests in one dimension. */
function report(change: Partial<Facts> = {}): EvaluationTable {
  const facts = { ...GOOD, ...change };
  return {
    format: 2,
    version: facts.version,
    requests: 500,
    data: { hash: facts.hash, leftOut: { learned: 0, duplicates: 0 } },
    slices: [
      {
        dimension: 'factual_accuracy',
        source: 'all',
        requests: 500,
        scores: 1_000,
        router: { ...losses, calibrationError: facts.calibrationError },
        kindAverages: losses,
        domainAverage: losses,
        hashedRidge: losses,
        globalAverage: losses,
        versusKinds: differences,
        versusDomain: { ...differences, logLoss: facts.versusDomain },
        versusRidge: { ...differences, logLoss: facts.versusRidge },
        versusGlobal: differences,
      },
    ],
    coverage: SERVING_MODES.map((mode) => ({
      mode,
      dimension: 'factual_accuracy',
      nominal: 0.9,
      requests: 500,
      overall: facts.coverage,
      worstDomain: { domain: 'law', requests: 40, coverage: facts.worstDomain },
      domains: 9,
      groups: { count: 18, covered: around(0.95) },
    })),
    pairs: [],
    savings: [],
    choices: [
      {
        source: 'all',
        models: 2,
        requests: 500,
        learned: { quality: facts.learned },
        kindAverages: { quality: facts.kindAverages },
        learnedVersusKinds: facts.learnedVersusKinds,
      },
    ],
    blocks: facts.models.map((model) => ({
      model,
      scores: Array.from({ length: 25 }, () => 20),
      losses: lossesByMode(
        (mode, block) => 20 * (facts.loss + (mode === 'learned' ? 0 : 0.1) + 0.05 * Math.sin(block)),
      ),
    })),
  };
}

function lossesByMode(loss: (mode: ServingMode, block: number) => number): Record<ServingMode, number[]> {
  const blocks = (mode: ServingMode) => Array.from({ length: 25 }, (_, block) => loss(mode, block));
  return { learned: blocks('learned'), 'kind-averages': blocks('kind-averages'), blind: blocks('blind') };
}

describe('invariant 11: promotion is a pure function of a stored report', () => {
  it('gives the same answer run again, and after the report went through a file', () => {
    const [candidate, current] = [report(), report({ version: 'bbbbbbbbbbbb', loss: 0.52 })];
    const verdict = judgePromotion(candidate, current);
    expect(judgePromotion(candidate, current)).toEqual(verdict);
    const stored = JSON.parse(JSON.stringify([candidate, current])) as [EvaluationTable, EvaluationTable];
    expect(judgePromotion(...stored)).toEqual(verdict);
    expect(candidate).toEqual(report());
  });
});

describe('judgePromotion', () => {
  it('promotes what is calibrated, beats the ridge and is better than what is in use, and says so', () => {
    const verdict = judgePromotion(report(), report({ version: 'bbbbbbbbbbbb', loss: 0.52 }));
    expect(verdict).toMatchObject({ kind: 'promote', mode: 'learned' });
    expect(verdict.reasons[0]).toBe(
      'not worse than bbbbbbbbbbbb, which is in use (log loss -0.0200 [-0.0200, -0.0200], 2 models)',
    );
    expect(verdict.reasons.at(-1)).toBe(verdict.modeReason);
  });

  it('holds what is worse than what is in use beyond the interval: pairs of blocks tell what two intervals would hide', () => {
    const { kind, reasons } = judgePromotion(report(), report({ version: 'bbbbbbbbbbbb', loss: 0.49 }));
    expect([kind, reasons[0]]).toEqual(['hold', expect.stringMatching(/^worse than bbbbbbbbbbbb.*\+0\.0100/)]);
  });

  it('compares as served: an artefact that steps back is judged by its averages', () => {
    const modest = report({ learned: around(0, 0.02) });
    expect(judgePromotion(modest, report({ version: 'bbbbbbbbbbbb' })).kind).toBe('hold');
    expect(judgePromotion(modest, modest).kind).toBe('promote');
  });

  it.each<[string, Partial<Facts>, RegExp]>([
    ['other rows', { hash: 'others' }, /on other rows.*evaluate both on the same rows/],
    ['other models', { models: ['stranger'] }, /shares no model with bbbbbbbbbbbb/],
  ])('holds what cannot be compared because the report in use is about %s', (_what, change, reason) => {
    const { kind, reasons } = judgePromotion(report(), report({ ...change, version: 'bbbbbbbbbbbb' }));
    expect([kind, reasons[0]]).toEqual(['hold', expect.stringMatching(reason)]);
  });

  it.each<[string, Partial<Facts>, RegExp]>([
    ['intervals cover too little', { coverage: around(0.8) }, /intervals of factual_accuracy are not shown/],
    ['intervals cover too little in one domain', { worstDomain: around(0.6, 0.06) }, /law, the worst domain/],
    ['nobody knows whether intervals cover', { coverage: TOO_FEW }, /too few samples/],
    ['predictions are off', { calibrationError: around(0.08) }, /off by 8\.0 %/],
    ['a hashed-word ridge predicts better', { versusRidge: around(0.03) }, /^worse than a hashed-word ridge/],
    ['it is not shown to beat the ridge', { versusRidge: around(-0.005) }, /^is not shown to beat a hashed-word ridge/],
    ['it is worse than the domain averages', { versusDomain: around(0.05) }, /averages of the true domain/],
  ])('holds where %s', (_what, change, reason) => {
    const { kind, reasons } = judgePromotion(report(change));
    expect([kind, reasons]).toEqual(['hold', expect.arrayContaining([expect.stringMatching(reason)])]);
  });

  it('promotes without a comparison where nothing is in use', () => {
    expect(judgePromotion(report()).kind).toBe('promote');
  });
});

describe('the mode', () => {
  it.each<[string, Partial<Facts>, ServingMode, RegExp]>([
    ['learned where its choices beat the shuffle', {}, 'learned', /\+3\.00 \[\+2\.00, \+4\.00\]/],
    [
      'kind averages where the learned choices do not beat it and theirs do',
      { learned: around(0.005) },
      'kind-averages',
      /^steps back to kind averages: the learned choices are not shown to beat/,
    ],
    [
      'kind averages where the learned choices are worth less beyond doubt',
      { learnedVersusKinds: around(-0.02) },
      'kind-averages',
      /^steps back to kind averages: .*worth less/,
    ],
    [
      'blind where neither beats its shuffle',
      { learned: around(0.005), kindAverages: around(0) },
      'blind',
      /^steps back to blind/,
    ],
    [
      'blind where there are too few samples to say',
      { learned: TOO_FEW, kindAverages: TOO_FEW, learnedVersusKinds: TOO_FEW },
      'blind',
      /too few samples/,
    ],
  ])('is %s', (_what, change, mode, reason) => {
    expect(judgePromotion(report(change))).toMatchObject({ mode, modeReason: expect.stringMatching(reason) });
  });

  it('is blind where no request was answered by several models', () => {
    expect(judgePromotion({ ...report(), choices: [] })).toMatchObject({
      mode: 'blind',
      modeReason: expect.stringMatching(/^steps back to blind: the held-out requests were not answered by several/),
    });
  });
});
