import { type BenchmarkCase, type BenchmarkVersion, GatewayError } from '@pointsman/contracts';
import { type BenchmarkDraft, type DraftEdit, editedCaseId, type Signature } from './benchmark-draft.ts';

/** An empty draft of what follows the version; of a new benchmark where there is none. */
export const startDraft = (name: string, previous: Pick<BenchmarkVersion, 'version'> | undefined): BenchmarkDraft => ({
  name,
  base: previous?.version ?? 0,
  status: 'draft',
  edits: [],
  authors: [],
});

/** The draft in which the cases stand as given, new or changed. */
export const putCases = (
  draft: BenchmarkDraft,
  cases: readonly BenchmarkCase[],
  signature: Signature,
): BenchmarkDraft =>
  withEdits(
    draft,
    cases.map((benchmarkCase) => ({ kind: 'put', case: benchmarkCase, ...signature })),
  );

/**
 * The draft without the cases.
 * @throws {GatewayError} `not_found` naming those that are neither in the version before nor in the draft.
 */
export function retireCases(
  draft: BenchmarkDraft,
  previous: BenchmarkVersion | undefined,
  caseIds: readonly string[],
  signature: Signature,
): BenchmarkDraft {
  const present = new Set([...(previous?.cases.map(({ id }) => id) ?? []), ...draft.edits.map(editedCaseId)]);
  const missing = caseIds.filter((id) => !present.has(id));
  if (missing.length > 0)
    throw new GatewayError('not_found', `'${draft.name}' has no case ${missing.map((id) => `'${id}'`).join(', ')}.`);
  return withEdits(
    draft,
    caseIds.map((caseId) => ({ kind: 'retire', caseId, ...signature })),
  );
}

/** An edit voids review and approval: what was read is not what would be published. */
function withEdits(draft: BenchmarkDraft, edits: readonly DraftEdit[]): BenchmarkDraft {
  const byCase = new Map([...draft.edits, ...edits].map((edit) => [editedCaseId(edit), edit]));
  const authors = new Set([...draft.authors, ...edits.map(({ author }) => author)]);
  return { ...draft, status: 'draft', edits: [...byCase.values()], authors: [...authors], review: undefined };
}
