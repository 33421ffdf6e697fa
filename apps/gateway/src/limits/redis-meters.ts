import type { Redis } from 'ioredis';
import { type Booking, longestWait, type Meter, type MeterStore, WINDOW_MS } from './meter.ts';
import { openRedisLink } from './redis-link.ts';

const PREFIX = 'pointsman:rate:';

// KEYS: one hash per meter. ARGV: now in ms, the window in ms, then limit and amount of each meter. Drains every level to now,
// and only if all amounts fit adds them; answers whether it did, and the levels. The arithmetic is that of `drained` and `waitMs`.
const BOOK = `
local now, window = tonumber(ARGV[1]), tonumber(ARGV[2])
local used, at, fits = {}, {}, 1
for i = 1, #KEYS do
  local limit, amount = tonumber(ARGV[2 * i + 1]), tonumber(ARGV[2 * i + 2])
  local state = redis.call('HMGET', KEYS[i], 'used', 'at')
  used[i], at[i] = tonumber(state[1]) or 0, tonumber(state[2]) or now
  if now > at[i] then
    used[i] = math.max(0, used[i] - (now - at[i]) * limit / window)
    at[i] = now
  end
  if used[i] + amount - limit > 1e-6 then fits = 0 end
end
local reply = { fits }
for i = 1, #KEYS do
  if fits == 1 then
    used[i] = used[i] + tonumber(ARGV[2 * i + 2])
    redis.call('HSET', KEYS[i], 'used', string.format('%.17g', used[i]), 'at', string.format('%.17g', at[i]))
    redis.call('PEXPIRE', KEYS[i], math.ceil(used[i] * window / tonumber(ARGV[2 * i + 1])) + 1000)
  end
  reply[i + 1] = string.format('%.17g', used[i])
end
return reply`;

// KEYS: one hash per meter. ARGV: the difference, now in ms, the window in ms, then the limit of each meter.
const CORRECT = `
local difference, now, window = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
for i = 1, #KEYS do
  local limit = tonumber(ARGV[3 + i])
  local state = redis.call('HMGET', KEYS[i], 'used', 'at')
  local used, at = tonumber(state[1]) or 0, tonumber(state[2]) or now
  if now > at then
    used = math.max(0, used - (now - at) * limit / window)
    at = now
  end
  used = math.max(0, used + difference)
  redis.call('HSET', KEYS[i], 'used', string.format('%.17g', used), 'at', string.format('%.17g', at))
  redis.call('PEXPIRE', KEYS[i], math.ceil(used * window / limit) + 1000)
end`;

type Scripts = {
  pointsmanBook(keyCount: number, ...args: (string | number)[]): Promise<[number, ...string[]]>;
  pointsmanCorrect(keyCount: number, ...args: (string | number)[]): Promise<null>;
};

/**
 * Levels shared by all gateways: one atomic script and one round trip for all meters of a request. While Redis is away
 * `insurance` counts instead, so that a limit never becomes no limit. Time is the gateways' own: their clocks must agree to
 * within a second or so, each second of difference is worth a sixtieth of a limit.
 */
export function createRedisMeters(
  options: { url: string; now(): number; onRedisError?: ((error: Error) => void) | undefined },
  insurance: MeterStore,
): MeterStore {
  const link = openRedisLink({ url: options.url, now: options.now, onError: options.onRedisError });
  link.client.defineCommand('pointsmanBook', { lua: BOOK });
  link.client.defineCommand('pointsmanCorrect', { lua: CORRECT });
  const scripts = link.client as Redis & Scripts;

  async function book(meters: readonly Meter[]): Promise<Booking> {
    const keys = meters.map((meter) => PREFIX + meter.id);
    const amounts = meters.flatMap((meter) => [meter.limit, meter.amount]);
    try {
      const [fits, ...levels] = await scripts.pointsmanBook(keys.length, ...keys, options.now(), WINDOW_MS, ...amounts);
      const used = levels.map(Number);
      return { used, refused: fits === 1 ? undefined : longestWait(meters, used), store };
    } catch (error) {
      link.failed(error);
      return insurance.book(meters);
    }
  }

  const store: MeterStore = {
    book: (meters) => (link.usable() ? book(meters) : insurance.book(meters)),
    correct(meters, difference) {
      if (!link.usable()) return insurance.correct(meters, difference);
      const keys = meters.map((meter) => PREFIX + meter.id);
      const limits = meters.map((meter) => meter.limit);
      scripts
        .pointsmanCorrect(keys.length, ...keys, difference, options.now(), WINDOW_MS, ...limits)
        .catch(link.failed);
    },
    close: () => link.close(),
  };
  return store;
}
