import { createUser, linkForUser, listUsers, welcomeLink } from '@pointsman/administration';
import { ROLES } from '@pointsman/contracts';
import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { operatorName } from '../operator-name.ts';
import { printTable } from '../output/print-table.ts';

type CreateOptions = { role: string; client?: string; passwordStdin?: boolean };

export function addUserCommands(program: Command, { terminal, withStorage, show }: CommandContext): void {
  const users = program.command('users').description('Who may sign in to the admin API');
  users
    .command('create <email>')
    .description('Create a user; without --password-stdin the password is random and shown once')
    .requiredOption('--role <role>', ROLES.join(', '))
    .option('--client <client>', 'the client of an owner or member (id or name)')
    .option('--password-stdin', 'read the password from standard input')
    .action(async (email: string, { role, client, passwordStdin }: CreateOptions) => {
      const password = passwordStdin === true ? (await terminal.readInput()).replace(/\r?\n$/, '') : undefined;
      const created = await withStorage(({ repositories }) =>
        createUser(repositories, { email, role, client, password }),
      );
      const secret = created.password === undefined ? '' : `\nPassword: ${created.password} (shown only now)`;
      show(created, () => `Created ${created.user.email} as ${created.user.role}.${secret}`);
    });
  users
    .command('link <email>')
    .description('Make a link with which a user sets a new password; it works once, for seven days')
    .action(async (email: string) => {
      const { link, expiresAt } = await withStorage(async ({ repositories, configuration }) => {
        const { host, port } = configuration.server;
        const origin = configuration.signIn.publicUrl ?? `http://${host === '0.0.0.0' ? 'localhost' : host}:${port}`;
        const asked = { email, askedBy: operatorName(), now: terminal.now() };
        const { token, expiresAt } = await linkForUser(repositories, asked);
        return { link: welcomeLink(origin, token), expiresAt };
      });
      show({ link, expiresAt }, () => link);
    });
  users
    .command('list')
    .description('List all users')
    .action(async () => {
      const all = await withStorage(({ repositories }) => listUsers(repositories));
      show(all, () =>
        printTable(
          all,
          [
            { title: 'ID', value: ({ id }) => id },
            { title: 'EMAIL', value: ({ email }) => email },
            { title: 'ROLE', value: ({ role }) => role },
            { title: 'CLIENT', value: ({ clientId }) => clientId },
            { title: 'CREATED', value: ({ createdAt }) => createdAt },
          ],
          'There are no users. Create one: pointsman users create <email> --role operator',
        ),
      );
    });
}
