import { type BenchmarkChange, type BenchmarkVersion, GatewayError } from '@pointsman/contracts';
import { type BenchmarkDraft, type DraftEdit, editedCaseId } from './benchmark-draft.ts';
import { caseHash, versionHash } from './content-hash.ts';
import { statusText } from './review-draft.ts';

type CaseEntry = BenchmarkVersion['cases'][number];
export type Publication = { author: string; at: string };

/**
 * The version that an approved draft makes of the one before: its cases in their order, changed ones in place, new ones
 * after them. What an edit changes is found out by comparing; an edit that changes nothing leaves no trace.
 * @throws {GatewayError} `conflict` when the draft is not approved, was made for another version, or changes nothing.
 */
export function publish(
  draft: BenchmarkDraft,
  previous: BenchmarkVersion | undefined,
  publication: Publication,
): BenchmarkVersion {
  if (draft.status !== 'approved')
    throw refusal(`the draft of '${draft.name}' is ${statusText(draft)}: only an approved one is published.`);
  return versionAfter(draft, previous, publication);
}

/** The same without asking whether anybody approved: for what ships with the program. */
export function versionAfter(
  draft: Pick<BenchmarkDraft, 'name' | 'base' | 'edits'>,
  previous: BenchmarkVersion | undefined,
  { author, at }: Publication,
): BenchmarkVersion {
  const { name, base, edits } = draft;
  const latest = previous?.version ?? 0;
  if (base !== latest)
    throw refusal(`the draft of '${name}' changes version ${base}, but version ${latest} is the latest: start anew.`);
  const before = new Map(previous?.cases.map((entry) => [entry.id, entry]));
  const changes = edits.flatMap((edit) => changeOf(edit, before));
  if (changes.length === 0) throw refusal(`the draft of '${name}' changes nothing: there is nothing to publish.`);
  const cases = casesAfter(before, edits);
  if (cases.length === 0) throw refusal(`the draft of '${name}' leaves no case: a benchmark has at least one.`);
  const content = { name, version: latest + 1, cases };
  return { ...content, hash: versionHash(content), changes, publishedBy: author, publishedAt: at };
}

/** What the edits would change, without publishing anything. */
export const pendingChanges = (draft: BenchmarkDraft, previous: BenchmarkVersion | undefined): BenchmarkChange[] => {
  const before = new Map(previous?.cases.map((entry) => [entry.id, entry]));
  return draft.edits.flatMap((edit) => changeOf(edit, before));
};

function changeOf(edit: DraftEdit, before: ReadonlyMap<string, CaseEntry>): BenchmarkChange[] {
  const action = actionOf(edit, before.get(editedCaseId(edit)));
  const { author, reason, at } = edit;
  return action === undefined ? [] : [{ action, caseId: editedCaseId(edit), author, reason, at }];
}

function actionOf(edit: DraftEdit, before: CaseEntry | undefined): BenchmarkChange['action'] | undefined {
  if (edit.kind === 'retire') return before && 'retire';
  if (before === undefined) return 'add';
  return before.hash === caseHash(edit.case) ? undefined : 'change';
}

function casesAfter(before: ReadonlyMap<string, CaseEntry>, edits: readonly DraftEdit[]): CaseEntry[] {
  const after = new Map(before);
  for (const edit of edits) {
    if (edit.kind === 'retire') after.delete(edit.caseId);
    else after.set(edit.case.id, { id: edit.case.id, hash: caseHash(edit.case) });
  }
  return [...after.values()];
}

const refusal = (message: string): GatewayError => new GatewayError('conflict', message);
