import type { Repositories } from '@pointsman/db';
import { errorText, type Log } from '../logging/create-log.ts';
import { createShadowRecorder } from '../recording/shadow-recorder.ts';
import { createShadowRouter, type LiveShadow } from './shadow-router.ts';

/** The artefact that predicts without choosing, and where its comparisons go. */
export function openShadow(options: {
  comparisons: Pick<Repositories['shadowDecisions'], 'add'>;
  log: Log;
  elapsedMs(): number;
  onLost(error: unknown): void;
}): { router: LiveShadow; close(): Promise<void> } {
  const { comparisons, log, elapsedMs, onLost } = options;
  const recorder = createShadowRecorder({ write: (batch) => comparisons.add(batch), onError: onLost });
  const router = createShadowRouter({
    record: recorder.record,
    elapsedMs,
    onLoaded: (version) => log.info('shadow artefact loaded', { version }),
    onFailure: (artefactDir, error) =>
      log.error('shadow artefact does not load', { artefactDir, error: errorText(error) }),
  });
  return {
    router,
    async close() {
      await router.close();
      await recorder.close();
    },
  };
}
