import type { Cost, Decision } from '@pointsman/contracts';
import type { DecisionRow } from '../schema.ts';
import { decodeAttempts, encodeAttempts } from './attempt-rows.ts';
import { decodeCandidates, encodeCandidates } from './candidate-columns.ts';
import { decisionFacts } from './decision-facts.ts';
import { decisionOfUuid, uuidOfDecision } from './decision-id.ts';

/**
 * A decision as a row of `decisions`.
 * @throws TypeError when the id is not `dec_<32 hex digits>` or `at` is no instant.
 */
export function encodeDecision(decision: Decision, modelNumbers: ReadonlyMap<string, number>): DecisionRow {
  const id = uuidOfDecision(decision.id);
  if (id === undefined) throw new TypeError(`decision id '${decision.id}' is not dec_ and 32 hex digits`);
  const at = new Date(decision.at);
  if (Number.isNaN(at.getTime())) throw new TypeError(`decision ${decision.id} has no valid time: '${decision.at}'`);
  const { cost, usage, latency } = decision;
  return {
    id,
    at,
    choiceProbability: decision.choiceProbability,
    costNanoUsd: cost.status === 'unknown' ? null : cost.nanoUsd,
    inputTokens: usage.inputTokens ?? null,
    cachedInputTokens: usage.cachedInputTokens ?? null,
    cacheWriteTokens: usage.cacheWriteTokens ?? null,
    outputTokens: usage.outputTokens ?? null,
    reasoningTokens: usage.reasoningTokens ?? null,
    reportedCostNanoUsd: usage.reportedCostNanoUsd ?? null,
    totalMs: latency.totalMs,
    overheadMs: latency.overheadMs,
    firstTokenMs: latency.firstTokenMs ?? null,
    predictMs: latency.predictMs ?? null,
    emulated: decision.emulated,
    stream: decision.stream,
    clientId: decision.clientId,
    keyId: decision.keyId,
    endpoint: decision.endpoint,
    outcome: decision.outcome,
    errorCode: decision.errorCode ?? null,
    requestedModel: decision.requestedModel,
    policy: decision.policy,
    arm: decision.arm,
    routerVersion: decision.routerVersion,
    catalogVersion: decision.catalogVersion,
    reason: decision.reason,
    modelId: decision.modelId ?? null,
    provider: decision.provider ?? null,
    cache: decision.cache,
    costStatus: cost.status,
    costWhy: cost.status === 'exact' ? null : cost.why,
    domain: decision.domain ?? null,
    task: decision.task ?? null,
    kind: decision.kind ?? null,
    familiarity: decision.familiarity ?? null,
    floorCertificate: decision.floor?.certificateId ?? null,
    floorOutcome: decision.floor?.outcome ?? null,
    floorWhy: decision.floor?.why ?? null,
    session: decision.session ?? null,
    endUser: decision.endUser ?? null,
    tags: decision.tags ?? null,
    ignored: decision.ignored.length === 0 ? null : decision.ignored,
    ...encodeCandidates(decision.candidates, modelNumbers),
    attempts: encodeAttempts(decision),
    barScores: decision.bar?.minScores ?? null,
    barRisk: decision.bar?.risk ?? null,
    barShare: decision.bar?.minShareOfBest ?? null,
    ...decisionFacts(decision),
  };
}

function decodeCost(row: DecisionRow): Cost {
  if (row.costNanoUsd === null) return { status: 'unknown', why: row.costWhy ?? 'not recorded' };
  return row.costStatus === 'exact'
    ? { status: 'exact', nanoUsd: row.costNanoUsd }
    : { status: 'estimated', nanoUsd: row.costNanoUsd, why: row.costWhy ?? 'not recorded' };
}

function decodeMeasurements(row: DecisionRow): Pick<Decision, 'usage' | 'cost' | 'latency'> {
  return {
    usage: {
      inputTokens: row.inputTokens ?? undefined,
      cachedInputTokens: row.cachedInputTokens ?? undefined,
      cacheWriteTokens: row.cacheWriteTokens ?? undefined,
      outputTokens: row.outputTokens ?? undefined,
      reasoningTokens: row.reasoningTokens ?? undefined,
      reportedCostNanoUsd: row.reportedCostNanoUsd ?? undefined,
    },
    cost: decodeCost(row),
    latency: {
      totalMs: row.totalMs,
      firstTokenMs: row.firstTokenMs ?? undefined,
      overheadMs: row.overheadMs,
      predictMs: row.predictMs ?? undefined,
    },
  };
}

function decodeFloor({ floorOutcome, floorCertificate, floorWhy }: DecisionRow): Decision['floor'] {
  if (floorOutcome === null) return undefined;
  return { outcome: floorOutcome, certificateId: floorCertificate ?? undefined, why: floorWhy ?? undefined };
}

function decodeBar({ barScores, barRisk, barShare }: DecisionRow): Decision['bar'] {
  if (barScores === null || barRisk === null) return undefined;
  return { minScores: barScores, risk: barRisk, minShareOfBest: barShare ?? undefined };
}

/** The decision in a row. Values an older version wrote are passed on as they are; what is missing is undefined. */
export function decodeDecision(row: DecisionRow, modelNames: ReadonlyMap<number, string>): Decision {
  const decision = {
    id: decisionOfUuid(row.id),
    at: row.at.toISOString(),
    clientId: row.clientId,
    keyId: row.keyId,
    endpoint: row.endpoint,
    outcome: row.outcome,
    errorCode: row.errorCode ?? undefined,
    requestedModel: row.requestedModel,
    policy: row.policy,
    arm: row.arm,
    choiceProbability: row.choiceProbability,
    routerVersion: row.routerVersion,
    catalogVersion: row.catalogVersion,
    reason: row.reason,
    modelId: row.modelId ?? undefined,
    provider: row.provider ?? undefined,
    emulated: row.emulated,
    stream: row.stream,
    cache: row.cache,
    bar: decodeBar(row),
    candidates: decodeCandidates(row, modelNames),
    ...decodeMeasurements(row),
    domain: row.domain ?? undefined,
    task: row.task ?? undefined,
    kind: row.kind ?? undefined,
    familiarity: row.familiarity ?? undefined,
    floor: decodeFloor(row),
    session: row.session ?? undefined,
    endUser: row.endUser ?? undefined,
    tags: row.tags ?? undefined,
    ignored: row.ignored ?? [],
  };
  return { ...decision, attempts: decodeAttempts(row.attempts, decision) };
}
