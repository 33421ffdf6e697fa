import { formatUsd } from '@pointsman/contracts';
import type { RunState } from './follow-run.ts';

export type ProgressOptions = {
  write(text: string): void;
  /** Epoch milliseconds. */
  now(): number;
  /** Whether the line may be written over: a terminal, not a file. */
  live: boolean;
};

const WIDTH = 24;
/** Of the rate shown: what happened longer ago says little about what is to come. */
const WINDOW_MS = 60_000;
/** Between lines of a log, which cannot be written over. */
const LOG_EVERY_MS = 15_000;

/** Shows how far a run is: a bar, items a minute, what it cost so far, the time left. */
export function createProgressLine({ write, now, live }: ProgressOptions): {
  show(state: RunState): void;
  end(): void;
} {
  const seen: { atMs: number; done: number }[] = [];
  let shownAtMs = Number.NEGATIVE_INFINITY;
  let width = 0;
  return {
    show(state) {
      const atMs = now();
      seen.push({ atMs, done: state.done });
      while ((seen[0]?.atMs ?? atMs) < atMs - WINDOW_MS) seen.shift();
      if (!live && atMs - shownAtMs < LOG_EVERY_MS && state.done < state.total) return;
      if (!live && seen.length > 1 && seen.at(-2)?.done === state.total) return;
      shownAtMs = atMs;
      const text = progressText(state, rateOf(seen));
      write(live ? `\r${text.padEnd(width)}` : `${text}\n`);
      width = text.length;
    },
    end() {
      if (live && width > 0) write('\n');
    },
  };
}

/** Items per millisecond over what was seen lately; undefined while nothing was finished. */
function rateOf(seen: readonly { atMs: number; done: number }[]): number | undefined {
  const [first, last] = [seen[0], seen.at(-1)];
  if (first === undefined || last === undefined || last.done === first.done) return undefined;
  return (last.done - first.done) / (last.atMs - first.atMs);
}

export function progressText({ run, total, done }: RunState, perMs: number | undefined): string {
  const filled = total === 0 ? WIDTH : Math.floor((WIDTH * done) / total);
  const bar = `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)}`;
  const ceiling = run.spec.maxCostNanoUsd === undefined ? '' : ` of ${dollars(run.spec.maxCostNanoUsd)}`;
  const lost = run.lostCalls > 0 ? `, at most ${dollars(run.lostNanoUsd)} more for ${run.lostCalls} calls cut off` : '';
  const unknown = run.unknownCosts > 0 ? ` and ${run.unknownCosts} calls of unknown cost` : '';
  const speed =
    perMs === undefined ? '' : `, ${Math.round(perMs * 60_000)} a minute, ${timeText((total - done) / perMs)} left`;
  return `${bar} ${done} of ${total}${speed}, ${dollars(run.spentNanoUsd)}${ceiling}${unknown}${lost}`;
}

const dollars = (nanoUsd: number) => `$${Number(formatUsd(nanoUsd)).toFixed(nanoUsd < 1e9 ? 4 : 2)}`;

export function timeText(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
