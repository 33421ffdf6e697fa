import type { ChatRequest } from '@pointsman/contracts';
import type { ReplyText } from '../src/validated-reply.ts';

/** A model that says the given things in turn, and keeps what it was asked. */
export function scriptedModel(...script: readonly (string | Partial<ReplyText> | Error)[]) {
  const asked: ChatRequest[] = [];
  const ask = async (request: ChatRequest): Promise<ReplyText> => {
    const line = script[asked.length];
    asked.push(request);
    if (line === undefined) throw new Error(`asked ${asked.length} times, the script has ${script.length} lines`);
    if (line instanceof Error) throw line;
    return { kind: 'text', text: '', ...(typeof line === 'string' ? { text: line } : line) };
  };
  return { ask, asked };
}
