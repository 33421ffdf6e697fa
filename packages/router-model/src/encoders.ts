// A door of its own: the gateway imports the package on its main thread and must not load what only training needs.

export type { EncoderDescription } from './encoder/encoder-description.ts';
export { openTextEncoder } from './encoder/open-text-encoder.ts';
export { pullReferenceEncoder } from './encoder/reference/pull-reference-encoder.ts';
export type { EncoderShape } from './encoder/text-encoder.ts';
export type { TrainingProgress } from './encoder/training/training-options.ts';
export { writeTextEncoder } from './encoder/write-text-encoder.ts';
export type { UpdateReport } from './online/describe-update.ts';
export { type OnboardingReport, onboardModel } from './online/onboard-model.ts';
export { type Onboarding, type OnboardingAnswer, openOnboarding } from './online/open-onboarding.ts';
export type { ScoredDecision } from './online/scored-decision.ts';
export { updateRouter } from './online/update-router.ts';
export { openRouterSession } from './serving/router-session.ts';
export { openTeacher } from './training/open-teacher.ts';
export { DEFAULT_SHAPE, type TrainedTextEncoder, trainTextEncoder } from './training/train-text-encoder.ts';
