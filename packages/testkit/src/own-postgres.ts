import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@pointsman/db';
import { temporaryFolder } from './temporary-folder.ts';

/** A PostgreSQL that one test file may treat as badly as it likes. */
export type OwnPostgres = {
  url: string;
  /** Ends the server at once, as the kernel does when memory runs out. */
  kill(): Promise<void>;
  /** Stops every process of the server without closing a connection, as a hung disk or a lost network does. */
  freeze(): Promise<void>;
  thaw(): Promise<void>;
  /** Starts it again, on the same port, with the same data. */
  restart(): Promise<void>;
  close(): Promise<void>;
};

// What must not be lost here must survive a killed process, not a lost machine.
const settings = { fsync: 'off', full_page_writes: 'off' };

export async function startOwnPostgres(): Promise<OwnPostgres> {
  const folder = await temporaryFolder();
  const start = () => startEmbeddedPostgres({ dataDir: join(folder.path, 'postgres'), settings });
  let server: EmbeddedPostgres = await start();
  const { url } = server;
  const postmaster = async () => {
    const text = await readFile(join(folder.path, 'postgres/cluster/postmaster.pid'), 'utf8');
    return Number(text.split('\n')[0]);
  };
  const signalAll = async (signal: NodeJS.Signals) => {
    const pid = await postmaster();
    // The postmaster first: it must not start new processes while the others are being stopped.
    for (const each of [pid, ...(await childrenOf(pid))]) process.kill(each, signal);
  };
  return {
    url,
    kill: () => signalAll('SIGKILL'),
    freeze: () => signalAll('SIGSTOP'),
    thaw: () => signalAll('SIGCONT'),
    async restart() {
      await server.stop();
      server = await start();
      if (server.url !== url) throw new Error(`the server came back elsewhere: its port ${server.port} was taken`);
    },
    async close() {
      await server.stop();
      await folder.remove();
    },
  };
}

async function childrenOf(pid: number): Promise<number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return text.trim().split(' ').map(Number);
}
