import { GatewayError } from '@pointsman/contracts';
import { readRubrics } from '@pointsman/judge';
import { LEAST_ANCHORS } from '@pointsman/judge/calibration';
import { seededRandom } from '@pointsman/statistics';
import type { Command } from 'commander';
import type { CommandContext } from '../../command-context.ts';
import { ratedReplies } from '../../judging/annotated-replies.ts';
import { positiveInteger } from '../../option-values.ts';

export function addAnchors(judge: Command, { withStorage, show }: CommandContext): void {
  judge
    .command('anchors')
    .description('Pinned replies by which a judge is watched')
    .command('pin <name>')
    .description('Pin replies that people rated, drawn at random; a set never changes')
    .requiredOption('--from-annotations <n>', `how many, at least ${LEAST_ANCHORS}`, positiveInteger)
    .option('--seed <text>', 'of the drawing (default: the name)')
    .action(async (name: string, { fromAnnotations, seed }: { fromAnnotations: number; seed?: string }) => {
      if (fromAnnotations < LEAST_ANCHORS)
        throw new GatewayError(
          'invalid_request',
          `${fromAnnotations} anchors see no change that matters: take ${LEAST_ANCHORS} or more`,
        );
      const items = await withStorage(async ({ repositories }) => {
        const replies = await ratedReplies(repositories, await readRubrics());
        if (replies.length < fromAnnotations)
          throw new GatewayError(
            'invalid_request',
            `people have rated ${replies.length} replies: ${fromAnnotations - replies.length} are missing`,
          );
        const random = seededRandom(seed ?? name);
        const drawn = replies
          .map((reply) => ({ reply, lot: random() }))
          .sort((a, b) => a.lot - b.lot)
          .slice(0, fromAnnotations)
          .map(({ reply: { caseHash, replyHash } }) => ({ caseHash, replyHash }));
        await repositories.anchors.pin(name, drawn);
        return drawn;
      });
      show(
        { name, items },
        () =>
          `Pinned ${items.length} replies as ${name}. Score them now and every night: pointsman judge drift ${name}`,
      );
    });
}
