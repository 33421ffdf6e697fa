import { ConfigurationError } from '@pointsman/administration';
import { GatewayError } from '@pointsman/contracts';
import { CommanderError } from 'commander';
import { CommandFailed } from './command-failed.ts';
import { createProgram } from './create-program.ts';
import type { Terminal } from './terminal.ts';

const FAILED = 1;
const MISUSED = 2;

/**
 * Runs one command line and resolves to its exit code: 0 done, 1 the operation failed, 2 the command line is wrong; what
 * throws `CommandFailed` has codes of its own.
 */
export async function runCli(args: readonly string[], terminal: Terminal): Promise<number> {
  const program = createProgram(terminal);
  try {
    await program.parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    // Commander has printed its own message; help and version arrive as errors of exit code 0.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : MISUSED;
    if (error instanceof CommandFailed) {
      if (error.message !== '') terminal.writeError(`error: ${error.message}\n`);
      return error.exitCode;
    }
    terminal.writeError(`${messageOf(error, terminal.env.POINTSMAN_LOG_LEVEL === 'debug')}\n`);
    return FAILED;
  }
}

function messageOf(error: unknown, withStack: boolean): string {
  if (!(error instanceof Error)) return `error: ${String(error)}`;
  if (withStack) return error.stack ?? error.message;
  if (error instanceof ConfigurationError) return error.message;
  const expected = error instanceof GatewayError || error.message !== '';
  return expected ? `error: ${error.message}` : `error: ${error.name}`;
}
