import type { Contestant, RunSide } from '@pointsman/contracts';
import type { StoredRun } from '@pointsman/db';

export type Side = Omit<RunSide, 'report'>;

type Run = Pick<StoredRun, 'id' | 'spec'>;

/**
 * Who in a run is compared with whom: with the same model of the baseline run (else its first contestant), else with the
 * run's own first contestant. The first stands alone only where it is the only one.
 * @param baselineRun the run that `run` names as its baseline; undefined where it names none, or it is not to be seen.
 */
export function sidesOfRun(run: Run, baselineRun: Run | undefined): Side[] {
  const { contestants, comparison } = run.spec;
  const isOwnBaseline = comparison.baselineRunId === undefined && contestants.length > 1;
  return contestants
    .map((candidate, contestant) => ({ contestant, candidate }))
    .slice(isOwnBaseline ? 1 : 0)
    .map((side) => {
      const baseline = isOwnBaseline ? { of: run, place: 0 } : baselineRun && placeIn(baselineRun, side.candidate);
      const other = baseline?.of.spec.contestants[baseline.place];
      if (baseline === undefined || other === undefined) return side;
      return { ...side, baseline: { ...other, runId: baseline.of.id, contestant: baseline.place } };
    });
}

function placeIn(of: Run, { model }: Contestant): { of: Run; place: number } {
  return {
    of,
    place: Math.max(
      0,
      of.spec.contestants.findIndex((one) => one.model === model),
    ),
  };
}
