import { bootstrapFigures, type Grouping, numberGroups, type Resampling } from './bootstrap-figures.ts';
import type { ChoiceSkill } from './evaluation-table.ts';
import { PREDICTORS } from './held-out-cell.ts';
import { type Pool, strongestOf } from './pool-requests.ts';
import {
  type Choices,
  chooseAt,
  dearestCost,
  outcomesOf,
  type PoolOutcomes,
  requestWeights,
  weightedSum,
} from './route-pool.ts';

/**
 * What the dearest model's average cost weighs, in points of score: from a client who hardly minds the cost to one who
 * minds little else. Set beforehand, so that nothing is tuned on what is measured; every figure is the mean over them.
 */
const TRADE_OFFS = [0.01, 0.03, 0.1, 0.3];
const METHODS = ['router', 'kindAverages'] as const;
type Method = (typeof METHODS)[number];

/** Requests of similar length, among which choices are dealt out: at least so many each, and at most so many parts. */
const LEAST_IN_PART = 20;
const MOST_PARTS = 10;

type ChosenPool = {
  pool: Pool;
  strongest: number;
  outcomes: PoolOutcomes;
  /** Requests by length of prompt. */
  parts: Int32Array[];
  choices: { tradeOff: number; of: Record<Method, Choices> }[];
};

/**
 * Whether looking at the request paid: the choices against the same choices dealt out at random among requests of the
 * pool that are about as long. Every model is then taken equally often at the same cost, and what length alone
 * tells counts for nothing. The shuffle's mean is computed, not drawn. Over all pools first, then each by itself; empty
 * without pools.
 */
export function measureChoices(pools: readonly Pool[], resampling: Resampling): ChoiceSkill[] {
  const chosen = pools.map(choosePool);
  const all = numberGroups(pools.flatMap(({ requests }) => requests.map(({ request }) => request.group)));
  const each = chosen.map((own) => measureSkill(own.pool.source, [own], own.pool.groups, resampling));
  return chosen.length === 0 ? [] : [measureSkill('all', chosen, all, resampling), ...each];
}

function choosePool(pool: Pool): ChosenPool {
  const tradeOffs = pool.isPriced ? TRADE_OFFS : [0];
  return {
    pool,
    strongest: strongestOf(pool),
    outcomes: outcomesOf(pool),
    parts: partsByLength(pool),
    choices: tradeOffs.map((tradeOff) => ({
      tradeOff,
      of: {
        router: chooseAt(pool, PREDICTORS.router, tradeOff),
        kindAverages: chooseAt(pool, PREDICTORS.kindAverages, tradeOff),
      },
    })),
  };
}

function partsByLength({ requests }: Pool): Int32Array[] {
  const lengths = requests.map(({ request }) => request.row.prompt.characters);
  const order = Int32Array.from(requests.keys()).sort((a, b) => (lengths[a] ?? 0) - (lengths[b] ?? 0));
  const parts = Math.min(Math.max(Math.floor(order.length / LEAST_IN_PART), 1), MOST_PARTS);
  const edge = (part: number): number => Math.round((part * order.length) / parts);
  return Array.from({ length: parts }, (_, part) => order.subarray(edge(part), edge(part + 1)));
}

