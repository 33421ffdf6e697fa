import {
  type Agreement,
  type BatchDetail,
  type BatchItem,
  type BatchItems,
  DIMENSIONS,
  GatewayError,
} from '@pointsman/contracts';
import type { AnnotatedReply, BatchAnswer, RatedItem, Repositories } from '@pointsman/db';
import { withNames } from '../benchmark/agreement-of-ratings.ts';
import { type AgreementReader, openAgreement } from '../benchmark/open-agreement.ts';
import { batchView } from './batch-view.ts';
import { raterFigures } from './rater-figures.ts';

type Queue = Repositories['annotationQueue'];

/** For how many batches figures are kept. */
const KEPT_BATCHES = 10;
/** Longer nobody waits for figures of what was rated just now: those of a moment ago stand in. */
const PATIENCE_MS = 300;

/** What is known of a batch's answers, as of one revision of them. */
type Kept = { reader: AgreementReader; read?: { revision: string; answers: Promise<BatchAnswer[]> } };

/** Batches in detail. What was said is read anew only when somebody has rated since; agreement on a thread of its own. */
export function batchDetails(queue: Queue, now: () => number): (id: string) => Promise<BatchDetail> {
  const kept = new Map<string, Kept>();
  const keep = (id: string): Kept => {
    const known = kept.get(id) ?? { reader: agreementOfBatch(queue, id) };
    // The one used last stands last.
    kept.delete(id);
    kept.set(id, known);
    const [oldest] = kept.keys();
    if (kept.size > KEPT_BATCHES && oldest !== undefined) kept.delete(oldest);
    return known;
  };
  const answersOf = async (id: string, known: Kept): Promise<BatchAnswer[]> => {
    const revision = await queue.answersRevision(id);
    if (known.read?.revision !== revision) {
      const answers = queue.batchAnswers(id);
      known.read = { revision, answers };
      // Whoever waits is told; whoever comes later asks again.
      answers.catch(() => delete known.read);
    }
    return known.read.answers;
  };
  return async (id) => {
    const batch = await queue.batch(id, now());
    if (batch === undefined) throw new GatewayError('not_found', `There is no batch "${id}".`);
    const known = keep(id);
    const [answers, agreement] = await Promise.all([answersOf(id, known), known.reader.read(PATIENCE_MS)]);
    return {
      ...batchView(batch),
      guidelines: batch.guidelines,
      agreement: named(agreement, answers),
      raterFigures: raterFigures(answers, agreement),
    };
  };
}

function agreementOfBatch(queue: Queue, id: string): AgreementReader {
  return openAgreement({
    repositories: {
      annotations: { all: async () => ratedReplies(await queue.batchAnswers(id)) },
      judgeReading: { ratingsRevision: () => queue.answersRevision(id) },
    },
  });
}

/** A batch's submissions as replies with their ratings, gold items left out. */
export function ratedReplies(answers: readonly BatchAnswer[]): AnnotatedReply[] {
  const regular = answers.filter(({ gold, skipReason }) => gold === undefined && skipReason === undefined);
  return [...Map.groupBy(regular, ({ itemId }) => itemId)].flatMap(([itemId, own]) => {
    const [first] = own;
    if (first === undefined) return [];
    const ratings = own.flatMap(({ rater, answers: said }) =>
      DIMENSIONS.flatMap((dimension) => {
        const rating = said[dimension];
        return typeof rating === 'number' ? [{ dimension, rater, rating, scale: [1, 5] as [number, number] }] : [];
      }),
    );
    const { caseId, model } = first;
    return [{ caseHash: caseId, replyHash: itemId, caseId, model, reply: '', ratings, adjudications: [] }];
  });
}

function named(agreement: Agreement, answers: readonly BatchAnswer[]): Agreement {
  if (agreement.status !== 'ready') return agreement;
  return withNames(agreement, new Map(answers.map(({ rater, name }) => [rater, name])));
}

/** So much of a text is enough to know it by. */
const SHOWN_CHARACTERS = 300;
const cut = (text: string): string => (text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text);

/** A page of a batch's items, for its operator. */
export async function batchItems(
  queue: Queue,
  page: { batchId: string; offset: number; limit: number; disputedOnly: boolean },
): Promise<BatchItems> {
  const { items, total } = await queue.batchItems(page);
  return { data: items.map(itemView), total };
}

function itemView({ id, caseId, model, gold, content, ratings, disputed, decided }: RatedItem): BatchItem {
  return {
    id,
    caseId,
    model,
    ...(gold === undefined ? {} : { gold }),
    prompt: cut(content?.messages.at(-1)?.text ?? ''),
    reply: cut(content?.reply ?? ''),
    ...(content?.domain === undefined ? {} : { domain: content.domain }),
    ...(content?.task === undefined ? {} : { task: content.task }),
    ratings,
    disputed,
    decided,
  };
}
