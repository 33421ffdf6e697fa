import type { Decision } from '@pointsman/contracts';

/** A decision that differs from the others in its number only. */
export function decision(number: number): Decision {
  return {
    id: `dec_${String(number).padStart(32, '0')}`,
    at: '2026-11-20T10:00:00.000Z',
    clientId: 'cli_1',
    keyId: 'key_1',
    endpoint: 'chat.completions',
    outcome: 'answered',
    requestedModel: 'auto',
    policy: 'default',
    arm: 'router',
    choiceProbability: 1,
    routerVersion: 'r1',
    catalogVersion: 'c1',
    reason: 'cheapest-safe',
    emulated: false,
    stream: false,
    cache: 'off',
    candidates: [],
    attempts: [],
    usage: { inputTokens: 3 },
    cost: { status: 'exact', nanoUsd: number },
    latency: { totalMs: 5, overheadMs: 1 },
    tags: { text: 'line\nbreak ü🚂' },
    ignored: [],
  };
}

export const numberOf = ({ id }: Decision): number => Number(id.slice(4));
export const numbers = (from: number, count: number): number[] => Array.from({ length: count }, (_, i) => from + i);
