import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  ConfigurationError,
  configJsonSchema,
  effectiveCatalog,
  enabledProviders,
  isEmulated,
  readConfiguration,
} from '@pointsman/administration';
import { shippedCatalog } from '@pointsman/model-catalog';
import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { printFacts } from '../output/print-facts.ts';
import { printTable } from '../output/print-table.ts';

export function addConfigCommands(program: Command, { terminal, show }: CommandContext): void {
  const config = program.command('config').description('The configuration of a gateway');
  config
    .command('check')
    .description('Check environment and file, and say which providers are on; needs no database')
    .option('--file <file>', 'check this file instead of the one that would be used')
    .action(async ({ file }: { file?: string }) => {
      const path = file ?? program.opts<{ config?: string }>().config;
      const result = await readConfiguration({ env: terminal.env, directory: terminal.directory, path });
      if (!result.ok) throw new ConfigurationError(result.problems);
      const catalog = effectiveCatalog(shippedCatalog(), result.configuration);
      const providers = enabledProviders(catalog, result.configuration).map(({ provider, enabled, why }) => ({
        id: provider.id,
        enabled,
        why,
        baseUrl: provider.baseUrl,
        models: catalog.models.filter((model) => model.provider === provider.id).length,
      }));
      show({ ok: true, configuration: result.configuration, providers }, () =>
        [printSettings(result.configuration), printProviders(providers)].join('\n\n'),
      );
    });
  config
    .command('schema')
    .description('Print the JSON Schema of the configuration file, for editors')
    .option('--out <file>', 'write it to a file instead')
    .action(async ({ out }: { out?: string }) => {
      const text = `${JSON.stringify(configJsonSchema(), null, 2)}\n`;
      if (out === undefined) terminal.write(text);
      else await writeFile(resolve(terminal.directory, out), text);
    });
}

type Settings = Parameters<typeof enabledProviders>[1];
type ProviderLine = { id: string; enabled: boolean; why: string; models: number };

function printSettings(settings: Settings): string {
  const { file, server, databaseUrl, redisUrl, dataDir, emulator, routerDir } = settings;
  return printFacts({
    file: file ?? 'none',
    listens: `${server.host}:${server.port}`,
    database: databaseUrl === undefined ? `embedded in ${dataDir}` : 'DATABASE_URL',
    redis: redisUrl === undefined ? 'none' : 'REDIS_URL',
    emulator: isEmulated(settings) ? `${emulator}: it answers for every provider` : emulator,
    router: routerDir,
  });
}

function printProviders(providers: readonly ProviderLine[]): string {
  return printTable(
    providers,
    [
      { title: 'PROVIDER', value: ({ id }) => id },
      { title: 'STATE', value: ({ enabled }) => (enabled ? 'on' : 'off') },
      { title: 'MODELS', value: ({ models }) => models, align: 'right' },
      { title: 'WHY', value: ({ why }) => why },
    ],
    'There are no providers.',
  );
}
