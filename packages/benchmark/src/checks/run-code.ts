import type { CodeTest } from '@pointsman/contracts';

export type CodeLanguage = 'javascript' | 'python';

/** A whole program for an interpreter to read from its standard input. */
export type CodeProgram = { language: CodeLanguage; source: string };

export type CodeOutcome =
  /** It ended by itself, well or badly; `stderr` may be cut. */
  | { status: 'ended'; exitCode: number | null; stdout: string; stderr: string }
  /** It was ended: too long, too much memory, too much output. */
  | { status: 'stopped'; why: string }
  /** It was never run: no interpreter, no sandbox. Says nothing about the program. */
  | { status: 'could-not-run'; why: string };

/** Runs a program that nobody vouches for, without files and network; handed in, since this package starts no process. */
export type RunCode = (program: CodeProgram, options?: { signal?: AbortSignal | undefined }) => Promise<CodeOutcome>;

export type CodeCall = Pick<CodeTest, 'call' | 'args'>;
