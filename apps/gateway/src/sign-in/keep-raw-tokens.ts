import type { BetterAuthOptions, DBAdapter, Where } from 'better-auth/types';

type MakeAdapter = (options: BetterAuthOptions) => DBAdapter<BetterAuthOptions>;

/**
 * The table has the hash of a session's token only, and better-auth wants the token back from what it writes and finds:
 * it gets the one it came with.
 */
export function keepRawTokens(make: MakeAdapter): MakeAdapter {
  return (options) => {
    const adapter = make(options);
    const wrapped: DBAdapter<BetterAuthOptions> = {
      ...adapter,
      create: async (given) => withToken(await adapter.create(given), given.model, given.data.token),
      findOne: async (given) => withToken(await adapter.findOne(given), given.model, tokenAskedFor(given.where)),
      update: async (given) => withToken(await adapter.update(given), given.model, tokenAskedFor(given.where)),
      // Without transactions of its own the adapter would hand out itself, unwrapped.
      transaction: (work) => work(wrapped),
    };
    return wrapped;
  };
}

const tokenAskedFor = (where: Where[]): unknown => where.find(({ field }) => field === 'token')?.value;

function withToken<T>(row: T, model: string, token: unknown): T {
  return row === null || model !== 'session' || typeof token !== 'string' ? row : { ...row, token };
}
