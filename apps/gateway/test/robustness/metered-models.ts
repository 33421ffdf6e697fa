/** Nano-dollars per token of every `metered` model. */
export const RATES = { input: 2000, cached: 500, cacheWrite: 2500, output: 8000 };

const metered = `
    contextTokens: 100000
    capabilities: { tools: true, structuredOutput: json_schema, reasoning: true }
    prices:
      - from: 2026-01-01
        inputUsdPerMtok: 2
        cachedInputUsdPerMtok: 0.5
        cacheWriteUsdPerMtok: 2.5
        outputUsdPerMtok: 8
`;

/** One model at each of the emulated providers, all at prices that make costs easy to work out by hand. */
export const METERED_MODELS = ['openai/metered', 'anthropic/metered', 'mistral/metered', 'groq/metered'] as const;

/** Configuration that adds them, to be followed by more models or nothing. */
export const METERED_YAML = `
defaults: { retries: 0 }
models:${METERED_MODELS.map((id) => `\n  ${id}:${metered.trimEnd()}`).join('')}
`;
