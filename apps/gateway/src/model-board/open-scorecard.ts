import type { CatalogModel, Policy, ScoreSource } from '@pointsman/contracts';
import type { Repositories, RollupSums } from '@pointsman/db';
import type { Manifest } from '@pointsman/router-model';
import { benchmarkScorecard, newestOfModels, seriesOf } from './benchmark-scorecard.ts';
import type { References } from './keep-references.ts';
import type { Reports } from './keep-reports.ts';
import { routerScorecard, routerStandings } from './router-scorecard.ts';
import type { Scorecard, Slice } from './scorecard.ts';
import { trafficScorecard } from './traffic-scorecard.ts';

/** What is asked about models, whatever is made of it. */
export type ModelQuestion = Slice & {
  /** Whose traffic; absent: of all clients together. */
  clientId: string | undefined;
  /** UTC days: `from` included, `to` not. */
  from: string;
  to: string;
  source: ScoreSource;
  /** Id of the benchmark series; absent: that of the newest run. */
  series?: string | undefined;
};

export type ModelSources = {
  repositories: Pick<Repositories, 'rollups' | 'modelScores'>;
  references: References;
  reports: Reports;
  /** Chat models whose provider is switched on. */
  models: readonly CatalogModel[];
  manifest: Manifest | undefined;
  /** The client's, whose weights count; absent: all dimensions count alike. */
  policy: Policy | undefined;
  /** The UTC day whose prices hold. */
  day: string;
};

/** Fewer requests than this say little of what is typical. */
const FEWEST = 30;
/** A long question with some context: what is assumed where nobody has sent anything. */
const STATED_INPUT_TOKENS = 1_000;
const MOST_RUNS = 500;

/** What the asked source says. `traffic`: the sums over all models of what was asked for. */
export async function openScorecard(
  question: ModelQuestion,
  sources: ModelSources,
  { by, traffic }: { by?: 'domain' | 'task'; traffic: RollupSums },
): Promise<Scorecard> {
  const { repositories, references } = sources;
  switch (question.source) {
    case 'router':
      return routerScorecard({
        ...sources,
        references: await references.current(),
        weights: sources.policy?.weights ?? {},
        reference: referenceOf(traffic),
        slice: question,
      });
    case 'traffic': {
      const { clientId, from, to, domain, task } = question;
      const [rows, known] = await Promise.all([
        repositories.rollups.modelSums({ clientId, from, to, domain, task, by }),
        references.current(),
      ]);
      return trafficScorecard(rows, routerStandings(known));
    }
    case 'benchmark':
      return openBenchmark(question, sources);
  }
}

/** The client's mean input, where enough requests say what it is. */
function referenceOf(sums: RollupSums): NonNullable<Scorecard['origin']['reference']> {
  const requests = sums.answered + sums.abandoned + sums.cached - sums.unknownUsageCount;
  if (requests < FEWEST || sums.inputTokens === 0)
    return { inputTokens: STATED_INPUT_TOKENS, basis: 'stated', requests: 0 };
  return { inputTokens: Math.round(sums.inputTokens / requests), basis: 'traffic', requests };
}

async function openBenchmark(
  { clientId, series: asked }: ModelQuestion,
  { repositories, reports }: ModelSources,
): Promise<Scorecard> {
  const all = seriesOf(await repositories.modelScores.finishedRuns(clientId, MOST_RUNS));
  const chosen = all.find(({ series }) => series.id === asked) ?? all[0];
  const benchmark = { chosen: chosen?.series.id, series: all.map(({ series }) => series) };
  return benchmarkScorecard(await reports.of(newestOfModels(chosen?.runs ?? [])), { benchmark });
}
