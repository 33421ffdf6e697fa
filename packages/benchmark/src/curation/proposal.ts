import { benchmarkCaseSchema } from '@pointsman/contracts';
import { z } from 'zod';

const evidenceSchema = z.record(z.string(), z.union([z.number(), z.string()]));

/** What a person is asked to decide about a case; the evidence is in numbers. Nothing happens until it is applied. */
export const proposalSchema = z.discriminatedUnion('action', [
  z.object({
    action: z.literal('retire'),
    why: z.enum(['saturated', 'leaked', 'broken']),
    caseId: z.string().min(1),
    reason: z.string().min(1),
    evidence: evidenceSchema,
  }),
  z.object({
    action: z.literal('add'),
    why: z.literal('hard'),
    case: benchmarkCaseSchema,
    reason: z.string().min(1),
    evidence: evidenceSchema,
    /** What whoever adds it must see to first. */
    notice: z.string().min(1),
  }),
]);
export type Proposal = z.infer<typeof proposalSchema>;
export type Retirement = Extract<Proposal, { action: 'retire' }>;
export type Addition = Extract<Proposal, { action: 'add' }>;
