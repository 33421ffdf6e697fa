import { listPolicies, putPolicy, removePolicy } from '@pointsman/administration';
import { DIMENSIONS, type Policy } from '@pointsman/contracts';
import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { fraction, list, namedNumber, positiveInteger, positiveNumber } from '../option-values.ts';
import { floorText } from '../output/floor-text.ts';
import { printFacts } from '../output/print-facts.ts';
import { printTable } from '../output/print-table.ts';
import { readDocument } from '../read-document.ts';

type FloorFlags = Record<string, unknown> & {
  floorShareOfStrongest?: number;
  floorShareBelow?: number;
  floorScore?: number;
  floorConfidence?: number;
};
type PutOptions = FloorFlags & { client?: string; file?: string };

export function addPolicyCommands(program: Command, { terminal, withStorage, show }: CommandContext): void {
  const policies = program.command('policies').description('How the gateway chooses a model');
  policies
    .command('list')
    .description("List the global policies, or a client's own")
    .option('--client <client>', "the client's own (id or name)")
    .action(async ({ client }: { client?: string }) => {
      const all = await withStorage(({ repositories }) => listPolicies(repositories, { client }));
      show(all, () => printPolicies(all));
    });
  addPolicyOptions(
    policies.command('put <name>').description('Create or replace a policy, global or of one client'),
  ).action(async (name: string, { client, file, ...flags }: PutOptions) => {
    const written = file === undefined ? {} : await readDocument(file, terminal.directory);
    const policy = { ...objectOf(written, file ?? ''), ...withFloor(flags), name };
    const put = await withStorage(({ repositories }) => putPolicy(repositories, { client, policy }));
    show(put, () => printPolicy(put));
  });
  policies
    .command('remove <name>')
    .description('Remove a policy that no client uses')
    .option('--client <client>', "the client's own (id or name)")
    .action(async (name: string, { client }: { client?: string }) => {
      await withStorage(({ repositories }) => removePolicy(repositories, { client, name }));
      show({ removed: name }, () => `Removed the policy ${name}.`);
    });
}

/** Named as the policy's fields: commander's camel case makes `--max-cost-usd` the field `maxCostUsd`. */
function addPolicyOptions(command: Command): Command {
  return command
    .option('--client <client>', 'a policy of this client only (id or name)')
    .option('--file <file>', 'JSON or YAML with the policy; flags win over it')
    .option('--kind <kind>', 'minimise-cost (default) or maximise-quality')
    .option('--risk <p>', 'acceptable probability of falling below a minimum score', fraction)
    .option('--min-scores <name=score>', 'minimum, overall or of one dimension; repeatable', namedNumber)
    .option('--min-share-of-best <share>', "lowest expected score, as a share of the best candidate's", fraction)
    .option('--floor-share-of-strongest <share>', "guaranteed share of the strongest model's quality", fraction)
    .option('--floor-share-below <share>', 'guaranteed: at most this share of requests below --floor-score', fraction)
    .option('--floor-score <score>', 'the score that --floor-share-below speaks of', fraction)
    .option('--floor-confidence <p>', 'confidence of the guarantee (default: 0.95)', fraction)
    .option('--weights <dimension=weight>', 'weight in the overall score; repeatable', namedNumber)
    .option('--max-cost-usd <usd>', 'most a request may cost', positiveNumber)
    .option('--max-latency-ms <ms>', 'longest a reply may take', positiveInteger)
    .option('--allowed-models <patterns>', 'catalogue ids, * matches anything', list)
    .option('--denied-models <patterns>', 'catalogue ids, * matches anything', list)
    .option('--regions <codes>', 'regions a request may go to', list)
    .option('--strict', 'refuse rather than serve the best worst case')
    .option('--monthly-budget-usd <usd>', 'paced over the month by maximise-quality', positiveNumber);
}

const USUAL_CONFIDENCE = 0.95;

/** The policy's fields, with the floor of the flags that speak of one. */
function withFloor({
  floorShareOfStrongest,
  floorShareBelow,
  floorScore,
  floorConfidence,
  ...fields
}: FloorFlags): object {
  const wanted = [floorShareOfStrongest, floorShareBelow].filter((share) => share !== undefined);
  if (wanted.length > 1) throw new Error('A policy has one floor: --floor-share-of-strongest or --floor-share-below.');
  if (wanted.length === 0 && (floorScore !== undefined || floorConfidence !== undefined))
    throw new Error('Say what is guaranteed: --floor-share-of-strongest or --floor-share-below.');
  const confidence = floorConfidence ?? USUAL_CONFIDENCE;
  if (floorShareOfStrongest !== undefined)
    return { ...fields, floor: { kind: 'share-of-strongest', share: floorShareOfStrongest, confidence } };
  if (floorShareBelow !== undefined)
    return { ...fields, floor: { kind: 'share-below', share: floorShareBelow, score: floorScore, confidence } };
  return fields;
}

function objectOf(content: unknown, file: string): object {
  if (typeof content === 'object' && content !== null && !Array.isArray(content)) return content;
  throw new Error(`${file} does not hold a policy: it must be one mapping of the policy's fields.`);
}

function printPolicies(policies: readonly Policy[]): string {
  return printTable(
    policies,
    [
      { title: 'NAME', value: ({ name }) => name },
      { title: 'KIND', value: ({ kind }) => kind },
      { title: 'MINIMUM', value: ({ minScores }) => pairs(minScores) },
      { title: 'FLOOR', value: ({ floor }) => floor && floorText(floor) },
      { title: 'RISK', value: ({ risk }) => risk, align: 'right' },
      { title: 'MAX USD', value: ({ maxCostUsd }) => maxCostUsd, align: 'right' },
      { title: 'MAX MS', value: ({ maxLatencyMs }) => maxLatencyMs, align: 'right' },
      { title: 'MODELS', value: modelsOf },
      { title: 'STRICT', value: ({ strict }) => (strict ? 'yes' : 'no') },
    ],
    'There are none.',
  );
}

function printPolicy(policy: Policy): string {
  return printFacts({
    name: policy.name,
    kind: policy.kind,
    'minimum scores': pairs(policy.minScores) ?? 'none',
    'share of the best': policy.minShareOfBest?.toString() ?? 'none',
    floor: policy.floor === undefined ? 'none' : floorText(policy.floor),
    risk: policy.risk,
    weights: pairs(policy.weights) ?? 'equal',
    'max cost': policy.maxCostUsd === undefined ? 'none' : `$${policy.maxCostUsd}`,
    'max latency': policy.maxLatencyMs === undefined ? 'none' : `${policy.maxLatencyMs} ms`,
    models: modelsOf(policy),
    regions: policy.regions?.join(', ') ?? 'any',
    strict: policy.strict ? 'yes' : 'no',
    'monthly budget': policy.monthlyBudgetUsd === undefined ? undefined : `$${policy.monthlyBudgetUsd}`,
  });
}

function modelsOf({ allowedModels, deniedModels }: Policy): string {
  const denied = deniedModels.length === 0 ? '' : ` without ${deniedModels.join(', ')}`;
  return `${allowedModels.join(', ')}${denied}`;
}

/** In the order of the dimensions: the database keeps none. */
function pairs(values: Policy['minScores']): string | undefined {
  const entries = (['overall', ...DIMENSIONS] as const).flatMap((name) =>
    values[name] === undefined ? [] : `${name}=${values[name]}`,
  );
  return entries.length === 0 ? undefined : entries.join(' ');
}
