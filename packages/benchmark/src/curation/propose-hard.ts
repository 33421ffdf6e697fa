import { type BenchmarkCase, benchmarkCaseSchema, messageSchema } from '@pointsman/contracts';
import { z } from 'zod';
import { contentHash } from '../versions/content-hash.ts';
import type { Addition } from './proposal.ts';
import { similarTexts } from './similar-texts.ts';
import { messagesText } from './text-overlap.ts';

const { domain, task, language } = benchmarkCaseSchema.shape;
const unit = z.number().min(0).max(1);

/** A request that was served, and how its reply was taken: people's score, or scores of several judges or models. */
export const productionRowSchema = z
  .object({
    messages: z.array(messageSchema).min(1),
    domain,
    task,
    language,
    score: unit.optional(),
    scores: z.array(unit).min(2).optional(),
    decisionId: z.string().optional(),
    client: z.string().optional(),
  })
  .refine(({ score, scores }) => score !== undefined || scores !== undefined, 'needs score or scores');
export type ProductionRow = z.infer<typeof productionRowSchema>;

export type HardRule = {
  /** A score of at most this is low. */
  low: number;
  /** Scores that lie so far apart are in disagreement. */
  spread: number;
  /** Requests at least so alike are one. */
  alike: number;
};
export const HARD_RULE: HardRule = { low: 0.4, spread: 0.5, alike: 0.7 };

const NOTICE =
  'The messages are as the client sent them, nothing is blacked out: read them for personal and secret data, and add a reference or checks, before this is published.';

/**
 * Requests whose replies were taken badly, or scored very differently, as cases to add: worst first, none that the
 * benchmark or an earlier proposal asks already.
 */
export function proposeHard(
  rows: readonly ProductionRow[],
  cases: readonly BenchmarkCase[],
  rule: HardRule = HARD_RULE,
): Addition[] {
  const known = similarTexts();
  for (const { id, messages } of cases) known.add(id, messagesText(messages));
  return rows
    .map((row) => ({ row, ...hardnessOf(row) }))
    .filter(({ lowest, spread }) => lowest <= rule.low || spread >= rule.spread)
    .toSorted((a, b) => a.lowest - b.lowest || b.spread - a.spread)
    .flatMap(({ row, lowest, spread }) => {
      const text = messagesText(row.messages);
      const nearest = known.nearest(text);
      const similarity = nearest?.similarity ?? 0;
      if (similarity >= rule.alike) return [];
      const proposed = caseOf(row);
      known.add(proposed.id, text);
      const why = lowest <= rule.low ? `scored ${lowest.toFixed(2)}` : `scores lie ${spread.toFixed(2)} apart`;
      return [
        {
          action: 'add',
          why: 'hard',
          case: proposed,
          reason: `hard in production: ${why}`,
          evidence: { lowest, spread, nearest: nearest?.id ?? 'none', similarity },
          notice: NOTICE,
        },
      ];
    });
}

function hardnessOf({ score, scores }: ProductionRow): { lowest: number; spread: number } {
  const all = [...(score === undefined ? [] : [score]), ...(scores ?? [])];
  return { lowest: Math.min(...all), spread: Math.max(...all) - Math.min(...all) };
}

const caseOf = ({ messages, decisionId, client, ...row }: ProductionRow): BenchmarkCase => ({
  id: `production-${contentHash(messages).slice(0, 12)}`,
  messages,
  domain: row.domain,
  task: row.task,
  language: row.language,
  difficulty: 'hard',
  checks: [],
  provenance: {
    kind: 'production',
    ...(decisionId === undefined ? {} : { decisionId }),
    ...(client === undefined ? {} : { client }),
  },
  licence: 'proprietary',
});
