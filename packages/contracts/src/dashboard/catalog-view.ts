import { z } from 'zod';
import { priceSchema } from '../catalog.ts';

const countSchema = z.int().nonnegative();

/** A price and what it replaced; both in micro-USD per million tokens. */
export const priceEventSchema = z.object({
  modelId: z.string(),
  /** The first UTC day on which it holds. */
  from: z.iso.date(),
  state: z.enum(['to-come', 'holds', 'past']),
  before: priceSchema.optional(),
  after: priceSchema,
});
export type PriceEvent = z.infer<typeof priceEventSchema>;

export const catalogViewSchema = z.object({
  /** Of the catalogue in use, before configuration is laid over it. */
  version: z.string(),
  source: z.enum(['shipped', 'synced']),
  models: countSchema,
  providers: countSchema,
  /** Prices that replaced others or are yet to come, the newest first, at most 200. */
  prices: z.array(priceEventSchema),
  /** Catalogues that were in use, the active one first; the shipped one is always among them. */
  versions: z.array(
    z.object({
      version: z.string(),
      isActive: z.boolean(),
      /** It comes with this version of the gateway. */
      isShipped: z.boolean(),
      /** Absent: it was never stored. */
      note: z.string().optional(),
      savedAt: z.iso.datetime().optional(),
    }),
  ),
});
export type CatalogView = z.infer<typeof catalogViewSchema>;

const fieldChangeSchema = z.object({
  field: z.string(),
  /** As JSON; absent where the field is. */
  before: z.string().optional(),
  after: z.string().optional(),
});

export const catalogDiffViewSchema = z.object({
  fromVersion: z.string(),
  toVersion: z.string(),
  added: z.array(z.string()),
  removed: z.array(z.string()),
  changed: z.array(
    z.object({
      id: z.string(),
      fields: z.array(fieldChangeSchema),
      prices: z.array(
        z.object({
          kind: z.enum(['new', 'withdrawn', 'rewritten']),
          from: z.iso.date(),
          before: priceSchema.optional(),
          after: priceSchema.optional(),
        }),
      ),
    }),
  ),
  providersAdded: z.array(z.string()),
  providersRemoved: z.array(z.string()),
  providersChanged: z.array(z.object({ id: z.string(), fields: z.array(fieldChangeSchema) })),
});
export type CatalogDiffView = z.infer<typeof catalogDiffViewSchema>;

export const catalogSyncInputSchema = z.strictObject({
  content: z
    .record(z.string(), z.unknown())
    .describe("models.dev's published api.json, or a whole catalogue of our own shape"),
  asOf: z.iso.date().describe('The UTC day from which the prices in it are known to hold'),
  from: z.string().trim().min(1).max(200).describe("Where it was read from: kept in the catalogue's history"),
});
export type CatalogSyncInput = z.input<typeof catalogSyncInputSchema>;

export const catalogSyncViewSchema = z.object({
  diff: catalogDiffViewSchema,
  /** Entries of the content that were not taken in; at most 100 are listed. */
  skipped: z.object({ count: countSchema, listed: z.array(z.object({ id: z.string(), why: z.string() })) }),
  /** False where nothing changed. */
  applied: z.boolean(),
  version: z.string(),
});
export type CatalogSyncView = z.infer<typeof catalogSyncViewSchema>;
