import { parentPort, workerData } from 'node:worker_threads';
import { openRouterSession, type RouterSession } from './router-session.ts';
import type { PredictRequest, WorkerMessage, WorkerStart } from './worker-messages.ts';

// The thread on which inference may block. It holds one session of one artefact for its whole life.

const post = (message: WorkerMessage): void => parentPort?.postMessage(message);
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function predict(session: RouterSession, { id, prompt, clientId }: PredictRequest): Promise<void> {
  try {
    post({ kind: 'predicted', id, prediction: await session.run(prompt, clientId) });
  } catch (error) {
    post({ kind: 'failed', id, message: messageOf(error) });
  }
}

try {
  const { artefactDir } = workerData as WorkerStart;
  const session = await openRouterSession(artefactDir);
  parentPort?.on('message', (request: PredictRequest) => predict(session, request));
  post({ kind: 'ready', manifest: session.manifest });
} catch (error) {
  post({ kind: 'unusable', message: messageOf(error) });
}
