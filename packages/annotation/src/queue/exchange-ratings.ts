import { type AnnotationFormat, GatewayError, type Imported } from '@pointsman/contracts';
import type { ImportedAnswer, RatedItem, Repositories } from '@pointsman/db';
import { replyHash } from '@pointsman/db';
import { EXCHANGE_FORMATS } from './formats/exchange-formats.ts';
import type { ExchangedItem, ReadItem } from './formats/exchanged-item.ts';

type Queue = Repositories['annotationQueue'];
type People = Pick<Repositories['users'], 'list'>;

const PAGE = 200;

/** A batch as a document, part by part. Formats that are for rating elsewhere say neither who wrote a reply nor what is known of it. */
export async function* exportBatch(queue: Queue, batchId: string, format: AnnotationFormat): AsyncGenerator<string> {
  const { head, between, foot, write } = EXCHANGE_FORMATS[format];
  let isFirst = true;
  yield head;
  for await (const item of itemsOf(queue, batchId)) {
    if (item.content === undefined) continue;
    yield `${isFirst ? '' : between}${write(exchanged(item))}`;
    isFirst = false;
  }
  yield foot;
}

async function* itemsOf(queue: Queue, batchId: string): AsyncGenerator<RatedItem> {
  for (let offset = 0; ; offset += PAGE) {
    const { items } = await queue.batchItems({ batchId, offset, limit: PAGE });
    yield* items;
    if (items.length < PAGE) return;
  }
}

function exchanged({ id, caseId, model, gold, content, ratings, decided }: RatedItem): ExchangedItem {
  const { messages = [], reference, reply, language, domain, task } = content ?? {};
  return {
    item: id,
    caseId,
    model,
    domain,
    task,
    language,
    messages,
    reference,
    reply,
    ...(gold === undefined ? {} : { gold }),
    ratings: ratings.map(({ rater, answers, comment }) => ({ rater, answers, comment })),
    ...(Object.keys(decided).length === 0 ? {} : { adjudicated: decided }),
  };
}

/**
 * Takes ratings in that were made elsewhere. Rows belong to the item of their id, else to the one with the same case and
 * reply; raters to the person of that address or id, else to their own name. Bad rows are left out and named.
 */
export async function importRatings(
  { queue, users, now }: { queue: Queue; users: People; now: () => number },
  batchId: string,
  { format, content }: { format: AnnotationFormat; content: string },
): Promise<Imported> {
  const batch = await queue.batch(batchId, now());
  if (batch === undefined) throw new GatewayError('not_found', `There is no batch "${batchId}".`);
  if (batch.state === 'withdrawn') throw new GatewayError('conflict', 'A withdrawn batch takes no ratings.');
  const find = await itemFinder(queue, batchId);
  const known = new Map((await users.list()).map(({ id, email }) => [email, id]));
  const dimensions = new Set<string>(batch.plans.map(({ dimension }) => dimension));
  const read = EXCHANGE_FORMATS[format].read(content).map((row) => matched(row, find, dimensions));
  const bad = read.flatMap((row) => ('reason' in row ? [{ place: row.place, reason: row.reason }] : []));
  const answers = read
    .flatMap((row) => ('answers' in row ? row.answers : []))
    .map((answer) => ({ ...answer, rater: known.get(answer.rater.toLowerCase()) ?? answer.rater }));
  await queue.importAnswers(latest(answers), now());
  return {
    ratings: answers.reduce((sum, { answers: said }) => sum + Object.keys(said).length, 0),
    unrated: read.filter((row) => 'answers' in row && row.answers.length === 0).length,
    bad,
  };
}

type Matched = { answers: ImportedAnswer[] } | { place: string; reason: string };

function matched(
  row: ReadItem,
  find: (item: ExchangedItem) => string | undefined,
  dimensions: ReadonlySet<string>,
): Matched {
  if (!row.ok) return row;
  const { place, item } = row;
  const itemId = find(item);
  if (itemId === undefined) return { place, reason: 'the batch has no such item' };
  const stray = item.ratings.flatMap(({ answers }) => Object.keys(answers)).find((name) => !dimensions.has(name));
  if (stray !== undefined) return { place, reason: `the batch does not ask about ${stray}` };
  const said = item.ratings.filter(({ answers }) => Object.keys(answers).length > 0);
  return { answers: said.map(({ rater, answers, comment }) => ({ itemId, rater, answers, comment })) };
}

async function itemFinder(queue: Queue, batchId: string): Promise<(item: ExchangedItem) => string | undefined> {
  const ids = new Set<string>();
  const byText = new Map<string, string>();
  for await (const { id, caseId, replyHash: hash } of itemsOf(queue, batchId)) {
    ids.add(id);
    byText.set(`${caseId} ${hash}`, id);
  }
  return ({ item, caseId, reply }) => {
    if (item !== undefined && ids.has(item)) return item;
    return caseId === undefined || reply === undefined ? undefined : byText.get(`${caseId} ${replyHash(reply)}`);
  };
}

/** One answer for each item and rater, the last. */
const latest = (answers: readonly ImportedAnswer[]): ImportedAnswer[] => [
  ...new Map(answers.map((answer) => [`${answer.itemId} ${answer.rater}`, answer])).values(),
];
