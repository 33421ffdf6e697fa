import type { FloorWhy, Policy } from '@pointsman/contracts';
import { floorRuleOf } from '../floor/certificate.ts';
import type { FloorRule } from '../floor/pick-for-floor.ts';
import { type IssuedCertificate, issuedCertificateSchema, whyNotInForce } from '../issued-certificate.ts';
import { UNKNOWN } from '../taxonomy/labels.ts';

/** How a policy's floor stands for one request. */
export type FloorTerms =
  /** A certificate holds, and the router has read the request. */
  | { kind: 'in-force'; certificateId: string; rule: FloorRule; domain: string; familiarity: number }
  /** Nothing can be promised: the strongest model answers, `strongest` or else the best on average. */
  | { kind: 'no-promise'; why: FloorWhy; certificateId?: string | undefined; strongest?: string | undefined };

/** The latest certificate of a policy; one that has expired still names the strongest model. */
export type PolicyCertificate = { id: string; isActive: boolean; issued: IssuedCertificate; rule: FloorRule };

/** A stored certificate as a choice needs it; undefined for one that cannot be read, as a newer version wrote it. */
export function readPolicyCertificate(stored: {
  id: string;
  status: string;
  body: unknown;
}): PolicyCertificate | undefined {
  const { data: issued } = issuedCertificateSchema.safeParse(stored.body);
  if (issued === undefined) return undefined;
  return { id: stored.id, isActive: stored.status === 'active', issued, rule: floorRuleOf(issued.certificate) };
}

export type FloorFacts = {
  policy: Policy & { floor: NonNullable<Policy['floor']> };
  certificate: PolicyCertificate | undefined;
  /** What the router read in the request; `failed`: it should have and did not. */
  prediction: {
    routerVersion: string;
    failed: boolean;
    domain: string | undefined;
    familiarity: number | undefined;
  };
  /** The price of a model on the day of the request, as a text; undefined for a model that is gone. */
  priceOf(modelId: string): string | undefined;
};

/** Whether the policy's certificate holds for a request, or why nothing is promised. */
export function floorTermsOf({ policy, certificate, prediction, priceOf }: FloorFacts): FloorTerms {
  if (certificate === undefined) return { kind: 'no-promise', why: 'no-certificate' };
  const { id, rule, isActive, issued } = certificate;
  const { strongest } = rule;
  if (!isActive) return { kind: 'no-promise', why: 'expired', strongest };
  const { floor, weights } = policy;
  const why = whyNotInForce(issued, { floor, weights, routerVersion: prediction.routerVersion, priceOf });
  if (why !== undefined) return { kind: 'no-promise', why, strongest };
  if (prediction.failed || prediction.familiarity === undefined)
    return { kind: 'no-promise', why: 'prediction-failed', certificateId: id, strongest };
  const { domain = UNKNOWN, familiarity } = prediction;
  return { kind: 'in-force', certificateId: id, rule, domain, familiarity };
}
