import { createHash } from 'node:crypto';
import { type AnnotationFormat, DIMENSIONS, type Dimension, GatewayError } from '@pointsman/contracts';
import type { GoldRatings } from '@pointsman/db';
import { replyHash } from '@pointsman/db';
import type { Collected, CollectedItem } from './collected-items.ts';
import { EXCHANGE_FORMATS } from './formats/exchange-formats.ts';
import type { ExchangedItem, ReadItem } from './formats/exchanged-item.ts';
import { caseFrom } from './queue-content.ts';

/** Enough of a file's faults to mend it by. */
const TOLD_FAULTS = 5;
const UNKNOWN_MODEL = 'unknown';

/** The replies of a file. @throws GatewayError `invalid_request` naming what cannot be used: a file is taken whole or not. */
export function itemsOfFile(
  { format, content }: { format: AnnotationFormat; content: string },
  dimensions: readonly Dimension[],
): Collected {
  const read = EXCHANGE_FORMATS[format].read(content).map(usable);
  const bad = read.filter((row) => !row.ok);
  if (bad.length > 0) {
    const told = bad.slice(0, TOLD_FAULTS).map(({ place, reason }) => `${place}: ${reason}`);
    throw new GatewayError('invalid_request', `${bad.length} entries cannot be used: ${told.join('; ')}.`, {
      param: 'source',
    });
  }
  const made = read.flatMap((row) => (row.ok ? [madeOf(row.item)] : []));
  return {
    items: made.flatMap(({ item }) => (goldOf(item, dimensions) === undefined ? [item] : [])),
    gold: made.flatMap(({ item }) => {
      const gold = goldOf(item, dimensions);
      return gold === undefined ? [] : [{ ...item, gold }];
    }),
    cases: made.flatMap(({ stored }) => (stored === undefined ? [] : [stored])),
  };
}

function usable(row: ReadItem): ReadItem {
  if (!row.ok) return row;
  const { messages, reply } = row.item;
  if (reply === undefined) return { ok: false, place: row.place, reason: 'there is no reply' };
  if (messages.length === 0) return { ok: false, place: row.place, reason: 'there is no conversation' };
  return row;
}

type MadeItem = { item: CollectedItem; stored: Collected['cases'][number] | undefined };

function madeOf({
  caseId,
  model,
  domain,
  task,
  language,
  messages,
  reference,
  reply = '',
  gold,
}: ExchangedItem): MadeItem {
  const id = caseId ?? `file-${createHash('sha256').update(JSON.stringify(messages)).digest('hex').slice(0, 16)}`;
  const made = caseFrom({
    id: id.toLowerCase(),
    messages: messages.map(({ role, text }) => ({ role, content: text })),
    reference,
    domain,
    task,
    language: language ?? 'und',
    provenance: { kind: 'imported', source: 'annotation batch' },
    licence: 'proprietary',
  });
  return {
    item: {
      caseId: id,
      caseHash: made?.hash,
      replyHash: replyHash(reply),
      model: model ?? UNKNOWN_MODEL,
      gold: gold === undefined ? undefined : numbersOf(gold),
      content: { messages, reference, reply, language, domain, task },
      sampleId: undefined,
      predicted: {},
    },
    stored: made && { ...made, sampleId: undefined },
  };
}

const numbersOf = (answers: NonNullable<ExchangedItem['gold']>): GoldRatings =>
  Object.fromEntries(Object.entries(answers).filter(([, answer]) => typeof answer === 'number')) as GoldRatings;

/** Known ratings, where every dimension that is asked has one. */
function goldOf({ gold }: CollectedItem, dimensions: readonly Dimension[]): GoldRatings | undefined {
  if (gold === undefined || dimensions.some((dimension) => gold[dimension] === undefined)) return undefined;
  return Object.fromEntries(
    DIMENSIONS.filter((dimension) => dimensions.includes(dimension)).map((dimension) => [dimension, gold[dimension]]),
  );
}
