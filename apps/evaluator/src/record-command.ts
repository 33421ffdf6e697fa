import { findClient } from '@pointsman/administration';
import { GatewayError } from '@pointsman/contracts';
import type { Repositories } from '@pointsman/db';
import type { Command } from 'commander';
import { operatorName } from './operator-name.ts';

/** What changes something that others rely on. Runs of evaluations and calibrations are records of themselves. */
export const CHANGING_COMMANDS: ReadonlySet<string> = new Set([
  'clients create',
  'clients update',
  'clients disable',
  'clients enable',
  'keys issue',
  'keys revoke',
  'policies put',
  'policies remove',
  'catalog sync',
  'router promote',
  'router rollback',
  'router use',
  'router shadow',
  'router update',
  'router certify',
  'router certificates revoke',
  'router check-live',
  'benchmark import',
  'benchmark draft',
  'benchmark review',
  'benchmark publish',
  'benchmark retire',
  'benchmark curate',
  'eval cancel',
  'judge annotations import',
  'judge anchors pin',
  'users create',
  'users link',
]);

/**
 * Does the work of a command and writes it into the log of changes, as the admin API does: before it as `started`, after
 * it how it ended. What only reads is done and not written.
 */
export async function recordCommand<Result>(
  command: Command | undefined,
  repositories: Pick<Repositories, 'auditLog' | 'clients'>,
  work: () => Promise<Result>,
): Promise<Result> {
  const path = command === undefined ? '' : pathOf(command);
  if (command === undefined || !CHANGING_COMMANDS.has(path)) return work();
  const { auditLog } = repositories;
  const id = await auditLog.start({
    actor: `command line (${operatorName()})`,
    clientId: await clientConcerned(path, command, repositories),
    action: `pointsman ${path}`,
    summary: command.description(),
    details: { arguments: command.args, options: command.opts() },
  });
  try {
    const result = await work();
    await auditLog.finish(id, { outcome: 'done' });
    return result;
  } catch (error) {
    await auditLog.finish(id, { outcome: error instanceof GatewayError ? 'refused' : 'failed' });
    throw error;
  }
}

/** `keys issue`, without the name of the program. */
export function pathOf(command: Command): string {
  const names: string[] = [];
  for (let each: Command | null = command; each?.parent; each = each.parent) names.unshift(each.name());
  return names.join(' ');
}

const NAMED_FIRST = new Set(['clients update', 'clients disable', 'clients enable', 'keys issue']);

async function clientConcerned(
  path: string,
  command: Command,
  repositories: Pick<Repositories, 'clients'>,
): Promise<string | undefined> {
  const reference = NAMED_FIRST.has(path) ? command.args[0] : command.opts<{ client?: string }>().client;
  if (reference === undefined) return undefined;
  // One that does not exist is the command's to refuse.
  const client = await findClient(repositories, reference).catch(() => undefined);
  return client?.id;
}
