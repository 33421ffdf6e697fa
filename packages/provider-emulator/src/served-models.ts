import type { WireFormatName } from '@pointsman/contracts';
import type { EmulatedModel } from './emulator-types.ts';

/** Listed when nobody says what to serve; any other name is served as well. */
const EXAMPLES: readonly EmulatedModel[] = [
  { id: 'gpt-4o', format: 'openai' },
  { id: 'gpt-4o-mini', format: 'openai' },
  { id: 'text-embedding-3-small', format: 'openai', kind: 'embedding' },
  { id: 'claude-sonnet-4-6', format: 'anthropic' },
  { id: 'claude-haiku-4-5', format: 'anthropic' },
  { id: 'mistral-large-latest', format: 'mistral' },
  { id: 'mistral-small-latest', format: 'mistral' },
  { id: 'mistral-embed', format: 'mistral', kind: 'embedding' },
];

export type ServedModels = {
  list(format: WireFormatName): EmulatedModel[];
  find(format: WireFormatName, id: string): EmulatedModel | undefined;
};

/** The models that are served; without a list every name is. */
export function createServedModels(models: readonly EmulatedModel[] | undefined): ServedModels {
  const byKey = new Map((models ?? EXAMPLES).map((model) => [`${model.format} ${model.id}`, model]));
  return {
    list: (format) => [...byKey.values()].filter((model) => model.format === format),
    find: (format, id) => {
      const known = byKey.get(`${format} ${id}`);
      if (known !== undefined || models !== undefined || id === '') return known;
      return { id, format, kind: id.includes('embed') ? 'embedding' : 'chat' };
    },
  };
}
