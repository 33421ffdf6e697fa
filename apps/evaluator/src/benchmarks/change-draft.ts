import {
  type BenchmarkDraft,
  benchmarkDraftSchema,
  caseHash,
  parseBenchmarkReference,
  pendingChanges,
  publish,
  startDraft,
} from '@pointsman/benchmark';
import { type BenchmarkChange, type BenchmarkVersion, GatewayError } from '@pointsman/contracts';
import { type Benchmarks, findVersion } from './load-benchmark.ts';

export type OpenDraft = {
  draft: BenchmarkDraft;
  /** 0 where nothing is stored yet. */
  revision: number;
  previous: BenchmarkVersion | undefined;
};

export type ChangedDraft = { draft: BenchmarkDraft; changes: BenchmarkChange[] };

/**
 * The draft of a benchmark, or an empty one to begin with.
 * @throws {GatewayError} `invalid_request` when the name is none, or names a version.
 */
export async function openDraft(benchmarks: Benchmarks, text: string, now: () => number): Promise<OpenDraft> {
  const { name, version } = parseBenchmarkReference(text);
  if (version !== undefined)
    throw new GatewayError(
      'invalid_request',
      `'${text}' names a published version, which never changes: name the benchmark, ${name}.`,
    );
  const previous = (await findVersion(benchmarks, { name, version }, now))?.version;
  const stored = await benchmarks.draft(name);
  if (stored === undefined) return { draft: startDraft(name, previous), revision: 0, previous };
  return { draft: benchmarkDraftSchema.parse(stored.body), revision: stored.revision, previous };
}

/**
 * Changes the draft of a benchmark and stores it, if anything changed.
 * @throws {GatewayError} `conflict` when somebody else changed it meanwhile.
 */
export async function changeDraft(
  benchmarks: Benchmarks,
  name: string,
  now: () => number,
  change: (open: OpenDraft) => BenchmarkDraft,
): Promise<ChangedDraft> {
  const open = await openDraft(benchmarks, name, now);
  const draft = change(open);
  const changes = pendingChanges(draft, open.previous);
  if (changes.length > 0 || open.revision > 0) await benchmarks.saveDraft(draft.name, draft, open.revision);
  return { draft, changes };
}

/**
 * Publishes the approved draft of a benchmark.
 * @throws {GatewayError} `conflict` when it is not approved, or somebody else changed or published it meanwhile.
 */
export async function publishDraft(
  benchmarks: Benchmarks,
  name: string,
  now: () => number,
  { author, reason }: { author: string; reason: string },
): Promise<BenchmarkVersion> {
  const { draft, revision, previous } = await openDraft(benchmarks, name, now);
  const version = publish(draft, previous, { author, at: new Date(now()).toISOString() });
  const cases = draft.edits.flatMap((edit) =>
    edit.kind === 'put' ? [{ hash: caseHash(edit.case), body: edit.case }] : [],
  );
  await benchmarks.publish({ version, cases, reason, review: draft.review, draftRevision: revision });
  return version;
}
