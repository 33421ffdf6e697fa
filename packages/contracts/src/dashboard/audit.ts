import { z } from 'zod';

/** started: nobody told how it ended, so it may or may not have happened. */
export const AUDIT_OUTCOMES = ['started', 'done', 'refused', 'failed'] as const;
export type AuditOutcome = (typeof AUDIT_OUTCOMES)[number];

/** Who did what to whom. */
export const auditEntrySchema = z.object({
  id: z.int(),
  at: z.string(),
  actor: z.string().describe('E-mail address, start of a key, or "command line (account)"'),
  role: z.string().optional(),
  clientId: z.string().optional().describe('The client it concerns'),
  clientName: z.string().optional(),
  action: z.string().describe('Method and route template, such as "POST /clients/{id}/keys"'),
  summary: z.string(),
  details: z.record(z.string(), z.unknown()).describe('Path parameters and body, without secrets'),
  outcome: z.enum(AUDIT_OUTCOMES),
  status: z.int().optional(),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;

export const auditPageSchema = z.object({
  data: z.array(auditEntrySchema),
  next: z.int().optional().describe('Pass it as `before` for the next page; absent on the last'),
});
export type AuditPage = z.infer<typeof auditPageSchema>;

/** An action that the log may name. */
export const auditActionSchema = z.object({ action: z.string(), summary: z.string() });
export type AuditAction = z.infer<typeof auditActionSchema>;
