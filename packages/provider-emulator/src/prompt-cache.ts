import { createHash } from 'node:crypto';
import type { Ask } from './ask.ts';
import { countTokens, splitTokens } from './split-tokens.ts';

/** OpenAI's and Anthropic's published floor for a prefix to be cached. */
const MINIMUM_TOKENS = 1024;
const MAXIMUM_ENTRIES = 20_000;
const SEGMENT_END = '\u0000';

export type CacheAccount = { cachedInputTokens: number; cacheWriteTokens: number };

export type PromptCache = {
  /** Looks the request's prefix up, remembers it, and says what was read and written. */
  account(ask: Ask): CacheAccount;
};

type Prefix = { tokens: number; key: string; written: boolean };

/** Remembers which prompt prefixes each model has read, least recently used out first. */
export function createPromptCache(): PromptCache {
  const seen = new Set<string>();
  const remember = (key: string): void => {
    seen.delete(key);
    seen.add(key);
    if (seen.size <= MAXIMUM_ENTRIES) return;
    const oldest = seen.values().next();
    if (!oldest.done) seen.delete(oldest.value);
  };
  return {
    account: (ask) => {
      if (ask.cache.mode === 'none') return { cachedInputTokens: 0, cacheWriteTokens: 0 };
      const prefixes = (ask.cache.mode === 'automatic' ? granulePrefixes : segmentPrefixes)(ask);
      const cachedInputTokens = prefixes.findLast(({ key }) => seen.has(key))?.tokens ?? 0;
      const written = prefixes.filter((prefix) => prefix.written);
      for (const { key } of written) remember(key);
      // Only breakpoints are billed as writes: automatic caching writes for nothing.
      const lastWritten = ask.cache.mode === 'breakpoints' ? (written.at(-1)?.tokens ?? 0) : 0;
      return { cachedInputTokens, cacheWriteTokens: Math.max(0, lastWritten - cachedInputTokens) };
    },
  };
}

function granulePrefixes(ask: Ask): Prefix[] {
  const granule = ask.cache.mode === 'automatic' ? ask.cache.granule : MINIMUM_TOKENS;
  const prefixes: Prefix[] = [];
  const hash = createHash('sha256').update(ask.model);
  let tokens = 0;
  for (const segment of ask.segments) {
    hash.update(SEGMENT_END);
    for (const token of splitTokens(segment)) {
      hash.update(token);
      tokens += 1;
      if (tokens < MINIMUM_TOKENS || tokens % granule !== 0) continue;
      prefixes.push({ tokens, key: hash.copy().digest('base64'), written: true });
    }
  }
  return prefixes;
}

function segmentPrefixes(ask: Ask): Prefix[] {
  const marks = ask.cache.mode === 'breakpoints' ? ask.cache.after : [];
  const last = Math.max(-1, ...marks);
  const prefixes: Prefix[] = [];
  const hash = createHash('sha256').update(ask.model);
  let tokens = 0;
  for (const [index, segment] of ask.segments.slice(0, last + 1).entries()) {
    hash.update(SEGMENT_END).update(segment);
    tokens += countTokens(segment);
    if (tokens < MINIMUM_TOKENS) continue;
    prefixes.push({ tokens, key: hash.copy().digest('base64'), written: marks.includes(index) });
  }
  return prefixes;
}
