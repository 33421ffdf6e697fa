import type { PlaygroundPreview, PlaygroundRequest } from '@pointsman/contracts';
import { useCallback, useEffect, useReducer, useRef } from 'react';
import { ApiError, askApi, requestJson } from '../../api/index.ts';
import { readRun } from './read-run.ts';
import { IDLE, nextState } from './run-state.ts';

const previewOf = (request: PlaygroundRequest, signal: AbortSignal) =>
  requestJson<PlaygroundPreview>('POST', '/playground/preview', { body: request, signal });

/** Asks, streams and stops: one request at a time. Leaving the page stops it too. */
export function useRun() {
  const [state, dispatch] = useReducer(nextState, IDLE);
  const underWay = useRef<AbortController | undefined>(undefined);
  useEffect(() => () => underWay.current?.abort(), []);

  const begin = useCallback(async (what: 'previewing' | 'running', work: (signal: AbortSignal) => Promise<void>) => {
    underWay.current?.abort();
    const abort = new AbortController();
    underWay.current = abort;
    dispatch({ kind: 'asked', what });
    try {
      await work(abort.signal);
    } catch (error) {
      // Whoever began anew shows what is new.
      if (underWay.current !== abort) return;
      dispatch(abort.signal.aborted ? { kind: 'stopped' } : { kind: 'failed', error: asApiError(error) });
    }
  }, []);

  const preview = useCallback(
    (request: PlaygroundRequest) =>
      begin('previewing', async (signal) => {
        dispatch({ kind: 'previewed', preview: await previewOf(request, signal), isAll: true });
      }),
    [begin],
  );
  const run = useCallback(
    (request: PlaygroundRequest) =>
      begin('running', async (signal) => {
        dispatch({ kind: 'previewed', preview: await previewOf(request, signal), isAll: false });
        const { body, headers } = await askApi('POST', '/playground/run', { body: request, signal });
        dispatch({ kind: 'begun', decisionId: headers.get('x-pointsman-decision-id') ?? undefined });
        if (body !== null) for await (const event of readRun(body)) dispatch(event);
        dispatch({ kind: 'over' });
      }),
    [begin],
  );
  const stop = useCallback(() => underWay.current?.abort(), []);
  return { state, preview, run, stop };
}

const asApiError = (error: unknown): ApiError =>
  error instanceof ApiError
    ? error
    : new ApiError(0, { code: 'unreachable', message: error instanceof Error ? error.message : String(error) });
