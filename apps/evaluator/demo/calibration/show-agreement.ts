import { agreementReport, type DimensionAgreement } from '@pointsman/judge/calibration';
import type { JudgeData, RatedReply } from './judge-data.ts';
import { SCALE } from './judge-data.ts';
import { percent, shown, table } from './show.ts';

export type AgreementSection = Record<'summeval' | 'hanna', DimensionAgreement[]>;

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
  return { summeval: report(data.summeval), hanna: report(data.hanna) };
}

export function showAgreement(section: AgreementSection): string {
  const rows = Object.entries(section).flatMap(([source, dimensions]) =>
    dimensions.map((one) => [
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
  return `${table(titles, rows)}\n\n${warnings.join('\n')}`;
}

const severestBias = ({ raterBiases }: DimensionAgreement) => shown(raterBiases[0]?.bias);
