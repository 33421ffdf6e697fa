import { repositories } from '@pointsman/db';
import { testDatabase } from '@pointsman/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  activeCertificate,
  expireCertificate,
  issueCertificate,
  listCertificates,
  revokeCertificate,
  showCertificate,
} from './certificates.ts';
import { createClient } from './clients.ts';

let storage: ReturnType<typeof repositories>;
let drop: () => Promise<void>;
beforeAll(async () => {
  const test = await testDatabase();
  storage = repositories(test.database);
  drop = test.drop;
  await createClient(storage, { name: 'acme' });
});
afterAll(() => drop());

const CERTIFICATE = { policy: 'promised', routerVersion: '0123456789ab', body: {} };

describe('certificates', () => {
  it('are issued for one client or for everybody, listed, shown and found while active', async () => {
    const all = await issueCertificate(storage, CERTIFICATE);
    const own = await issueCertificate(storage, { ...CERTIFICATE, client: 'acme' });
    expect((await listCertificates(storage)).map(({ id }) => id)).toEqual([own.id, all.id]);
    expect((await listCertificates(storage, { client: 'acme' })).map(({ id }) => id)).toEqual([own.id]);
    expect(await showCertificate(storage, { id: own.id })).toEqual(own);
    expect(await activeCertificate(storage, { policy: 'promised' })).toEqual(all);
    expect(await activeCertificate(storage, { policy: 'promised', client: 'acme' })).toEqual(own);
    await expect(activeCertificate(storage, { policy: 'other', client: 'acme' })).rejects.toMatchObject({
      code: 'not_found',
      message: 'The policy "other" of acme has no active certificate.',
    });
    await expect(issueCertificate(storage, { ...CERTIFICATE, client: 'nobody' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('expire and are withdrawn with a reason, once', async () => {
    const { id } = await issueCertificate(storage, CERTIFICATE);
    expect(await expireCertificate(storage, { id, why: 'moved' })).toMatchObject({ status: 'expired', why: 'moved' });
    await expect(expireCertificate(storage, { id, why: 'again' })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('expired already: moved'),
    });
    expect(await revokeCertificate(storage, { id, why: 'wrong' })).toMatchObject({ status: 'revoked', why: 'wrong' });
    await expect(revokeCertificate(storage, { id, why: 'again' })).rejects.toMatchObject({ code: 'conflict' });
    await expect(revokeCertificate(storage, { id: 'crt_none', why: '' })).rejects.toMatchObject({ code: 'not_found' });
  });
});
