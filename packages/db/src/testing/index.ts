export { freePort } from '../embedded/free-port.ts';
export { type DecisionGenerator, decisionGenerator, type TrafficPattern } from './generate-decisions.ts';
export { sampleCandidates, sampleDecision, sampleDecisionId } from './sample-decision.ts';
export { createEmptyDatabase, createTestDatabase, dropLeftovers, type TestDatabase } from './test-databases.ts';
export {
  findTestServer,
  openTestServerBroker,
  TEST_SERVER_VARIABLES,
  type TestServerBroker,
} from './test-server.ts';
