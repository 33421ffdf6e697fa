import { Client } from 'pg';
import { errorCode } from '../storage-unavailable.ts';

/** `ready`: it answers; `wait`: it is starting or stopping; `silent`: it cannot be reached; otherwise why it refuses. */
export type Probe = { state: 'ready' | 'wait' | 'silent' } | { state: 'refused'; error: Error };

const CANNOT_CONNECT_NOW = '57P03';
const PROBE_TIMEOUT_MS = 2_000;

/** Asks a server once whether it answers. */
export async function probePostgres(url: string): Promise<Probe> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: PROBE_TIMEOUT_MS,
    query_timeout: PROBE_TIMEOUT_MS,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return { state: 'ready' };
  } catch (error) {
    const code = errorCode(error);
    if (code === CANNOT_CONNECT_NOW) return { state: 'wait' };
    // A SQLSTATE means that a server spoke; anything else means that nobody did.
    return error instanceof Error && /^[0-9A-Z]{5}$/.test(code ?? '')
      ? { state: 'refused', error }
      : { state: 'silent' };
  } finally {
    await client.end().catch(() => undefined);
  }
}
