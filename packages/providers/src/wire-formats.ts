import type { WireFormatName } from '@pointsman/contracts';
import { anthropicFormat } from './anthropic/anthropic-format.ts';
import { mistralFormat } from './mistral/mistral-format.ts';
import { openAiFormat } from './openai/openai-format.ts';
import type { WireFormat } from './wire-format.ts';

/** Every dialect we speak, by name. */
export const wireFormats: Readonly<Record<WireFormatName, WireFormat>> = {
  openai: openAiFormat,
  anthropic: anthropicFormat,
  mistral: mistralFormat,
};
