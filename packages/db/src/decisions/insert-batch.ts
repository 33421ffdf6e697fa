import { type Decision, utcDay } from '@pointsman/contracts';
import type { Database } from '../open-database.ts';
import { errorCode } from '../storage-unavailable.ts';
import { encodeDecision } from './decision-rows.ts';
import { type ModelDictionary, modelsNamedBy } from './model-dictionary.ts';
import { type EncodedDecision, writeBatch } from './write-batch.ts';

export type RejectedDecision = { id: string; message: string };
export type InsertResult = {
  /** How many decisions were not there before. */
  inserted: number;
  /** Records that can never be stored. Retrying them is useless; the caller reports them. */
  rejected: RejectedDecision[];
};

type Writer = { database: Database; nodeId: string | undefined; knownDays: Set<string> };

const DEADLOCK = '40P01';
const NO_PARTITION = '23514';
/** Bad data rather than a bad moment: data exceptions, constraint violations, values over the program's limits. */
const isAboutData = (code: string | undefined): boolean =>
  code !== undefined && ['22', '23', '54'].includes(code.slice(0, 2));

async function ensurePartitions(writer: Writer, batch: readonly EncodedDecision[]): Promise<void> {
  const days = new Set(batch.map(({ row }) => utcDay(row.at.getTime())));
  for (const day of [...days].sort()) {
    if (writer.knownDays.has(day)) continue;
    await writer.database.pool.query('select ensure_decision_partition($1::date)', [day]);
    writer.knownDays.add(day);
  }
}

/** Writes a batch whole; where a deadlock or a partition dropped meanwhile is in the way, tries again, a bounded number of times. */
async function writeWithRetry(writer: Writer, batch: readonly EncodedDecision[], retries = 3): Promise<number> {
  try {
    await ensurePartitions(writer, batch);
    return await writeBatch(writer.database, batch, writer.nodeId);
  } catch (error) {
    const code = errorCode(error);
    if (retries === 0 || (code !== DEADLOCK && code !== NO_PARTITION)) throw error;
    if (code === NO_PARTITION) writer.knownDays.clear();
    return writeWithRetry(writer, batch, retries - 1);
  }
}

/** Halves a batch that cannot be stored until the records at fault are alone: one bad record must not hold up the rest. */
async function writeAround(writer: Writer, batch: readonly EncodedDecision[]): Promise<InsertResult> {
  const [first] = batch;
  if (first === undefined) return { inserted: 0, rejected: [] };
  try {
    return { inserted: await writeWithRetry(writer, batch), rejected: [] };
  } catch (error) {
    if (!(error instanceof Error) || !isAboutData(errorCode(error))) throw error;
    if (batch.length === 1) return { inserted: 0, rejected: [{ id: first.decision.id, message: error.message }] };
    const half = Math.ceil(batch.length / 2);
    const left = await writeAround(writer, batch.slice(0, half));
    const right = await writeAround(writer, batch.slice(half));
    return { inserted: left.inserted + right.inserted, rejected: [...left.rejected, ...right.rejected] };
  }
}

function encodeAll(
  batch: readonly Decision[],
  modelNumbers: ReadonlyMap<string, number>,
): { encoded: EncodedDecision[]; rejected: RejectedDecision[] } {
  const encoded = new Map<string, EncodedDecision>();
  const rejected: RejectedDecision[] = [];
  for (const decision of batch) {
    if (encoded.has(decision.id)) continue;
    try {
      encoded.set(decision.id, { decision, row: encodeDecision(decision, modelNumbers) });
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      rejected.push({ id: decision.id, message: error.message });
    }
  }
  return { encoded: [...encoded.values()], rejected };
}

/** A function that stores batches of decisions exactly once each; it remembers which partitions exist. */
export function batchInserter(database: Database, dictionary: ModelDictionary) {
  const knownDays = new Set<string>();
  return async (batch: readonly Decision[], options: { nodeId?: string | undefined } = {}): Promise<InsertResult> => {
    if (batch.length === 0) return { inserted: 0, rejected: [] };
    const modelNumbers = await dictionary.numbersOf(modelsNamedBy(batch));
    const { encoded, rejected } = encodeAll(batch, modelNumbers);
    const written = await writeAround({ database, nodeId: options.nodeId, knownDays }, encoded);
    return { inserted: written.inserted, rejected: [...rejected, ...written.rejected] };
  };
}
