import { createClient, disableClient, enableClient, listClients, updateClient } from '@pointsman/administration';
import { type Client, clientInputSchema } from '@pointsman/contracts';
import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { list, NONE, orNone, positiveInteger, positiveNumber } from '../option-values.ts';
import { printFacts } from '../output/print-facts.ts';
import { printTable } from '../output/print-table.ts';

type ClientOptions = {
  name?: string;
  policy?: string;
  requestsPerMinute?: number | typeof NONE;
  tokensPerMinute?: number | typeof NONE;
  budgetDayUsd?: number | typeof NONE;
  budgetMonthUsd?: number | typeof NONE;
  cache?: boolean;
  cacheTtlSeconds?: number;
  regions?: string[] | typeof NONE;
};

export function addClientCommands(program: Command, { withStorage, show }: CommandContext): void {
  const clients = program.command('clients').description('The companies or applications that use the gateway');
  clients
    .command('list')
    .description('List all clients')
    .action(async () => {
      const all = await withStorage(({ repositories }) => listClients(repositories));
      show(all, () => printClients(all));
    });
  addSettings(clients.command('create <name>').description('Create a client')).action(
    async (name: string, options: ClientOptions) => {
      const client = await withStorage(({ repositories, configuration }) =>
        createClient(repositories, { policy: configuration.defaults.policy, ...newSettingsOf(options), name }),
      );
      show(client, () => `${printClient(client)}\n\nGive it a key: pointsman keys issue "${client.name}"`);
    },
  );
  addSettings(clients.command('update <client>').description('Change a client (id or name); "none" lifts a limit'))
    .option('--name <name>', 'rename it')
    .action(async (client: string, options: ClientOptions) => {
      const patch = settingsOf(options);
      const updated = await withStorage(({ repositories }) => updateClient(repositories, { client, patch }));
      show(updated, () => printClient(updated));
    });
  for (const [name, change, description] of [
    ['disable', disableClient, 'Refuse all requests of a client from now on'],
    ['enable', enableClient, 'Serve a disabled client again'],
  ] as const) {
    clients
      .command(`${name} <client>`)
      .description(description)
      .action(async (client: string) => {
        const changed = await withStorage(({ repositories }) => change(repositories, { client }));
        show(changed, () => printClient(changed));
      });
  }
}

function addSettings(command: Command): Command {
  return command
    .option('--policy <name>', 'the policy that "auto" uses')
    .option('--requests-per-minute <n>', 'limit of requests', orNone(positiveInteger))
    .option('--tokens-per-minute <n>', 'limit of tokens', orNone(positiveInteger))
    .option('--budget-day-usd <usd>', 'budget per UTC day', orNone(positiveNumber))
    .option('--budget-month-usd <usd>', 'budget per UTC month', orNone(positiveNumber))
    .option('--cache', 'answer equal requests from the exact cache')
    .option('--no-cache', 'never answer from the cache')
    .option('--cache-ttl-seconds <n>', 'how long a cached reply serves', positiveInteger)
    .option('--regions <codes>', 'regions its requests may go to, such as eu', orNone(list));
}

function settingsOf(options: ClientOptions) {
  const { name, policy, regions, cache, cacheTtlSeconds, ...limits } = options;
  const caching = cache === undefined && cacheTtlSeconds === undefined ? undefined : cacheOf(cache, cacheTtlSeconds);
  return {
    ...(name !== undefined && { name }),
    ...(policy !== undefined && { policy }),
    ...(regions !== undefined && { regions: orNull(regions) }),
    ...(caching !== undefined && { cache: caching }),
    ...(Object.keys(limits).length > 0 && { limits: mapValues(limits, orNull) }),
  };
}

const orNull = <Value>(value: Value | typeof NONE): Value | null => (value === NONE ? null : value);

const mapValues = <Value, Mapped>(values: Readonly<Record<string, Value>>, map: (value: Value) => Mapped) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, map(value)]));

/** A patch may name half of the cache's settings, a new client needs both; and it has no limit yet that could be lifted. */
function newSettingsOf(options: ClientOptions) {
  const { cache, limits, regions, ...settings } = settingsOf(options);
  return {
    ...settings,
    ...(cache !== undefined && { cache: { ...NO_CACHE, ...cache } }),
    ...(limits !== undefined && { limits: mapValues(limits, (limit) => limit ?? undefined) }),
    ...(regions !== undefined && regions !== null && { regions }),
  };
}

const NO_CACHE = clientInputSchema.shape.cache.parse(undefined);

const cacheOf = (enabled: boolean | undefined, ttlSeconds: number | undefined) => ({
  ...(enabled !== undefined && { enabled }),
  ...(ttlSeconds !== undefined && { ttlSeconds }),
});

function printClients(clients: readonly Client[]): string {
  return printTable(
    clients,
    [
      { title: 'ID', value: ({ id }) => id },
      { title: 'NAME', value: ({ name }) => name },
      { title: 'POLICY', value: ({ policy }) => policy },
      { title: 'REQUESTS/MIN', value: ({ limits }) => limits.requestsPerMinute, align: 'right' },
      { title: 'USD/DAY', value: ({ limits }) => limits.budgetDayUsd, align: 'right' },
      { title: 'USD/MONTH', value: ({ limits }) => limits.budgetMonthUsd, align: 'right' },
      { title: 'STATE', value: ({ disabledAt }) => (disabledAt === undefined ? 'active' : 'disabled') },
    ],
    'There are no clients yet. Create one: pointsman clients create <name>',
  );
}

function printClient(client: Client): string {
  const { limits, cache } = client;
  return printFacts({
    id: client.id,
    name: client.name,
    state: client.disabledAt === undefined ? 'active' : `disabled since ${client.disabledAt}`,
    policy: client.policy,
    'requests per minute': limits.requestsPerMinute ?? 'unlimited',
    'tokens per minute': limits.tokensPerMinute ?? 'unlimited',
    'budget per day': limits.budgetDayUsd === undefined ? 'none' : `$${limits.budgetDayUsd}`,
    'budget per month': limits.budgetMonthUsd === undefined ? 'none' : `$${limits.budgetMonthUsd}`,
    cache: cache.enabled ? `${cache.ttlSeconds} s` : 'off',
    regions: client.regions?.join(', ') ?? 'any',
    created: client.createdAt,
  });
}
