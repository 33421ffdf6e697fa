import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { applySync } from '../src/apply-sync.ts';
import { catalogVersion } from '../src/catalog-version.ts';
import { readModelsDev } from '../src/read-models-dev.ts';
import { shippedCatalog } from '../src/shipped-catalog.ts';
import { shippedProviders } from '../src/shipped-providers.ts';

// Derives src/data/catalog.snapshot.json from a file that models.dev published:
//   npx node --conditions=@pointsman/source packages/model-catalog/scripts/make-snapshot.ts <file.json> --as-of YYYY-MM-DD
// Prices of the snapshot it replaces stay: decisions made under them must keep their cost.

const { positionals, values } = parseArgs({ allowPositionals: true, options: { 'as-of': { type: 'string' } } });
const [file] = positionals;
const asOf = values['as-of'];
if (file === undefined || asOf === undefined)
  throw new Error('usage: make-snapshot.ts <models.dev file> --as-of YYYY-MM-DD');

const hosted = shippedProviders().filter((provider) => provider.needsKey);
const reading = readModelsDev(JSON.parse(readFileSync(file, 'utf8')), {
  asOf,
  providers: hosted.map((provider) => provider.id),
});

const merged = new Map(
  applySync(shippedCatalog(), reading.models, asOf).models.map((model) => [model.id, model.prices]),
);
const models = reading.models.map((model) => ({ ...model, prices: merged.get(model.id) ?? model.prices }));

const attribution = 'Model facts and prices from models.dev (https://models.dev), MIT License; see NOTICE.';
// One model a line, so that a review of a new snapshot shows which models changed.
const lines = models.map((model) => `    ${JSON.stringify(model)}`).join(',\n');
const target = new URL('../src/data/catalog.snapshot.json', import.meta.url);
writeFileSync(
  target,
  `{\n  "attribution": ${JSON.stringify(attribution)},\n  "asOf": "${asOf}",\n  "models": [\n${lines}\n  ]\n}\n`,
);

const skipped = reading.skipped.map(({ id, why }) => `  ${id}: ${why}`).join('\n');
process.stdout.write(
  `${models.length} models, content ${catalogVersion(models)}\n${reading.skipped.length} skipped:\n${skipped}\n`,
);
