import { type AnnotationAnswers, type Dimension, GatewayError } from '@pointsman/contracts';

/** @throws GatewayError `invalid_request` unless exactly these dimensions are answered. */
export function checkAnswers(answers: AnnotationAnswers, dimensions: readonly Dimension[]): void {
  const missing = dimensions.filter((dimension) => answers[dimension] === undefined);
  if (missing.length > 0)
    throw new GatewayError('invalid_request', `Not answered: ${missing.join(', ')}.`, { param: 'answers' });
  const stray = Object.keys(answers).filter((name) => !dimensions.some((dimension) => dimension === name));
  if (stray.length > 0)
    throw new GatewayError('invalid_request', `Not asked of this item: ${stray.join(', ')}.`, { param: 'answers' });
}
