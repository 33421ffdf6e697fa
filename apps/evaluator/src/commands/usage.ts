import { USAGE_GROUPINGS, usageReport } from '@pointsman/administration';
import { formatUsd } from '@pointsman/contracts';
import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { list, positiveInteger } from '../option-values.ts';
import { type Column, printTable } from '../output/print-table.ts';

type UsageOptions = { client?: string; from?: string; to?: string; days: number; by: string[] };
type UsageRow = Awaited<ReturnType<typeof usageReport>>[number];

const DAY_MS = 86_400_000;

export function addUsageCommand(program: Command, { terminal, withStorage, show }: CommandContext): void {
  program
    .command('usage')
    .description('Requests, tokens and cost')
    .option('--client <client>', 'only of this client (id or name)')
    .option('--days <n>', 'the last days, today included', positiveInteger, 7)
    .option('--from <day>', 'first UTC day, such as 2026-11-01; overrides --days')
    .option('--to <day>', 'the UTC day after the last one (default: tomorrow)')
    .option('--by <keys>', `group by: ${USAGE_GROUPINGS.join(', ')}`, list, ['day'])
    .action(async ({ client, from, to, days, by }: UsageOptions) => {
      const end = to ?? dayOf(terminal.now() + DAY_MS);
      const range = { from: from ?? dayOf(terminal.now() - (days - 1) * DAY_MS), to: end, by };
      const rows = await withStorage(({ repositories }) => usageReport(repositories, { client, ...range }));
      show(rows, () => printUsage(rows, by));
    });
}

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

function printUsage(rows: readonly UsageRow[], by: readonly string[]): string {
  const keys = USAGE_GROUPINGS.filter((key) => by.includes(key)).map(
    (key): Column<UsageRow> => ({ title: key.toUpperCase(), value: (row) => row.key[key] }),
  );
  return printTable(
    rows.filter(({ requests }) => requests > 0),
    [
      ...keys,
      { title: 'REQUESTS', value: ({ requests }) => requests, align: 'right' },
      { title: 'CACHED', value: ({ outcomes }) => outcomes.cached, align: 'right' },
      { title: 'REFUSED', value: ({ outcomes }) => outcomes.refused, align: 'right' },
      { title: 'FAILED', value: ({ outcomes }) => outcomes.failed, align: 'right' },
      { title: 'INPUT', value: ({ tokens }) => tokens.input, align: 'right' },
      { title: 'OUTPUT', value: ({ tokens }) => tokens.output, align: 'right' },
      { title: 'USD', value: ({ costNanoUsd }) => formatUsd(costNanoUsd), align: 'right' },
      { title: 'ESTIMATED', value: estimatedPart, align: 'right' },
      { title: 'UNKNOWN COST', value: ({ unknownCostCount }) => unknownCostCount, align: 'right' },
    ],
    'No requests in this time.',
  );
}

const estimatedPart = ({ estimatedCostShare }: UsageRow): string | undefined =>
  estimatedCostShare === undefined ? undefined : `${(100 * estimatedCostShare).toFixed(1)} %`;
