import type { StoredCertificate } from '@pointsman/db';
import { describe, expect, test } from 'vitest';
import { sampleCertificate } from '../../test/sample-certificate.ts';
import { buildCertificateDirectory } from './certificate-directory.ts';

const stored = (id: string, over: Partial<StoredCertificate> = {}): StoredCertificate => ({
  id,
  clientId: null,
  policy: 'promised',
  routerVersion: '0123456789ab',
  status: 'active',
  body: sampleCertificate(),
  issuedAt: '2026-11-21T00:00:00.000Z',
  expiredAt: undefined,
  why: undefined,
  checkedAt: undefined,
  ...over,
});

describe('the certificate directory', () => {
  test('finds the client’s own before the one of everybody', () => {
    const directory = buildCertificateDirectory([stored('crt_all'), stored('crt_own', { clientId: 'cli_1' })]);
    expect(directory.find('cli_1', 'promised')).toMatchObject({ id: 'crt_own', isActive: true });
    expect(directory.find('cli_2', 'promised')).toMatchObject({ id: 'crt_all' });
    expect(directory.find('cli_1', 'other')).toBeUndefined();
  });

  test('knows an expired one, which names the strongest, and promises nothing by one it cannot read', () => {
    const expired = buildCertificateDirectory([stored('crt_1', { status: 'expired' })]).find('cli_1', 'promised');
    expect([expired?.isActive, expired?.rule.strongest]).toEqual([false, 'p/best']);
    const unreadable = buildCertificateDirectory([stored('crt_1', { body: { certificate: { format: 2 } } })]);
    expect(unreadable.find('cli_1', 'promised')).toBeUndefined();
  });
});
