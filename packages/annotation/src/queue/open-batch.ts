import { type Batch, type BatchInput, batchInputSchema, GatewayError } from '@pointsman/contracts';
import type { CountedBatch, KnownRating, NewQueueItem, Repositories } from '@pointsman/db';
import { seededRandom } from '@pointsman/statistics';
import type { z } from 'zod';
import { batchView } from './batch-view.ts';
import type { Collected, CollectedItem } from './collected-items.ts';
import { goldItems } from './gold-items.ts';
import { itemsOfFile } from './items-of-file.ts';
import { itemsOfRun } from './items-of-run.ts';
import { itemsOfSamples } from './items-of-samples.ts';
import { planRaters } from './plan-raters.ts';
import { rankByGain, shuffled } from './rank-by-gain.ts';
import { cellName, ratedCells } from './rated-cells.ts';

export type QueueRepositories = Pick<
  Repositories,
  'annotationQueue' | 'annotations' | 'benchmarks' | 'evaluationRuns' | 'requestSamples'
>;

/** Everybody's next items come from one band: wide enough for an order of one's own, narrow enough to go by priority. */
const BAND = 20;
/** Ratings looked at to plan by, the latest. */
export const MOST_KNOWN_RATINGS = 50_000;

type Settings = z.infer<typeof batchInputSchema>;

/**
 * Makes a batch of what a run, production or a file gives: the items that shrink the intervals most, with gold items
 * among them. @throws GatewayError `invalid_request` when nothing is left to rate or a text names a model.
 */
export async function openBatch(
  repositories: QueueRepositories,
  input: BatchInput,
  { createdBy, now }: { createdBy: string; now: number },
): Promise<Batch> {
  const settings = batchInputSchema.parse(input);
  const known = await repositories.annotationQueue.knownRatings(MOST_KNOWN_RATINGS);
  const collected = await collect(repositories, settings);
  refuseNames(settings, collected.items);
  const random = seededRandom(`${settings.title} ${now}`);
  const chosen = chooseItems(collected.items, settings, { known, random });
  if (chosen.length === 0) throw new GatewayError('invalid_request', 'There is nothing to rate.', { param: 'source' });
  const gold = await goldOf(repositories, settings, { collected, chosen });
  const items = shuffled([...chosen, ...gold], random);
  const used = new Set(items.map(({ caseHash }) => caseHash));
  const { id } = await repositories.annotationQueue.createBatch(
    {
      title: settings.title,
      guidelines: settings.guidelines,
      source: originOf(settings.source),
      plans: planRaters(known, settings),
      targetCeiling: settings.targetCeiling,
      goldShare: settings.goldShare,
      reservationMinutes: settings.reservationMinutes,
      disagreement: settings.disagreement,
      createdBy,
      items,
      cases: collected.cases.filter(({ hash }) => used.has(hash)),
    },
    now,
  );
  return batchView(await stored(repositories, id, now));
}

async function stored({ annotationQueue }: QueueRepositories, id: string, now: number): Promise<CountedBatch> {
  const batch = await annotationQueue.batch(id, now);
  if (batch === undefined) throw new Error(`the batch ${id} was not stored`);
  return batch;
}

function collect(
  repositories: QueueRepositories,
  { source, mostItems, dimensions }: Settings,
): Promise<Collected> | Collected {
  if (source.kind === 'run') return itemsOfRun(repositories, source.runId);
  if (source.kind === 'file') return itemsOfFile(source, dimensions);
  return itemsOfSamples(repositories, { clientId: source.clientId, most: mostItems });
}

const originOf = (source: Settings['source']) =>
  source.kind === 'run'
    ? { kind: source.kind, runId: source.runId }
    : { kind: source.kind, ...(source.kind === 'samples' && { clientId: source.clientId }) };

/** Raters are to see no name of what they rate. */
function refuseNames({ title, guidelines }: Settings, items: readonly CollectedItem[]): void {
  const text = `${title}\n${guidelines}`.toLowerCase();
  const names = [...new Set(items.map(({ model }) => model.toLowerCase()))].flatMap((model) => [
    model,
    bareName(model),
  ]);
  const named = names.find((name) => name.length > 3 && text.includes(name));
  if (named === undefined) return;
  const message = `Annotators see title and guidelines: they may not name "${named}", whose replies are rated.`;
  throw new GatewayError('invalid_request', message);
}

/** Without the provider before it. */
const bareName = (model: string): string => model.split('/').at(-1) ?? model;

function chooseItems(
  items: readonly CollectedItem[],
  { dimensions, mostItems }: Settings,
  { known, random }: { known: readonly KnownRating[]; random: () => number },
): NewQueueItem[] {
  const cells = ratedCells(items, dimensions, known);
  const inCells = items.map((item) => ({
    item,
    cells: dimensions.map((dimension) => cellName(item.model, dimension)),
  }));
  return rankByGain(inCells, cells, random)
    .slice(0, mostItems)
    .map(({ item }, rank) => ({ ...item, band: Math.floor(rank / BAND) }));
}

async function goldOf(
  repositories: QueueRepositories,
  { dimensions, goldShare }: Settings,
  { collected, chosen }: { collected: Collected; chosen: readonly NewQueueItem[] },
): Promise<NewQueueItem[]> {
  const most = Math.ceil((goldShare / (1 - goldShare)) * chosen.length);
  const leaveOut = new Set(collected.items.map(({ caseHash, replyHash }) => `${caseHash} ${replyHash}`));
  const ours = await goldItems(repositories, { dimensions, leaveOut, most });
  return [...collected.gold, ...ours].slice(0, most).map((item) => ({ ...item, band: 0 }));
}
