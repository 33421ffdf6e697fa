import { issueKey, listKeys, revokeKey } from '@pointsman/administration';
import { type ApiKey, SCOPES } from '@pointsman/contracts';
import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { list, positiveInteger } from '../option-values.ts';
import { printTable } from '../output/print-table.ts';

type IssueOptions = {
  name?: string;
  scopes?: string[];
  expiresAt?: string;
  expiresDays?: number;
  requestsPerMinute?: number;
  tokensPerMinute?: number;
};

const DAY_MS = 86_400_000;

export function addKeyCommands(program: Command, { terminal, withStorage, show }: CommandContext): void {
  const keys = program.command('keys').description('The keys with which clients call the gateway');
  keys
    .command('issue <client>')
    .description('Issue a key to a client (id or name); it is shown once')
    .option('--name <name>', 'what the key is for')
    .option('--scopes <scopes>', `${SCOPES.join(', ')} (default: inference,read)`, list)
    .option('--expires-at <instant>', 'UTC instant, such as 2027-01-01T00:00:00Z')
    .option('--expires-days <n>', 'days from now', positiveInteger)
    .option('--requests-per-minute <n>', 'narrower than the client', positiveInteger)
    .option('--tokens-per-minute <n>', 'narrower than the client', positiveInteger)
    .action(async (client: string, options: IssueOptions) => {
      const input = { client, ...keyInputOf(options, terminal.now()) };
      const issued = await withStorage(({ repositories }) => issueKey(repositories, input, terminal.now()));
      show(issued, () => `${issued.secret}\n\nThis is the only time the key is shown (id ${issued.key.id}).`);
    });
  keys
    .command('list')
    .description('List keys, revoked ones included; never a secret')
    .option('--client <client>', 'only of this client (id or name)')
    .action(async ({ client }: { client?: string }) => {
      const all = await withStorage(({ repositories }) => listKeys(repositories, { client }));
      show(all, () => printKeys(all, terminal.now()));
    });
  keys
    .command('revoke <key>')
    .description('End a key (id or prefix) for good')
    .action(async (key: string) => {
      const revoked = await withStorage(({ repositories }) => revokeKey(repositories, { key }));
      show(revoked, () => `Revoked ${revoked.id} (${revoked.prefix}…). Running gateways refuse it within a second.`);
    });
}

function keyInputOf(options: IssueOptions, nowMs: number) {
  const { name, scopes, expiresAt, expiresDays, ...limits } = options;
  const end =
    expiresAt ?? (expiresDays === undefined ? undefined : new Date(nowMs + expiresDays * DAY_MS).toISOString());
  return {
    ...(name !== undefined && { name }),
    ...(scopes !== undefined && { scopes }),
    ...(end !== undefined && { expiresAt: end }),
    limits,
  };
}

function printKeys(keys: readonly ApiKey[], nowMs: number): string {
  const stateOf = ({ revokedAt, expiresAt }: ApiKey): string => {
    if (revokedAt !== undefined) return 'revoked';
    return expiresAt !== undefined && Date.parse(expiresAt) <= nowMs ? 'expired' : 'active';
  };
  return printTable(
    keys,
    [
      { title: 'ID', value: ({ id }) => id },
      { title: 'KEY', value: ({ prefix }) => `${prefix}…` },
      { title: 'CLIENT', value: ({ clientId }) => clientId },
      { title: 'NAME', value: ({ name }) => name },
      { title: 'SCOPES', value: ({ scopes }) => scopes.join(',') },
      { title: 'EXPIRES', value: ({ expiresAt }) => expiresAt },
      { title: 'STATE', value: stateOf },
    ],
    'There are no keys. Issue one: pointsman keys issue <client>',
  );
}
