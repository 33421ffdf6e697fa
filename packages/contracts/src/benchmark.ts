import { z } from 'zod';
import { messageSchema } from './chat.ts';
import { DOMAINS, dimensionSchema, TASKS } from './dimensions.ts';

/** Which part of a reply a check reads. `code` and `json` take the first fenced block of that kind, else the whole reply. */
export const CHECK_PARTS = ['whole', 'first-line', 'last-line', 'code', 'json'] as const;
export type CheckPart = (typeof CHECK_PARTS)[number];

const shared = {
  /** The dimension it scores; a case's checks of one dimension are averaged by weight. */
  dimension: dimensionSchema.default('factual_accuracy'),
  part: z.enum(CHECK_PARTS).optional(),
  weight: z.number().positive().default(1),
};

/** JSON as a path of member names and indexes: `$.items[0].price`. */
const jsonPathSchema = z.string().regex(/^\$(\.[\p{L}\p{N}_-]+|\[\d+\])*$/u, 'a path such as $.items[0].price');

/**
 * How code tests call what the reply defines: `call` names a function, `args` are JSON, `expected` is compared deeply,
 * numbers within 1e-9. Runs in a sandbox without network and files.
 */
const codeTestSchema = z.object({ call: z.string().min(1), args: z.array(z.json()), expected: z.json() });

export const checkSchema = z.discriminatedUnion('kind', [
  /** Equal to one of `expected` once both are normalised: `loose` folds case, spaces and final punctuation (default), `strict` only trims. */
  z.object({
    kind: z.literal('exact'),
    expected: z.array(z.string()).min(1),
    compare: z.enum(['loose', 'strict']).default('loose'),
    ...shared,
  }),
  /** Contains every one of `all`, at least one of `any` and none of `none`; compared loosely. */
  z.object({
    kind: z.literal('contains'),
    all: z.array(z.string().min(1)).default([]),
    any: z.array(z.string().min(1)).default([]),
    none: z.array(z.string().min(1)).default([]),
    ...shared,
  }),
  /** Matches the ECMAScript pattern (flag u always set; `flags` adds i, m, s), or must not when `negate`. */
  z.object({
    kind: z.literal('regex'),
    pattern: z.string().min(1),
    flags: z
      .string()
      .regex(/^[ims]*$/)
      .default(''),
    negate: z.boolean().default(false),
    ...shared,
  }),
  /** Parses as JSON and satisfies the schema (draft 2020-12). */
  z.object({ kind: z.literal('json-schema'), schema: z.record(z.string(), z.unknown()), ...shared }),
  /** The value at `path` of the reply's JSON equals `expected` deeply; numbers within `tolerance`. */
  z.object({
    kind: z.literal('json-value'),
    path: jsonPathSchema,
    expected: z.json(),
    tolerance: z.number().nonnegative().default(0),
    ...shared,
  }),
  /** The last number of the part, French and English notation, is within the tolerance: absolute, or a share of `expected` when `relative`. */
  z.object({
    kind: z.literal('numeric'),
    expected: z.number(),
    tolerance: z.number().nonnegative().default(0),
    relative: z.boolean().default(false),
    ...shared,
  }),
  /** So many words, inclusive. */
  z.object({
    kind: z.literal('words'),
    least: z.int().nonnegative().default(0),
    most: z.int().positive(),
    ...shared,
  }),
  z.object({
    kind: z.literal('code'),
    language: z.enum(['javascript', 'python']),
    tests: z.array(codeTestSchema).min(1),
    ...shared,
  }),
]);
export type Check = z.infer<typeof checkSchema>;
export type CodeTest = z.infer<typeof codeTestSchema>;

/** Where a case comes from. */
export const provenanceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('written'), author: z.string().min(1) }),
  z.object({ kind: z.literal('generated'), template: z.string().min(1), seed: z.int().nonnegative() }),
  z.object({ kind: z.literal('imported'), source: z.string().min(1), place: z.string().optional() }),
  z.object({ kind: z.literal('production'), decisionId: z.string().optional(), client: z.string().optional() }),
]);
export type Provenance = z.infer<typeof provenanceSchema>;

export const DIFFICULTIES = ['easy', 'medium', 'hard'] as const;
export type Difficulty = (typeof DIFFICULTIES)[number];

const caseIdSchema = z
  .string()
  .max(120)
  .regex(/^[a-z0-9]+([._-][a-z0-9]+)*$/, 'lower-case words joined by - _ or .');

/** One thing to ask a model, and how its reply is judged. Strict: a misspelt field is an error, never ignored. */
export const benchmarkCaseSchema = z.strictObject({
  id: caseIdSchema,
  messages: z.array(messageSchema).min(1),
  /** A reply that a person would call right; shown to the judge, never to the model. */
  reference: z.string().min(1).optional(),
  domain: z.enum(DOMAINS),
  task: z.enum(TASKS),
  /** BCP 47: `en`, `fr`. */
  language: z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'a language tag such as en, fr or pt-BR'),
  difficulty: z.enum(DIFFICULTIES).default('medium'),
  checks: z.array(checkSchema).default([]),
  /** How much each dimension counts in this case's overall score; equal where absent, 0 leaves a dimension out. */
  weights: z.partialRecord(dimensionSchema, z.number().nonnegative()).optional(),
  provenance: provenanceSchema,
  /** SPDX identifier, or `proprietary`. */
  licence: z.string().min(1),
});
export type BenchmarkCase = z.infer<typeof benchmarkCaseSchema>;

const nameSchema = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case words joined by -');
export const benchmarkNameSchema = nameSchema.max(60);

/** One line of a benchmark's history: who changed what, and why. */
export const benchmarkChangeSchema = z.object({
  action: z.enum(['add', 'change', 'retire']),
  caseId: caseIdSchema,
  author: z.string().min(1),
  reason: z.string().min(1),
  at: z.iso.datetime(),
});
export type BenchmarkChange = z.infer<typeof benchmarkChangeSchema>;

/** A published version: what its hash is taken over, cases by the hash of their content. It never changes. */
export const benchmarkVersionSchema = z.object({
  name: benchmarkNameSchema,
  version: z.int().positive(),
  /** SHA-256, hex, of the canonical JSON of name, version and the cases' ids and hashes in order. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  cases: z.array(z.object({ id: caseIdSchema, hash: z.string().regex(/^[0-9a-f]{64}$/) })),
  /** What changed against the version before. */
  changes: z.array(benchmarkChangeSchema),
  publishedBy: z.string().min(1),
  publishedAt: z.iso.datetime(),
});
export type BenchmarkVersion = z.infer<typeof benchmarkVersionSchema>;
