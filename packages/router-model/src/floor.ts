// Quality floors without the ONNX runtime, which takes longer to load than most of what is done with them.
export {
  type Certificate,
  type CertificatePart,
  certificateSchema,
  floorRuleOf,
} from './floor/certificate.ts';
export { type Certification, type CertifyOptions, certify } from './floor/certify.ts';
export { checkLive, type LiveCheck, type ShadowPair } from './floor/check-live.ts';
export { type Drift, type DriftTest, hasDrifted, type SeenRequest } from './floor/has-drifted.ts';
export {
  type FloorCandidate,
  type FloorPick,
  type FloorRequest,
  type FloorRule,
  pickForFloor,
} from './floor/pick-for-floor.ts';
export type { FloorRefusal } from './floor/refuse-floor.ts';
export type { ReplayCandidate, ReplayRequest } from './floor/replay-request.ts';
export {
  type CertificateConditions,
  type IssuedCertificate,
  issuedCertificateSchema,
  whyNotInForce,
} from './issued-certificate.ts';
export { type DimensionWeights, observedOverallScore, overallScore } from './overall-score.ts';
export { UNKNOWN } from './taxonomy/labels.ts';
