import {
  type Configuration,
  effectiveCatalog,
  enabledProviders,
  findModel,
  isEmulated,
  type SyncResult,
  showCatalog,
  syncCatalog,
} from '@pointsman/administration';
import type { Catalog, CatalogModel, Price } from '@pointsman/contracts';
import { priceOn } from '@pointsman/model-catalog';
import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { printTable } from '../output/print-table.ts';
import { readDocument } from '../read-document.ts';

export function addCatalogCommands(program: Command, context: CommandContext): void {
  const catalog = program.command('catalog').description('Models, prices and what they can do');
  addShow(catalog, context);
  addSync(catalog, context);
  addPrices(catalog, context);
}

function addShow(catalog: Command, { terminal, withStorage, show }: CommandContext): void {
  catalog
    .command('show')
    .description('List the models as the gateway knows them, configuration included')
    .option('--provider <id>', 'only of this provider')
    .option('--enabled', 'only of providers that are on')
    .action(async ({ provider, enabled }: { provider?: string; enabled?: boolean }) => {
      const found = await withStorage(async ({ repositories, configuration }) => {
        const { catalog: base, source } = await showCatalog(repositories);
        const effective = effectiveCatalog(base, configuration);
        const emulated = isEmulated(configuration);
        return { source, version: effective.version, emulated, models: modelLines(effective, configuration) };
      });
      const wanted = found.models.filter(
        (model) => (provider === undefined || model.provider === provider) && (enabled !== true || model.enabled),
      );
      const emulated = found.emulated ? '\nThe emulator answers for every provider, on or off.' : '';
      const heading = `Catalogue ${found.version} (${found.source}), ${wanted.length} models${emulated}`;
      show({ ...found, models: wanted }, () => `${heading}\n\n${printModels(wanted, terminal.now())}`);
    });
}

function addSync(catalog: Command, { terminal, withStorage, show }: CommandContext): void {
  catalog
    .command('sync')
    .description('Show what a published catalogue would change, and take it in with --apply')
    .requiredOption('--from <file-or-url>', "models.dev's api.json, or a whole catalogue of our shape")
    .option('--as-of <day>', 'the UTC day from which its prices are known to hold (default: today)')
    .option('--apply', 'make it the catalogue in use')
    .action(async ({ from, asOf, apply }: { from: string; asOf?: string; apply?: boolean }) => {
      const content = await readDocument(from, terminal.directory);
      const day = asOf ?? new Date(terminal.now()).toISOString().slice(0, 10);
      const result = await withStorage(({ repositories, configuration }) =>
        syncCatalog(repositories, { content, asOf: day, from, apply, configuration }),
      );
      const { catalog: _catalog, text: _text, ...facts } = result;
      show(facts, () => printSync(result));
    });
}

function addPrices(catalog: Command, { terminal, withStorage, show }: CommandContext): void {
  catalog
    .command('prices <model>')
    .description('Show the dated prices of a model, in dollars per million tokens')
    .action(async (name: string) => {
      const model = await withStorage(async ({ repositories, configuration }) =>
        findModel(effectiveCatalog((await showCatalog(repositories)).catalog, configuration), name),
      );
      show({ id: model.id, prices: model.prices }, () => `${model.id}\n\n${printPrices(model, terminal.now())}`);
    });
}

type ModelLine = CatalogModel & { enabled: boolean };

function modelLines(catalog: Catalog, configuration: Configuration): ModelLine[] {
  const on = new Set(
    enabledProviders(catalog, configuration).flatMap(({ provider, enabled }) => (enabled ? [provider.id] : [])),
  );
  return catalog.models.map((model) => ({ ...model, enabled: on.has(model.provider) }));
}

const today = (nowMs: number): string => new Date(nowMs).toISOString().slice(0, 10);
/** Micro-dollars as dollars, without binary dust: six decimals are all there are. */
const usd = (micro: number | undefined): string | undefined =>
  micro === undefined ? undefined : (micro / 1_000_000).toFixed(6).replace(/\.?0+$/, '');

function printModels(models: readonly ModelLine[], nowMs: number): string {
  return printTable(
    models,
    [
      { title: 'MODEL', value: ({ id }) => id },
      { title: 'STATE', value: ({ enabled }) => (enabled ? 'on' : 'off') },
      { title: 'STATUS', value: ({ status, kind }) => (kind === 'chat' ? status : `${status} ${kind}`) },
      { title: 'CONTEXT', value: ({ contextTokens }) => contextTokens, align: 'right' },
      { title: 'USD/M IN', value: (model) => usd(priceOn(model, today(nowMs))?.inputMicroUsdPerMtok), align: 'right' },
      {
        title: 'USD/M OUT',
        value: (model) => usd(priceOn(model, today(nowMs))?.outputMicroUsdPerMtok),
        align: 'right',
      },
      { title: 'REGIONS', value: ({ regions }) => regions.join(',') },
    ],
    'No models.',
  );
}

function printPrices(model: CatalogModel, nowMs: number): string {
  const current = priceOn(model, today(nowMs));
  const lines = model.prices.flatMap((price) => [
    { ...price, applies: 'any input' },
    ...price.tiers.map((tier) => ({ ...price, ...tier, applies: `input above ${tier.aboveInputTokens}` })),
  ]);
  return printTable<Price & { applies: string }>(
    lines,
    [
      { title: 'FROM', value: ({ from }) => (from === current?.from ? `${from} (now)` : from) },
      { title: 'APPLIES TO', value: ({ applies }) => applies },
      { title: 'INPUT', value: (price) => usd(price.inputMicroUsdPerMtok), align: 'right' },
      { title: 'CACHED', value: (price) => usd(price.cachedInputMicroUsdPerMtok), align: 'right' },
      { title: 'CACHE WRITE', value: (price) => usd(price.cacheWriteMicroUsdPerMtok), align: 'right' },
      { title: 'OUTPUT', value: (price) => usd(price.outputMicroUsdPerMtok), align: 'right' },
    ],
    'No prices.',
  );
}

function printSync({ diff, text, skipped, applied }: SyncResult): string {
  if (diff.fromVersion === diff.toVersion) return 'Nothing changes: the catalogue in use says the same.';
  const left = skipped.length === 0 ? '' : `\n${skipped.length} listed models were not taken; --json says why.`;
  const end = applied
    ? `Applied: the catalogue in use is now ${diff.toVersion}.`
    : 'Nothing was changed. Add --apply to take it in.';
  return `${text}${left}\n\n${end}`;
}
