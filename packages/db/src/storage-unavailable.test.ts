import { GatewayError } from '@pointsman/contracts';
import { DrizzleQueryError } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { StorageUnavailable, translateStorageError, withStorageErrors } from './storage-unavailable.ts';

const failure = (message: string, code?: string): Error => Object.assign(new Error(message), code ? { code } : {});

describe('a storage error', () => {
  it.each([
    ['the server is not there', 'ECONNREFUSED'],
    ['the server shuts down', '57P01'],
    ['a statement took too long', '57014'],
    ['no connection is left', '53300'],
    ['a failover made it read-only', '25006'],
  ])('means unavailable when %s', (message, code) => {
    expect(translateStorageError(failure(message, code))).toMatchObject({ code: 'storage_unavailable', reason: code });
  });

  it.each([
    'Connection terminated unexpectedly',
    'timeout exceeded when trying to connect',
    'Query read timeout',
    'Cannot use a pool after calling end on the pool',
  ])('means unavailable when the driver says %j', (message) => {
    expect(translateStorageError(failure(message))).toBeInstanceOf(StorageUnavailable);
  });

  it('is found under what wraps it', () => {
    const wrapped = new Error('Failed query', { cause: failure('refused', 'ECONNREFUSED') });
    expect(translateStorageError(wrapped)).toMatchObject({ name: 'StorageUnavailable', reason: 'ECONNREFUSED' });
  });

  it('stays what it is when the query is at fault', () => {
    const mistake = failure('syntax error', '42601');
    expect(translateStorageError(mistake)).toBe(mistake);
    const answer = new GatewayError('conflict', 'taken');
    expect(translateStorageError(answer)).toBe(answer);
  });

  it.each([
    ['a NUL in a text', '22021'],
    ['a date before year 1', '22008'],
    ['a number too large', '22003'],
  ])('is the fault of whoever sent %s', (message, code) => {
    expect(translateStorageError(failure(message, code))).toMatchObject({ code: 'invalid_request' });
  });

  it('does not repeat the parameters of a query, which end in logs', () => {
    const cause = failure('syntax error', '42601');
    expect(translateStorageError(new DrizzleQueryError('select $1', ['a secret'], cause))).toBe(cause);
  });

  it('is translated for every function of a repository', async () => {
    const repository = withStorageErrors({ read: async () => Promise.reject(failure('refused', 'ECONNREFUSED')) });
    await expect(repository.read()).rejects.toBeInstanceOf(StorageUnavailable);
  });
});
