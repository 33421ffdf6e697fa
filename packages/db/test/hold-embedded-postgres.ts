import { startEmbeddedPostgres } from '../src/index.ts';

// Run by start-embedded-postgres.int.test.ts as a process to be killed: starts a server, says so, and never stops it.
const [dataDir = ''] = process.argv.slice(2);
const server = await startEmbeddedPostgres({ dataDir, log: (line) => process.stdout.write(`${line}\n`) });
process.stdout.write(`URL ${server.url}\n`);
setInterval(() => undefined, 60_000);
