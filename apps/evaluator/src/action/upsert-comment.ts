import { z } from 'zod';
import type { GithubClient } from './github-client.ts';

export type CommentPlace = { repository: string; pullRequest: number };

const commentSchema = z.object({
  id: z.int(),
  body: z.string().nullish(),
  user: z.object({ login: z.string(), type: z.string() }).nullish(),
});
type Comment = z.infer<typeof commentSchema>;

/**
 * Keeps one comment up to date: the first one that begins with the marker and is ours, else a new one.
 * @throws {GithubRefusal} 403 where the token may not write.
 */
export async function upsertComment(
  github: GithubClient,
  { repository, pullRequest }: CommentPlace,
  { marker, body }: { marker: string; body: string },
): Promise<'created' | 'updated'> {
  const comments = `/repos/${repository}/issues/${pullRequest}/comments`;
  const found = await findOurs(github, `${comments}?per_page=100`, marker);
  if (found === undefined) {
    await github.send('POST', comments, { body });
    return 'created';
  }
  await github.send('PATCH', `/repos/${repository}/issues/comments/${found.id}`, { body });
  return 'updated';
}

async function findOurs(github: GithubClient, path: string, marker: string): Promise<Comment | undefined> {
  const isOurs = createAuthorCheck(github);
  for await (const page of github.pages(path)) {
    for (const comment of commentSchema.array().parse(page)) {
      // Whoever quotes the report has the marker further down.
      if (comment.body?.startsWith(marker) === true && (await isOurs(comment))) return comment;
    }
  }
  return undefined;
}

/** A person could write the marker too, and then edit "our" report: theirs is left alone. */
function createAuthorCheck(github: GithubClient): (comment: Comment) => Promise<boolean> {
  let login: Promise<string | undefined> | undefined;
  return async ({ user }) => {
    if (user?.type === 'Bot') return true;
    // A personal token may ask who it is; a workflow's own may not, and then it is no person.
    login ??= github.get('/user').then(
      (found) => z.object({ login: z.string() }).parse(found).login,
      () => undefined,
    );
    return user !== null && user !== undefined && user.login === (await login);
  };
}
