import { listDecisions, showDecision } from '@pointsman/administration';
import { type CandidateRecord, type Cost, type Decision, type FloorRecord, formatUsd } from '@pointsman/contracts';
import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { positiveInteger } from '../option-values.ts';
import { printFacts } from '../output/print-facts.ts';
import { printTable } from '../output/print-table.ts';

export function addDecisionCommands(program: Command, { withStorage, show }: CommandContext): void {
  const decisions = program.command('decisions').description('Which model was chosen for a request, and why');
  decisions
    .command('list')
    .description('List decisions, newest first')
    .option('--client <client>', 'only of this client (id or name)')
    .option('--model <id>', 'only those this model served')
    .option('--reason <reason>', 'only with this reason')
    .option('--outcome <outcome>', 'answered, cached, refused, failed or abandoned')
    .option('--from <time>', 'UTC day or instant, included')
    .option('--to <time>', 'UTC day or instant, not included')
    .option('--limit <n>', 'at most 1000', positiveInteger, 20)
    .option('--before <cursor>', 'the next page: the cursor printed below the last one')
    .action(async (options: Record<string, unknown>) => {
      const page = await withStorage(({ repositories }) => listDecisions(repositories, options));
      const more = page.next === undefined ? '' : `\n\nMore: --before ${page.next}`;
      const { searchedBackTo } = page;
      const far =
        searchedBackTo === undefined ? '' : `\n\nSearched back to ${searchedBackTo}; there may be older ones.`;
      show(page, () => `${printDecisions(page.decisions)}${far}${more}`);
    });
  decisions
    .command('show <id>')
    .description('Show one decision: candidates, estimates, costs, attempts')
    .action(async (id: string) => {
      const decision = await withStorage(({ repositories }) => showDecision(repositories, { id }));
      show(decision, () => printDecision(decision));
    });
}

function printDecisions(decisions: readonly Decision[]): string {
  return printTable(
    decisions,
    [
      { title: 'AT', value: ({ at }) => at },
      { title: 'ID', value: ({ id }) => id },
      {
        title: 'OUTCOME',
        value: ({ outcome, errorCode }) => (errorCode === undefined ? outcome : `${outcome}: ${errorCode}`),
      },
      { title: 'MODEL', value: ({ modelId }) => modelId },
      { title: 'REASON', value: ({ reason }) => reason },
      { title: 'USD', value: ({ cost }) => costText(cost), align: 'right' },
      { title: 'MS', value: ({ latency }) => Math.round(latency.totalMs), align: 'right' },
    ],
    'No decisions.',
  );
}

/** A cost nobody measured says so; one nobody knows is no number. */
function costText(cost: Cost): string {
  if (cost.status === 'unknown') return 'unknown';
  return cost.status === 'exact' ? formatUsd(cost.nanoUsd) : `~${formatUsd(cost.nanoUsd)}`;
}

function printDecision(decision: Decision): string {
  const { usage, latency, cost } = decision;
  const facts = printFacts({
    id: decision.id,
    at: decision.at,
    client: decision.clientId,
    requested: decision.requestedModel,
    policy: decision.policy,
    outcome: decision.errorCode === undefined ? decision.outcome : `${decision.outcome}: ${decision.errorCode}`,
    model: decision.modelId,
    reason: decision.reason,
    floor: decision.floor && floorOutcomeText(decision.floor),
    'read as': readingText(decision),
    'router / catalogue': `${decision.routerVersion} / ${decision.catalogVersion}`,
    'arm (probability)': `${decision.arm} (${decision.choiceProbability})`,
    emulated: decision.emulated ? 'yes' : undefined,
    cost: cost.status === 'exact' ? `$${formatUsd(cost.nanoUsd)}` : `${costText(cost)} (${cost.why})`,
    tokens: `${usage.inputTokens ?? 'unknown'} in, ${usage.outputTokens ?? 'unknown'} out`,
    latency: `${Math.round(latency.totalMs)} ms, of which the gateway ${latency.overheadMs.toFixed(2)} ms`,
    ignored: decision.ignored.length === 0 ? undefined : decision.ignored.join(', '),
  });
  return [facts, printCandidates(decision.candidates), printAttempts(decision)].join('\n\n');
}

function floorOutcomeText({ outcome, why, certificateId }: FloorRecord): string {
  const by = certificateId === undefined ? '' : ` (${certificateId})`;
  return `${outcome}${why === undefined ? '' : `: ${why}`}${by}`;
}

/** What the router read in the request; undefined when it was not asked. */
function readingText({ domain, task, kind, familiarity }: Decision): string | undefined {
  if (familiarity === undefined) return undefined;
  const labels = [domain ?? 'unknown domain', task ?? 'unknown task', kind].filter((label) => label !== undefined);
  return `${labels.join(', ')}; familiarity ${familiarity.toFixed(2)}`;
}

/** Those that could be chosen first, then the removed ones, each cheapest first: a decision has over a hundred. */
function inReadingOrder(candidates: readonly CandidateRecord[]): CandidateRecord[] {
  const costOf = (c: CandidateRecord) => c.expectedCostNanoUsd ?? Number.POSITIVE_INFINITY;
  return candidates.toSorted(
    (a, b) => Number(a.removedBy !== undefined) - Number(b.removedBy !== undefined) || byNumber(costOf(a), costOf(b)),
  );
}

const byNumber = (a: number, b: number): number => (a === b ? 0 : a - b);

function printCandidates(candidates: readonly CandidateRecord[]): string {
  return printTable(
    inReadingOrder(candidates),
    [
      { title: 'CANDIDATE', value: ({ modelId }) => modelId },
      {
        title: 'SCORE',
        value: ({ overall }) => overall && `${overall.mean.toFixed(3)} ± ${overall.spread.toFixed(3)}`,
        align: 'right',
      },
      { title: 'BASIS', value: ({ basis }) => basis },
      { title: 'RISK', value: ({ risk }) => risk?.toFixed(3), align: 'right' },
      {
        title: 'EXPECTED USD',
        value: ({ expectedCostNanoUsd: nano }) => (nano === undefined ? undefined : formatUsd(nano)),
        align: 'right',
      },
      {
        title: 'REMOVED BY',
        value: ({ removedBy, detail }) => removedBy && [removedBy, detail].filter(Boolean).join(': '),
      },
    ],
    'No candidates.',
  );
}

function printAttempts({ attempts }: Decision): string {
  return printTable(
    attempts,
    [
      { title: 'ATTEMPT', value: ({ modelId }) => modelId },
      { title: 'OUTCOME', value: ({ outcome, failure }) => [outcome, failure].filter(Boolean).join(': ') },
      { title: 'STATUS', value: ({ status }) => status, align: 'right' },
      { title: 'USD', value: ({ cost }) => costText(cost), align: 'right' },
      { title: 'MS', value: ({ totalMs }) => Math.round(totalMs), align: 'right' },
      { title: 'MESSAGE', value: ({ message }) => message },
    ],
    'No attempts.',
  );
}
