export type { TestDatabase } from '@pointsman/db/testing';
export { freePort } from '@pointsman/db/testing';
export { type FakeClock, fakeClock } from './fake-clock.ts';
export { type OpenaiContract, openaiContract } from './openai-contract.ts';
export { missing, type Requirement } from './requirement.ts';
export { requireShared, sharedDir } from './shared-dir.ts';
export { testDatabase } from './test-database.ts';
export { type TestRedis, testRedis } from './test-redis.ts';
