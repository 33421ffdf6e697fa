import { type GithubClient, GithubRefusal } from './github-client.ts';
import type { Change } from './read-change.ts';
import type { Publishing } from './read-inputs.ts';
import { upsertComment } from './upsert-comment.ts';

/** GitHub's limit for a comment, in characters: bytes are never fewer. */
const COMMENT_BYTES = 65_536;

export type CommentRequest = {
  change: Change | undefined;
  publishing: Publishing;
  github: GithubClient;
  /** Tells this job's comment from those of others. */
  key: string;
  /** The comment in so many bytes. */
  render(limit: number): string;
};

/** Keeps the pull request's comment up to date. Resolves to why there is none; never throws: a comment is no verdict. */
export async function publishComment({
  change,
  publishing,
  github,
  key,
  render,
}: CommentRequest): Promise<string | undefined> {
  const pull = change?.pullRequest;
  if (change === undefined || pull === undefined || !publishing.comment) return undefined;
  if (pull.isFork) return 'No comment was written: the pull request comes from a fork, whose token cannot write.';
  if (publishing.token === undefined) return 'No comment was written: the input github-token is empty.';
  const marker = `<!-- pointsman-report:${key} -->`;
  const body = `${marker}\n${render(COMMENT_BYTES - marker.length - 1)}`;
  try {
    await upsertComment(github, { repository: change.repository, pullRequest: pull.number }, { marker, body });
    return undefined;
  } catch (error) {
    return `No comment was written: ${refusalText(error)}.`;
  }
}

function refusalText(error: unknown): string {
  const said = error instanceof Error ? error.message : String(error);
  if (!(error instanceof GithubRefusal) || ![401, 403, 404].includes(error.status)) return said;
  return `the token cannot write (${said}). Give the job the permission pull-requests: write`;
}

/** Letters, digits and `._/-`, never two dashes: what can stand in the middle of an HTML comment. */
export const commentKey = (text: string): string => text.replace(/[^\w./-]+/g, '-').replace(/-{2,}/g, '-');
