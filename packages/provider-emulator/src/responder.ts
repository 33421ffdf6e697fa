import type { Ask } from './ask.ts';
import { digest } from './digest.ts';
import type { EmulatorOptions } from './emulator-types.ts';

/** Turns a request into the question that the emulator's caller answers, counting how often each was asked. */
export function createResponder(respond: EmulatorOptions['respond']): (ask: Ask) => string | undefined {
  if (respond === undefined) return () => undefined;
  const asked = new Map<string, number>();
  return (ask) => {
    const key = digest([ask.model, ...ask.segments]);
    const occurrence = asked.get(key) ?? 0;
    asked.set(key, occurrence + 1);
    const schema = ask.output.type === 'json_schema' ? ask.output.schema : undefined;
    return respond({ model: ask.model, prompt: ask.prompt, texts: ask.segments, schema, occurrence });
  };
}
