import { type Configuration, ConfigurationError, readConfiguration } from '@pointsman/administration';
import type { Command } from 'commander';
import type { Storage } from './open-storage.ts';
import { recordCommand } from './record-command.ts';
import type { Terminal } from './terminal.ts';

export type Session = { repositories: Storage['repositories']; configuration: Configuration };

/** What every command needs: the configuration, the storage while it works, and a way to show its result. */
export type CommandContext = {
  terminal: Terminal;
  /** @throws {ConfigurationError} naming every problem. */
  configuration(): Promise<Configuration>;
  /** Opens the storage for the work and closes it whatever happens. */
  withStorage<Result>(work: (session: Session) => Promise<Result>): Promise<Result>;
  /** Prints JSON when the user asked for it, else what a person reads. */
  show(result: unknown, forPeople: () => string): void;
};

/** @param program the command line, whose global options are known only once it has parsed. */
export function createContext(program: Command, terminal: Terminal): CommandContext {
  const configuration = async (): Promise<Configuration> => {
    const { config } = program.opts<{ config?: string }>();
    const result = await readConfiguration({ env: terminal.env, directory: terminal.directory, path: config });
    if (!result.ok) throw new ConfigurationError(result.problems);
    return result.configuration;
  };
  let running: Command | undefined;
  program.hook('preAction', (_, command) => {
    running = command;
  });
  return {
    terminal,
    configuration,
    async withStorage(work) {
      const checked = await configuration();
      // Half of a command's time is the loading of the database's driver: help and checks go without.
      const { openStorage } = await import('./open-storage.ts');
      const storage = await openStorage(checked);
      const { repositories } = storage;
      try {
        return await recordCommand(running, repositories, () => work({ repositories, configuration: checked }));
      } finally {
        await storage.close();
      }
    },
    show(result, forPeople) {
      const { json } = program.opts<{ json?: boolean }>();
      terminal.write(json === true ? `${JSON.stringify(result ?? null, null, 2)}\n` : `${forPeople()}\n`);
    },
  };
}
