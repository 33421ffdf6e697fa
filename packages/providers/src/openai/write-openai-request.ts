import type { CatalogModel, ChatRequest, Provider } from '@pointsman/contracts';
import type { JsonObject } from '../json-value.ts';
import { assessCapabilities, droppedFields, missingStructuredOutput } from '../requests/assess-capabilities.ts';
import { outputLimit } from '../requests/output-limit.ts';
import type { ChatCall, RequestAssessment } from '../types.ts';
import type { WireRequest } from '../wire-format.ts';
import { carriesCacheControl, keepsCacheControl, writeOpenAiMessages, writeOpenAiTools } from './openai-messages.ts';

/** What an OpenAI-format host cannot honour, by its quirks and the model's capabilities; unknown fields pass. */
export function assessOpenAi(provider: Provider, model: CatalogModel, request: ChatRequest): RequestAssessment {
  const { removals, ignored } = assessCapabilities(provider, model, request);
  removals.push(...missingStructuredOutput(model, request));
  if (carriesCacheControl(request.messages, request.tools) && !keepsCacheControl(provider))
    ignored.push('cache_control');
  const { include_usage: _, ...streamOptions } = request.stream_options ?? {};
  if (provider.quirks.streamUsage !== 'option' && Object.keys(streamOptions).length > 0) ignored.push('stream_options');
  return { removals, ignored };
}

/** The request in the host's own dialect; what `assessOpenAi` names as ignored is left out. */
export function writeOpenAiChat(call: ChatCall): WireRequest {
  const { provider, model, request, stream } = call;
  const { max_tokens: _, max_completion_tokens: __, stream_options: options, ...rest } = request;
  const body: JsonObject = {
    ...rest,
    model: model.upstreamModel,
    messages: writeOpenAiMessages(request.messages, provider),
  };
  for (const field of fieldsToLeaveOut(call)) delete body[field];
  if (request.tools) body.tools = writeOpenAiTools(request.tools, provider);
  const limit = outputLimit(model, request);
  if (limit !== undefined) body[provider.quirks.maxTokensField] = limit;
  if (stream) {
    body.stream = true;
    if (provider.quirks.streamUsage === 'option') body.stream_options = { ...options, include_usage: true };
  } else {
    delete body.stream;
  }
  return { path: '/chat/completions', body: JSON.stringify(body) };
}

/** Every unsupported field goes, default value or not: a host that refuses the field refuses it with any value. */
function fieldsToLeaveOut({ provider, model, request }: ChatCall): string[] {
  const fields: string[] = [...provider.quirks.unsupported, ...droppedFields(provider, model, request)];
  if (fields.includes('logprobs')) fields.push('top_logprobs');
  if (!model.capabilities.reasoning) fields.push('reasoning_effort');
  return fields;
}
