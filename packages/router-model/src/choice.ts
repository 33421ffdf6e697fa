// The choice of a model from estimates, without the ONNX runtime: the gateway chooses with it, the command line explains it.
export type { Candidate, Choice, ChoiceRules, FloorChoice, SessionState } from './choice/choice.ts';
export { floorServedBy } from './choice/choose-for-floor.ts';
export { chooseModel } from './choice/choose-model.ts';
export {
  type FloorFacts,
  type FloorTerms,
  floorTermsOf,
  type PolicyCertificate,
  readPolicyCertificate,
} from './choice/floor-terms.ts';
export { riskOfFallingBelow } from './choice/risk.ts';
