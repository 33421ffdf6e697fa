import type { ChatRequest } from '@pointsman/contracts';

/** A request that every model can honour whole. */
export function baseRequest(): ChatRequest {
  return { model: 'auto', messages: [{ role: 'user', content: 'What is the weather in Bern?' }] };
}

/** Read and removed by the gateway before a provider is called. */
export const gatewayKeys = ['models', 'provider', 'pointsman', 'stream'];

type Sample = { value: unknown /** Fields without which this one means nothing. */; with?: Record<string, unknown> };

const tools = [
  {
    type: 'function',
    function: {
      name: 'weather',
      description: 'Weather of a city',
      parameters: {
        type: 'object',
        properties: { city: { type: 'string' } },
        required: ['city'],
        additionalProperties: false,
      },
    },
  },
];

/** For each field of OpenAI's request a value that is not its default, so that losing it would be a loss. */
export const sampleFields: Record<string, Sample> = {
  stream_options: { value: { include_usage: true, include_obfuscation: false } },
  max_completion_tokens: { value: 123 },
  max_tokens: { value: 123 },
  temperature: { value: 0.3 },
  top_p: { value: 0.9 },
  n: { value: 2 },
  seed: { value: 7 },
  stop: { value: ['END'] },
  frequency_penalty: { value: 0.5 },
  presence_penalty: { value: 0.5 },
  logit_bias: { value: { '50256': -100 } },
  logprobs: { value: true },
  top_logprobs: { value: 3, with: { logprobs: true } },
  response_format: {
    value: {
      type: 'json_schema',
      json_schema: {
        name: 'weather',
        strict: true,
        schema: {
          type: 'object',
          properties: { city: { type: 'string' } },
          required: ['city'],
          additionalProperties: false,
        },
      },
    },
  },
  tools: { value: tools },
  tool_choice: { value: 'required', with: { tools } },
  parallel_tool_calls: { value: false, with: { tools } },
  reasoning_effort: { value: 'low' },
  user: { value: 'user-1' },
  prompt_cache_key: { value: 'cache-1' },
  metadata: { value: { team: 'a' } },
  // Fields of OpenAI's API that the contract passes through without reading them.
  store: { value: true },
  verbosity: { value: 'low' },
  service_tier: { value: 'flex' },
  prediction: { value: { type: 'content', content: 'The weather' } },
  safety_identifier: { value: 'id-1' },
  prompt_cache_retention: { value: '24h' },
  modalities: { value: ['text', 'audio'], with: { audio: { voice: 'alloy', format: 'wav' } } },
  audio: { value: { voice: 'alloy', format: 'wav' } },
  functions: { value: [{ name: 'f' }] },
  function_call: { value: 'auto' },
  web_search_options: { value: {} },
};
