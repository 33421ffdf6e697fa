import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { CouldNotRun } from './could-not-run.ts';
import type { ActionEnvironment } from './read-inputs.ts';

/** What GitHub started the job for. */
export type Change = {
  /** `owner/name`. */
  repository: string;
  /** Of the change itself, not of the merge that GitHub makes to test it. */
  commit: string;
  /** By which later runs find this one: `main` is the default branch, whatever it is called, and nothing else is. */
  branch: string;
  pullRequest: PullRequest | undefined;
};

export type PullRequest = {
  number: number;
  /** From a fork GitHub hands over no secrets and a token that cannot write. */
  isFork: boolean;
  baseCommit: string;
};

const repositorySchema = z.object({ full_name: z.string(), default_branch: z.string().optional() });

const eventSchema = z.object({
  repository: repositorySchema.optional(),
  pull_request: z
    .object({
      number: z.int().positive(),
      base: z.object({ sha: z.string(), ref: z.string() }),
      head: z.object({
        sha: z.string(),
        ref: z.string(),
        label: z.string().nullish(),
        /** Null once the fork was deleted. */
        repo: z.object({ full_name: z.string() }).nullish(),
      }),
    })
    .optional(),
});

/**
 * Reads the event's payload and what the runner says of it.
 * @throws {CouldNotRun} outside of GitHub Actions, or for a payload of another shape.
 */
export async function readChange(env: ActionEnvironment): Promise<Change> {
  const { GITHUB_REPOSITORY: repository, GITHUB_SHA: sha, GITHUB_REF: ref = '' } = env;
  if (repository === undefined || sha === undefined) {
    throw new CouldNotRun('GITHUB_REPOSITORY and GITHUB_SHA are not set: this runs as a step of a GitHub workflow.');
  }
  const event = await readEvent(env.GITHUB_EVENT_PATH);
  const main = event.repository?.default_branch ?? 'main';
  const pull = event.pull_request;
  if (pull === undefined) {
    return { repository, commit: sha, branch: branchOf(ref, main), pullRequest: undefined };
  }
  const isFork = pull.head.repo?.full_name !== repository;
  return {
    repository,
    commit: pull.head.sha,
    // A fork may call its branch main as well: the owner in front keeps it from being taken for ours.
    branch: isFork ? forkBranch(pull.head) : branchOf(`${HEADS}${pull.head.ref}`, main),
    pullRequest: { number: pull.number, isFork, baseCommit: pull.base.sha },
  };
}

async function readEvent(path: string | undefined): Promise<z.infer<typeof eventSchema>> {
  if (path === undefined) return {};
  let payload: unknown;
  try {
    payload = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw new CouldNotRun(`the event's payload ${path} cannot be read: ${String(error)}`, { cause: error });
  }
  const parsed = eventSchema.safeParse(payload);
  if (!parsed.success) throw new CouldNotRun(`the event's payload has another shape: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

const HEADS = 'refs/heads/';

/** Tags, and a branch called main where another one is the default, keep their whole ref. */
function branchOf(ref: string, main: string): string {
  const name = ref.startsWith(HEADS) ? ref.slice(HEADS.length) : undefined;
  if (name === main) return 'main';
  return name === undefined || name === 'main' ? ref : name;
}

const forkBranch = ({ label, ref }: { label?: string | null | undefined; ref: string }): string =>
  label?.includes(':') === true ? label : `fork:${ref}`;
