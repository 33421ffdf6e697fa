/** One chat model of each way a provider is spoken to: our three wire formats, and an OpenAI-compatible host. */
export const UPSTREAM_MODELS = {
  openai: 'openai/gpt-4o-mini',
  anthropic: 'anthropic/claude-haiku-4-5',
  mistral: 'mistral/mistral-small-latest',
  groq: 'groq/llama-3.1-8b-instant',
} as const;

/** The same as rows for `test.each`. */
export const UPSTREAMS = Object.entries(UPSTREAM_MODELS) as [keyof typeof UPSTREAM_MODELS, string][];
