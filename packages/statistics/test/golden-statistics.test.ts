import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  benjaminiHochberg,
  bootstrapInterval,
  chiSquareSurvival,
  cohenKappa,
  fleissKappa,
  intraclassCorrelation,
  isotonicRegression,
  isotonicValue,
  kendallTauB,
  krippendorffAlpha,
  mcnemarExact,
  mean,
  pairedTTest,
  pearson,
  ppiMean,
  spearman,
  wilcoxonSignedRank,
} from '../src/index.ts';

// Reference numbers computed elsewhere with SciPy 1.10.1 and scikit-learn 1.2.1 on people's and judges' ratings. The data
// may not be copied into the project, so the test needs the shared folder beside it.
const folder = process.env.POINTSMAN_SHARED_DIR ?? new URL('../../../../shared', import.meta.url).pathname;
const judgeFolder = `${folder}/data/judge`;
const available = existsSync(`${judgeFolder}/golden-stats.json`);

type Rating<Value> = {
  item_id: string;
  subset?: string;
  dimension: string;
  system: string;
  group_id: string;
  human_ratings: Value[];
  judges: { judge_model: string; prompt: string; samples: Value[] }[];
};

type DimensionGolden = Record<
  | 'spearman'
  | 'kendall_tau_b'
  | 'pearson'
  | 'kappa_rater0_rater1'
  | 'qwk_rater0_rater1'
  | 'fleiss'
  | 'alpha_nominal'
  | 'alpha_ordinal'
  | 'alpha_interval'
  | 'icc1'
  | 'icc_k'
  | 'mae_raw'
  | 'bias_raw',
  number
> & { isotonic_at_1_to_5: number[]; bootstrap_percentile95_spearman_iid_seed_dependent: [number, number] };

type Golden = {
  krippendorff_example: { units: (number | null)[][]; nominal: number; ordinal: number; interval: number };
  summeval: Record<string, DimensionGolden>;
  xstest: { human_kappa: number; agreement: number };
  triviaqa_v2: {
    n: number;
    gpt4_kappa: number;
    llama3_70b_kappa: number;
    mcnemar_gpt4_vs_llama3_correctness: {
      gpt4_only_right: number;
      llama_only_right: number;
      exact_p: number;
      chi2_cc: number;
    };
  };
  pandalm: { n: number; fleiss: number; alpha_nominal: number; kappa01: number };
  paired_M22_vs_M17_human: Record<'t_p' | 'wilcoxon_p' | 'bh_adjusted', Record<string, number>>;
  ppi_pp_relevance_first100_labelled: Record<
    'lambda' | 'estimate' | 'se' | 'classical_mean' | 'classical_se' | 'ppi_lambda1_estimate',
    number
  >;
};

function ratingsOf<Value>(source: string): Rating<Value>[] {
  const lines = gunzipSync(readFileSync(`${judgeFolder}/${source}.ratings.jsonl.gz`))
    .toString()
    .trim()
    .split('\n');
  return lines.map((line): Rating<Value> => JSON.parse(line));
}

function judgeMean(rating: Rating<number>): number {
  const judge = rating.judges.find(({ judge_model, prompt }) => judge_model === 'gpt-4-0314' && prompt === 'rts');
  return mean(judge?.samples ?? []);
}

function verdict<Value>(rating: Rating<Value>, model: string): Value {
  const [sample] = rating.judges.find(({ judge_model }) => judge_model === model)?.samples ?? [];
  if (sample === undefined) throw new Error(`${rating.item_id} has no verdict of ${model}`);
  return sample;
}

function rater<Value>(ratings: readonly Rating<Value>[], at: number): Value[] {
  return ratings.flatMap(({ human_ratings }) => human_ratings.slice(at, at + 1));
}

