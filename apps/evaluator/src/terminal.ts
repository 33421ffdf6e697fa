import type { Environment } from '@pointsman/administration';

/** The process as the commands see it. */
export type Terminal = {
  env: Environment;
  /** The working directory, absolute. */
  directory: string;
  /** Milliseconds since the epoch. */
  now(): number;
  write(text: string): void;
  writeError(text: string): void;
  /** All of standard input. */
  readInput(): Promise<string>;
  /** Aborts when the process is asked to stop; asked once, by a command that would run for ever. */
  untilStopped(): AbortSignal;
  /** Whether a person looks at what `writeError` writes: lines may then be written over. */
  isInteractive?: boolean | undefined;
};
