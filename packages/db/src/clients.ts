import { type Client, type ClientInput, clientInputSchema, limitsSchema, samplingSchema } from '@pointsman/contracts';
import { asc, eq, sql } from 'drizzle-orm';
import type { Database } from './open-database.ts';
import { parseStored } from './parse-stored.ts';
import { clients } from './schema.ts';

export type ClientRow = typeof clients.$inferSelect;

/** A client as the rest of the code knows it. */
export function clientOf(row: ClientRow): Client {
  return {
    id: row.id,
    name: row.name,
    limits: parseStored(limitsSchema, row.limits),
    cache: row.cache,
    policy: row.policy,
    regions: row.regions ?? undefined,
    sampling: row.sampling === null ? undefined : parseStored(samplingSchema, row.sampling),
    createdAt: row.createdAt.toISOString(),
    disabledAt: row.disabledAt?.toISOString(),
  };
}

/** Clients: whoever has keys, policies, limits and bills. They are disabled, never deleted: decisions name them. */
export function clientsRepository(database: Database) {
  const { orm } = database;
  const one = (rows: ClientRow[]): Client | undefined => (rows[0] === undefined ? undefined : clientOf(rows[0]));
  const get = async (id: string): Promise<Client | undefined> =>
    one(await orm.select().from(clients).where(eq(clients.id, id)));
  return {
    async create(input: ClientInput): Promise<Client> {
      const { regions, sampling, ...rest } = clientInputSchema.parse(input);
      const rows = await orm
        .insert(clients)
        .values({ ...rest, regions: regions ?? null, sampling: sampling ?? null })
        .returning();
      const created = one(rows);
      if (created === undefined) throw new Error('the insert returned no client');
      return created;
    },
    /** All clients, disabled ones included, oldest first. */
    async list(): Promise<Client[]> {
      const rows = await orm.select().from(clients).orderBy(asc(clients.createdAt), asc(clients.id));
      return rows.map(clientOf);
    },
    get,
    /**
     * Replaces the fields that `patch` has; `regions: undefined` lifts the restriction, `sampling: undefined` ends it.
     * Undefined when there is no such client.
     */
    async update(id: string, patch: Partial<ClientInput>): Promise<Client | undefined> {
      const valid = clientInputSchema.partial().parse(patch);
      // The schema's defaults fill what the patch leaves out; undefined makes drizzle leave it alone.
      const given = <K extends keyof ClientInput>(key: K) => (patch[key] === undefined ? undefined : valid[key]);
      const set = {
        name: given('name'),
        limits: given('limits'),
        cache: given('cache'),
        policy: given('policy'),
        regions: 'regions' in patch ? (valid.regions ?? null) : undefined,
        sampling: 'sampling' in patch ? (valid.sampling ?? null) : undefined,
      };
      if (Object.values(set).every((value) => value === undefined)) return get(id);
      return one(await orm.update(clients).set(set).where(eq(clients.id, id)).returning());
    },
    /** From now on all its keys are refused. The first time counts; undefined when there is no such client. */
    async disable(id: string): Promise<Client | undefined> {
      return one(
        await orm
          .update(clients)
          .set({ disabledAt: sql`coalesce(${clients.disabledAt}, now())` })
          .where(eq(clients.id, id))
          .returning(),
      );
    },
    /** Takes a `disable` back. */
    async enable(id: string): Promise<Client | undefined> {
      return one(await orm.update(clients).set({ disabledAt: null }).where(eq(clients.id, id)).returning());
    },
  };
}
