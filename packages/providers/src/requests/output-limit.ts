import type { CatalogModel, ChatRequest } from '@pointsman/contracts';

/** The output tokens asked for, no more than the model can give; undefined when the request sets no limit. */
export function outputLimit(model: CatalogModel, request: ChatRequest): number | undefined {
  const asked = request.max_completion_tokens ?? request.max_tokens ?? undefined;
  return asked === undefined ? undefined : Math.min(asked, model.maxOutputTokens);
}
