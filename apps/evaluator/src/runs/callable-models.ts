import type { ModelDirectory } from '@pointsman/administration';
import { GatewayError } from '@pointsman/contracts';
import { resolveModel } from '@pointsman/model-catalog';
import type { CallableModel } from './evaluate-item.ts';

/**
 * A chat model by its name, with the provider it is called at.
 * @throws {GatewayError} `model_not_found` or `invalid_request`, saying what would be right.
 */
export function callableModel(directory: ModelDirectory, name: string): CallableModel {
  const resolution = resolveModel(directory.catalog, name);
  if (resolution.kind === 'ambiguous') {
    throw new GatewayError('invalid_request', `several providers serve '${name}': say ${resolution.ids.join(' or ')}`);
  }
  if (resolution.kind === 'unknown') {
    const near = resolution.nearest.length === 0 ? '' : ` Did you mean ${resolution.nearest.join(' or ')}?`;
    throw new GatewayError('model_not_found', `no model is called '${name}'.${near} 'catalog list' shows them all.`);
  }
  const { model } = resolution;
  if (model.kind !== 'chat')
    throw new GatewayError('invalid_request', `${model.id} is no chat model: it cannot be evaluated`);
  const provider = directory.provider(model.provider);
  if (provider === undefined) {
    throw new GatewayError(
      'invalid_request',
      `${model.id} cannot be called: its provider has no key ('config check' says which to set)`,
    );
  }
  return { model, provider };
}

/** Judges to fall back on, best first, where nobody says which. */
const USUAL_JUDGES = [
  'openai/gpt-5-mini',
  'anthropic/claude-sonnet-4-5',
  'mistral/mistral-large-latest',
  'openai/gpt-4.1-mini',
];

/** The judge that is asked for, else the first of the usual ones that can be called. @throws as `callableModel`. */
export function judgeModel(directory: ModelDirectory, name: string | undefined): CallableModel {
  if (name !== undefined) return callableModel(directory, name);
  const usual = USUAL_JUDGES.find((id) => directory.chatModels.some((model) => model.id === id));
  if (usual !== undefined) return callableModel(directory, usual);
  throw new GatewayError(
    'invalid_request',
    `none of the usual judges can be called (${USUAL_JUDGES.join(', ')}): name one with --judge`,
  );
}
