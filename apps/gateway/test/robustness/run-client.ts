import { REPLY_HEADERS } from '@pointsman/contracts';
import { postChat, type Target } from './post-chat.ts';

export type SentRequest = { decisionId: string; status: number; error: string; costNanoUsd: number; tookMs: number };

/** Between two requests, so that the machine has time for everybody else. */
const PAUSE_MS = 5;

/** A client that asks again as soon as it has an answer, until it is stopped. */
export function runClient(target: Target, body: object = { model: 'openai/metered' }) {
  const sent: SentRequest[] = [];
  let stopped = false;
  const asking = (async () => {
    while (!stopped) {
      const startedAtMs = performance.now();
      const reply = await postChat(target, body);
      const text = await reply.text();
      sent.push({
        decisionId: reply.headers.get(REPLY_HEADERS.decisionId) ?? '',
        status: reply.status,
        error: reply.ok ? '' : text,
        costNanoUsd: Math.round(Number(reply.headers.get(REPLY_HEADERS.costUsd)) * 1e9),
        tookMs: performance.now() - startedAtMs,
      });
      await new Promise((next) => setTimeout(next, PAUSE_MS));
    }
  })();
  return {
    sent: sent as readonly SentRequest[],
    async stop(): Promise<SentRequest[]> {
      stopped = true;
      await asking;
      return sent;
    },
  };
}
