import { Command } from 'commander';
import { createContext } from './command-context.ts';
import { addBenchmarkCommands } from './commands/benchmark.ts';
import { addCatalogCommands } from './commands/catalog.ts';
import { addClientCommands } from './commands/clients.ts';
import { addConfigCommands } from './commands/config.ts';
import { addDecisionCommands } from './commands/decisions.ts';
import { addEvalCommands } from './commands/eval.ts';
import { addJudgeCommands } from './commands/judge.ts';
import { addKeyCommands } from './commands/keys.ts';
import { addPolicyCommands } from './commands/policies.ts';
import { addRouterCommands } from './commands/router.ts';
import { addUsageCommand } from './commands/usage.ts';
import { addUserCommands } from './commands/users.ts';
import { addWorkerCommand } from './commands/worker.ts';
import type { Terminal } from './terminal.ts';

/** The whole command line; parsing it runs the command. */
export function createProgram(terminal: Terminal): Command {
  const program = new Command('pointsman')
    .description('Operate a Pointsman gateway: clients, keys, policies, catalogue, router, users, usage.')
    .option('--json', 'print JSON instead of tables')
    .option('--config <file>', 'the configuration file (default: POINTSMAN_CONFIG, else pointsman.config.yaml)')
    .exitOverride()
    .configureOutput({ writeOut: terminal.write, writeErr: terminal.writeError })
    .showSuggestionAfterError();
  const context = createContext(program, terminal);
  for (const add of [
    addClientCommands,
    addKeyCommands,
    addPolicyCommands,
    addCatalogCommands,
    addRouterCommands,
    addBenchmarkCommands,
    addEvalCommands,
    addJudgeCommands,
    addConfigCommands,
    addUserCommands,
    addUsageCommand,
    addDecisionCommands,
    addWorkerCommand,
  ]) {
    add(program, context);
  }
  return program;
}
