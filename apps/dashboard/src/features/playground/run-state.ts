import type { PlaygroundEnd, PlaygroundPreview } from '@pointsman/contracts';
import type { ApiError } from '../../api/index.ts';
import type { RunEvent } from './read-run.ts';

export type RunState = {
  status: 'idle' | 'previewing' | 'running' | 'done' | 'stopped';
  preview?: PlaygroundPreview | undefined;
  /** Known from the first byte on, also of a run that is stopped. */
  decisionId?: string | undefined;
  text: string;
  reasoning: string;
  end?: PlaygroundEnd | undefined;
  /** Why nothing, or no more, came. */
  error?: ApiError | undefined;
  /** The provider broke off in the middle. */
  broken?: string | undefined;
};

export const IDLE: RunState = { status: 'idle', text: '', reasoning: '' };

export type RunStep =
  | { kind: 'asked'; what: 'previewing' | 'running' }
  | { kind: 'previewed'; preview: PlaygroundPreview; isAll: boolean }
  | { kind: 'begun'; decisionId: string | undefined }
  | RunEvent
  | { kind: 'over' }
  | { kind: 'stopped' }
  | { kind: 'failed'; error: ApiError };

/** What is shown after a step of a run. */
export function nextState(state: RunState, step: RunStep): RunState {
  switch (step.kind) {
    case 'asked':
      return { ...IDLE, status: step.what };
    case 'previewed':
      return { ...state, preview: step.preview, ...(step.isAll && { status: 'done' }) };
    case 'begun':
      return { ...state, decisionId: step.decisionId };
    case 'text':
      return { ...state, text: state.text + step.text };
    case 'reasoning':
      return { ...state, reasoning: state.reasoning + step.text };
    case 'broken':
      return { ...state, broken: step.message };
    case 'end':
      return { ...state, end: step.end };
    case 'over':
      return { ...state, status: 'done' };
    case 'stopped':
      return { ...state, status: 'stopped' };
    case 'failed':
      return { ...state, status: 'done', error: step.error };
  }
}

export const isBusy = ({ status }: RunState): boolean => status === 'previewing' || status === 'running';