/** `groups` numbers the requests of the pools, one pool after the other. */
function measureSkill(
  source: string,
  chosen: readonly ChosenPool[],
  groups: Grouping,
  resampling: Resampling,
): ChoiceSkill {
  const figures = bootstrapFigures(
    groups.count,
    (weights) => {
      const totals = { requests: 0, priced: 0, router: nothing(), kindAverages: nothing(), worth: 0 };
      let offset = 0;
      for (const own of chosen) {
        const count = own.pool.requests.length;
        addPool(totals, own, requestWeights(groups.of.subarray(offset, offset + count), weights));
        offset += count;
      }
      return {
        'learned quality': totals.router.quality / totals.requests,
        'learned cost': totals.router.cost / totals.priced,
        'kinds quality': totals.kindAverages.quality / totals.requests,
        'kinds cost': totals.kindAverages.cost / totals.priced,
        worth: totals.worth / totals.requests,
      };
    },
    resampling,
  );
  const isPriced = chosen.some(({ pool }) => pool.isPriced);
  return {
    source,
    models: new Set(chosen.flatMap(({ pool }) => pool.models.map(({ name }) => name))).size,
    requests: chosen.reduce((sum, { pool }) => sum + pool.requests.length, 0),
    learned: { quality: figures['learned quality'], cost: isPriced ? figures['learned cost'] : undefined },
    kindAverages: { quality: figures['kinds quality'], cost: isPriced ? figures['kinds cost'] : undefined },
    learnedVersusKinds: figures.worth,
  };
}

type Gain = { quality: number; cost: number };
const nothing = (): Gain => ({ quality: 0, cost: 0 });
type SkillTotals = Record<Method, Gain> & { requests: number; priced: number; worth: number };

/** Adds what a pool's choices gained over their shuffle, summed over requests, as the mean over its trade-offs. */
function addPool(
  totals: SkillTotals,
  { pool, strongest, outcomes, parts, choices }: ChosenPool,
  weights: Float64Array,
) {
  const requests = weights.reduce((a, b) => a + b, 0);
  if (requests === 0) return;
  totals.requests += requests;
  if (pool.isPriced) totals.priced += requests;
  // Costs in units of the strongest model's, so that pools of other prices can be added up.
  const always = outcomes.cost[strongest] ?? new Float64Array(0);
  const unit = pool.isPriced ? weightedSum(always, weights) / requests : 1;
  const price = 1 / dearestCost(pool);
  for (const part of parts) {
    const models = partTotals(outcomes, part, weights);
    for (const { tradeOff, of } of choices) {
      const worths = METHODS.map((method) => {
        const own = chosenTotals(of[method], outcomes, part, weights);
        const dealt = shuffledTotals(own.shares, models);
        totals[method].quality += (own.quality - dealt.quality) / choices.length;
        totals[method].cost += (own.cost - dealt.cost) / unit / choices.length;
        return own.quality - tradeOff * price * own.cost;
      });
      totals.worth += ((worths[0] ?? 0) - (worths[1] ?? 0)) / choices.length;
    }
  }
}

type PartTotals = { requests: number; quality: number[]; cost: number[] };

/** What each model would have brought and cost on all requests of a part. */
function partTotals({ quality, cost }: PoolOutcomes, part: Int32Array, weights: Float64Array): PartTotals {
  return {
    requests: part.reduce((sum, n) => sum + (weights[n] ?? 0), 0),
    quality: quality.map((values) => weightedSum(values, weights, part)),
    cost: cost.map((values) => weightedSum(values, weights, part)),
  };
}

function chosenTotals(
  choices: Choices,
  { quality, cost }: PoolOutcomes,
  part: Int32Array,
  weights: Float64Array,
): Gain & { shares: Float64Array } {
  const totals = { ...nothing(), shares: new Float64Array(quality.length) };
  for (const n of part) {
    const weight = weights[n] ?? 0;
    const model = choices[n] ?? 0;
    totals.quality += weight * (quality[model]?.[n] ?? 0);
    totals.cost += weight * (cost[model]?.[n] ?? 0);
    totals.shares[model] = (totals.shares[model] ?? 0) + weight;
  }
  return totals;
}

/** The mean over all ways to deal the same choices out: every request gets each model with its share. */
function shuffledTotals(shares: Float64Array, { requests, quality, cost }: PartTotals): Gain {
  const dealt = nothing();
  if (requests === 0) return dealt;
  shares.forEach((share, model) => {
    dealt.quality += (share * (quality[model] ?? 0)) / requests;
    dealt.cost += (share * (cost[model] ?? 0)) / requests;
  });
  return dealt;
}