describe.skipIf(!available && process.env.POINTSMAN_REQUIRE_ALL !== '1')(
  `golden statistics (needs ${available ? 'nothing more' : 'the shared data: skipped'})`,
  () => {
    const golden: Golden | undefined = available
      ? JSON.parse(readFileSync(`${judgeFolder}/golden-stats.json`, 'utf8'))
      : undefined;
    const summeval = available ? ratingsOf<number>('summeval') : [];
    const dimensions = Object.keys(golden?.summeval ?? {});
    const of = (dimension: string) => summeval.filter((rating) => rating.dimension === dimension);

    it('have their data', () => {
      expect(golden, `no golden statistics in ${judgeFolder}`).toBeDefined();
    });

    it.each(dimensions)('agree on association and calibration of %s', (dimension) => {
      const expected = golden?.summeval[dimension];
      const pairs = of(dimension).map((rating) => ({ x: judgeMean(rating), y: mean(rating.human_ratings) }));
      const [x, y] = [pairs.map((pair) => pair.x), pairs.map((pair) => pair.y)];
      expect(spearman(x, y)).toBeCloseTo(expected?.spearman ?? Number.NaN, 10);
      expect(kendallTauB(x, y)).toBeCloseTo(expected?.kendall_tau_b ?? Number.NaN, 10);
      expect(pearson(x, y)).toBeCloseTo(expected?.pearson ?? Number.NaN, 10);
      const errors = pairs.map((pair) => pair.x - pair.y);
      expect(mean(errors)).toBeCloseTo(expected?.bias_raw ?? Number.NaN, 10);
      expect(mean(errors.map(Math.abs))).toBeCloseTo(expected?.mae_raw ?? Number.NaN, 10);
      const fit = isotonicRegression(pairs);
      for (const [index, value] of (expected?.isotonic_at_1_to_5 ?? []).entries()) {
        expect(isotonicValue(fit, index + 1)).toBeCloseTo(value, 10);
      }
      const interval = bootstrapInterval(
        pairs,
        (rows) =>
          spearman(
            rows.map((row) => row.x),
            rows.map((row) => row.y),
          ),
        { seed: 1, method: 'percentile', resamples: 1000 },
      );
      const [low, high] = expected?.bootstrap_percentile95_spearman_iid_seed_dependent ?? [];
      expect(interval).toMatchObject({ n: 756 });
      expect('low' in interval && Math.abs(interval.low - (low ?? Number.NaN))).toBeLessThan(0.015);
      expect('high' in interval && Math.abs(interval.high - (high ?? Number.NaN))).toBeLessThan(0.015);
    });

    it.each(dimensions)('agree on the agreement of raters of %s', (dimension) => {
      const expected = golden?.summeval[dimension];
      const ratings = of(dimension);
      const units = ratings.map(({ human_ratings }) => human_ratings);
      const [first, second] = [rater(ratings, 0), rater(ratings, 1)];
      expect(cohenKappa(first, second)).toBeCloseTo(expected?.kappa_rater0_rater1 ?? Number.NaN, 10);
      const weighted = cohenKappa(first, second, { weights: 'quadratic' });
      expect(weighted).toBeCloseTo(expected?.qwk_rater0_rater1 ?? Number.NaN, 10);
      expect(fleissKappa(units)).toBeCloseTo(expected?.fleiss ?? Number.NaN, 10);
      expect(krippendorffAlpha(units, 'nominal')).toBeCloseTo(expected?.alpha_nominal ?? Number.NaN, 10);
      expect(krippendorffAlpha(units, 'ordinal')).toBeCloseTo(expected?.alpha_ordinal ?? Number.NaN, 10);
      expect(krippendorffAlpha(units, 'interval')).toBeCloseTo(expected?.alpha_interval ?? Number.NaN, 10);
      const { icc1, iccK } = intraclassCorrelation(units) ?? {};
      expect(icc1).toBeCloseTo(expected?.icc1 ?? Number.NaN, 10);
      expect(iccK).toBeCloseTo(expected?.icc_k ?? Number.NaN, 10);
    });

    it.each(['nominal', 'ordinal', 'interval'] as const)("agree on Krippendorff's example, %s", (level) => {
      const example = golden?.krippendorff_example;
      expect(krippendorffAlpha(example?.units ?? [], level)).toBeCloseTo(example?.[level] ?? Number.NaN, 12);
    });

    it('agree on the paired comparison of two systems', () => {
      const expected = golden?.paired_M22_vs_M17_human;
      const pValues = dimensions.map((dimension) => {
        const scores = (system: string) =>
          new Map(
            of(dimension).flatMap((rating) =>
              rating.system === system ? [[rating.group_id, mean(rating.human_ratings)] as const] : [],
            ),
          );
        const [before, after] = [scores('M17'), scores('M22')];
        const differences = [...after].map(([group, score]) => score - (before.get(group) ?? Number.NaN));
        const t = pairedTTest(differences);
        const p = 'p' in t ? t.p : Number.NaN;
        expect(p).toBeCloseTo(expected?.t_p[dimension] ?? Number.NaN, 10);
        // These figures come from a table for differences without ties, which these data are full of.
        const signedRank = wilcoxonSignedRank(differences, { ties: 'ignored' });
        expect('p' in signedRank && signedRank.p).toBeCloseTo(expected?.wilcoxon_p[dimension] ?? Number.NaN, 10);
        return p;
      });
      for (const [index, adjusted] of benjaminiHochberg(pValues).entries()) {
        expect(adjusted).toBeCloseTo(expected?.bh_adjusted[dimensions[index] ?? ''] ?? Number.NaN, 10);
      }
    });

    it('agree on labels of refusals, answers and preferences', () => {
      const refusals = ratingsOf<string>('xstest');
      expect(cohenKappa(rater(refusals, 0), rater(refusals, 1))).toBeCloseTo(golden?.xstest.human_kappa ?? 0, 10);
      const answers = ratingsOf<boolean>('triviaqa').filter(
        ({ subset, judges }) => subset === 'v2' && judges.length > 0,
      );
      const expected = golden?.triviaqa_v2;
      expect(answers).toHaveLength(expected?.n ?? 0);
      const people = rater(answers, 0);
      const [gpt, llama] = ['GPT-4', 'Llama3-70B'].map((model) => answers.map((answer) => verdict(answer, model)));
      expect(cohenKappa(people, gpt ?? [])).toBeCloseTo(expected?.gpt4_kappa ?? 0, 10);
      expect(cohenKappa(people, llama ?? [])).toBeCloseTo(expected?.llama3_70b_kappa ?? 0, 10);
      const [onlyGpt = 0, onlyLlama = 0] = [gpt, llama].map(
        (labels, at) =>
          people.filter((label, item) => labels?.[item] === label && [gpt, llama][1 - at]?.[item] !== label).length,
      );
      const discordant = expected?.mcnemar_gpt4_vs_llama3_correctness;
      expect([onlyGpt, onlyLlama]).toEqual([discordant?.gpt4_only_right, discordant?.llama_only_right]);
      const mcnemar = mcnemarExact(onlyGpt, onlyLlama);
      expect('p' in mcnemar && mcnemar.p).toBeCloseTo(discordant?.exact_p ?? 0, 10);
      // The corrected chi-square is the approximation of the same test.
      expect(chiSquareSurvival(discordant?.chi2_cc ?? 0, 1)).toBeCloseTo(discordant?.exact_p ?? 0, 2);
      const preferences = ratingsOf<string>('pandalm');
      const units = preferences.map(({ human_ratings }) => human_ratings);
      expect(units).toHaveLength(golden?.pandalm.n ?? 0);
      expect(fleissKappa(units)).toBeCloseTo(golden?.pandalm.fleiss ?? 0, 10);
      expect(cohenKappa(rater(preferences, 0), rater(preferences, 1))).toBeCloseTo(golden?.pandalm.kappa01 ?? 0, 10);
      const codes = units.map((labels) => labels.map((label) => ['a', 'b', 'tie'].indexOf(label)));
      expect(krippendorffAlpha(codes, 'nominal')).toBeCloseTo(golden?.pandalm.alpha_nominal ?? 0, 10);
    });

    it('agree on the prediction-powered mean, published errors and ours', () => {
      const expected = golden?.ppi_pp_relevance_first100_labelled;
      const rows = of('relevance').map((rating) => ({
        truth: mean(rating.human_ratings),
        predicted: judgeMean(rating),
      }));
      const input = { labelled: rows.slice(0, 100), unlabelled: rows.slice(100) };
      const figures = (options: object) => {
        const result = ppiMean({ ...input, ...options });
        if ('tooFew' in result) throw new Error('too few');
        return result;
      };
      const published = figures({ errors: 'plug-in' });
      expect(published.lambda).toBeCloseTo(expected?.lambda ?? Number.NaN, 12);
      expect(published.estimate).toBeCloseTo(expected?.estimate ?? Number.NaN, 12);
      expect(published.standardError).toBeCloseTo(expected?.se ?? Number.NaN, 12);
      expect(figures({ lambda: 1 }).estimate).toBeCloseTo(expected?.ppi_lambda1_estimate ?? Number.NaN, 12);
      const classical = figures({ lambda: 0 });
      expect(classical.estimate).toBeCloseTo(expected?.classical_mean ?? Number.NaN, 12);
      expect(classical.standardError).toBeCloseTo(expected?.classical_se ?? Number.NaN, 12);
      const tuned = figures({});
      expect(tuned).toMatchObject({ estimate: published.estimate, lambda: published.lambda });
      expect(tuned.standardError / published.standardError).toBeGreaterThan(1);
      expect(tuned.standardError / published.standardError).toBeLessThan(1.05);
    });
  },
);
