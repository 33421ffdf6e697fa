/** The facts every reply carries; for streams the same facts ride on the final usage chunk, under `pointsman`. */
export const REPLY_HEADERS = {
  decisionId: 'x-pointsman-decision-id',
  model: 'x-pointsman-model',
  provider: 'x-pointsman-provider',
  reason: 'x-pointsman-reason',
  floor: 'x-pointsman-floor',
  arm: 'x-pointsman-arm',
  routerVersion: 'x-pointsman-router-version',
  cache: 'x-pointsman-cache',
  attempts: 'x-pointsman-attempts',
  costUsd: 'x-pointsman-cost-usd',
  ignored: 'x-pointsman-ignored',
  emulated: 'x-pointsman-emulated',
} as const;
export type ReplyFact = keyof typeof REPLY_HEADERS;
