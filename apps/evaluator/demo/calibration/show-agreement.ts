import { agreementReport, type DimensionAgreement, type Fit, fitCalibration } from '@pointsman/judge/calibration';
import { FITTED_AT, type JudgeData, type RatedReply, SCALE, scoreOf } from './judge-data.ts';
import { percent, shown, table } from './show.ts';

const HANNA_JUDGE = 'gpt-3.5-turbo/eval-prompt-1';

export type AgreementSection = {
  summeval: DimensionAgreement[];
  hanna: DimensionAgreement[];
  /** What comes of calibrating a judge to hanna's ratings of coherence. */
  hannaCoherence: Fit;
};

export function measureAgreement(data: JudgeData, resamples: number): AgreementSection {
  const report = (replies: readonly RatedReply[]) =>
    agreementReport(
      replies.map(({ dimension, group_id, system, human_ratings }) => ({
        dimension,
        group: group_id,
        system,
        // The data names slots, not people: see its README.
        ratings: human_ratings.map((rating, slot) => ({ rater: `slot ${slot + 1}`, rating })),
      })),
      { scale: SCALE, resamples },
    );
  return {
    summeval: report(data.summeval),
    hanna: report(data.hanna),
    hannaCoherence: fitCoherence(data.hanna, resamples),
  };
}

function fitCoherence(hanna: readonly RatedReply[], resamples: number): Fit {
  const rows = hanna
    .filter(({ dimension }) => dimension === 'coherence')
    .map((reply) => ({
      group: reply.group_id,
      system: reply.system,
      score: scoreOf(reply, HANNA_JUDGE),
      ratings: reply.human_ratings,
    }));
  const identity = { judge: HANNA_JUDGE, dimension: 'coherence', rawScale: SCALE, scale: SCALE, inputs: {} };
  return fitCalibration(rows, { identity, fittedAt: FITTED_AT, resamples });
}

export function showAgreement(section: AgreementSection): string {
  const rows = (['summeval', 'hanna'] as const).flatMap((source) =>
    section[source].map((one) => [
      `${source}, ${one.dimension}`,
      shown(one.alphaOrdinal),
      shown(one.weightedKappa),
      shown(one.reliability?.icc),
      shown(one.withinSystemIcc),
      shown(one.reliability?.ceiling),
      percent(one.atTop),
      severestBias(one),
    ]),
  );
  const titles = ['', 'alpha', 'kappa', 'ICC', 'ICC within a system', 'ceiling', 'at top', 'most severe slot'];
  const warnings = section.hanna.flatMap(({ dimension, warnings: list }) =>
    list.map((warning) => `hanna, ${dimension}: ${warning}`),
  );
  const { hannaCoherence: fit } = section;
  const calibrating = fit.status === 'refused' ? `refused: ${fit.detail}` : fit.calibration.reason;
  return `${table(titles, rows)}\n\n${warnings.join('\n')}\n\nCalibrating a judge to hanna, coherence: ${calibrating}`;
}

const severestBias = ({ raterBiases }: DimensionAgreement) => shown(raterBiases[0]?.bias);
