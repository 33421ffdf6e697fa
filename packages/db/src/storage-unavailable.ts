import { GatewayError } from '@pointsman/contracts';
import { DrizzleQueryError } from 'drizzle-orm';

/** The database cannot answer now; the same call may succeed later. Nothing is known about whether a write happened. */
export class StorageUnavailable extends GatewayError {
  /** SQLSTATE or system error code, where there is one. */
  readonly reason: string | undefined;
  constructor(cause: Error, reason: string | undefined) {
    super('storage_unavailable', `the database is unavailable: ${cause.message}`, { cause });
    this.name = 'StorageUnavailable';
    this.reason = reason;
  }
}

const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  // PostgreSQL: cancelled by statement_timeout, lock_timeout, read-only after a failover, unknown database.
  '57014',
  '55P03',
  '25006',
  '3D000',
]);
// Connection exceptions, insufficient resources, operator intervention, transaction rollback, wrong credentials.
const UNAVAILABLE_CLASSES = new Set(['08', '53', '57', '40', '28']);
// node-postgres gives these no code.
const CODELESS =
  /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Cannot use a pool after calling end|Client has encountered a connection error|Client was closed)/;

/** The first SQLSTATE or system code along the chain of causes: drizzle wraps what the driver threw. */
export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return errorCode(error.cause);
}

function rootCause(error: Error): Error {
  return error.cause instanceof Error ? rootCause(error.cause) : error;
}

/** `StorageUnavailable` where the cause is the connection, the server or a timeout; anything else as it came. */
export function translateStorageError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof GatewayError) return error;
  const code = errorCode(error);
  const cause = rootCause(error);
  // Data exceptions: a NUL, a date before year 1, a number too large. Whoever sent it can mend it.
  if (code?.startsWith('22')) {
    return new GatewayError('invalid_request', `a value cannot be stored or compared: ${cause.message}`, { cause });
  }
  const unavailable =
    code === undefined
      ? CODELESS.test(cause.message)
      : UNREACHABLE.has(code) || UNAVAILABLE_CLASSES.has(code.slice(0, 2));
  if (unavailable) return new StorageUnavailable(cause, code);
  // Drizzle puts the parameters of a query into the message, which ends in a log: hashes, addresses, what callers wrote.
  return error instanceof DrizzleQueryError ? cause : error;
}

/** The same functions, whose rejections went through `translateStorageError`. */
export function withStorageErrors<T extends Record<string, (...args: never[]) => Promise<unknown>>>(repository: T): T {
  const wrapped: Record<string, unknown> = {};
  for (const [name, method] of Object.entries(repository)) {
    wrapped[name] = async (...args: never[]) => {
      try {
        return await method(...args);
      } catch (error) {
        throw translateStorageError(error);
      }
    };
  }
  return wrapped as T;
}
