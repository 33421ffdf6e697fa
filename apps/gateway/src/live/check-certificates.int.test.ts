import { repositories, type StoredCertificate } from '@pointsman/db';
import { sampleDecision } from '@pointsman/db/testing';
import { testDatabase } from '@pointsman/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleCertificate, samplePart } from '../../test/sample-certificate.ts';
import { checkCertificates } from './check-certificates.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
let storage: ReturnType<typeof repositories>;
let drop: () => Promise<void>;
beforeAll(async () => {
  const test = await testDatabase();
  storage = repositories(test.database);
  drop = test.drop;
});
afterAll(() => drop());

/** A certificate, and this traffic under it in the last hours. */
async function serve(
  policy: string,
  requests: { domain: string | undefined; familiarity: number; hoursAgo?: number }[],
) {
  const body = sampleCertificate({ parts: [samplePart({ domains: ['legal', 'unknown'] })] });
  const { id } = await storage.certificates.issue({ clientId: null, policy, routerVersion: '0123456789ab', body });
  const floor = { certificateId: id, outcome: 'certified' as const };
  await storage.decisions.insertBatch(
    requests.map(({ domain, familiarity, hoursAgo = 1 }, n) =>
      sampleDecision(NOW - hoursAgo * 3_600_000 + n, { floor, domain, familiarity }),
    ),
  );
  return id;
}

async function check(everyMs = 0) {
  const expired: StoredCertificate[] = [];
  await checkCertificates({
    certificates: storage.certificates,
    now: () => NOW,
    everyMs,
    onExpired: (certificate) => expired.push(certificate),
  });
  return expired;
}

/** As the certificate's data: half legal, half not recognised, familiarity spread evenly. */
const alike = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    domain: n % 2 === 0 ? 'legal' : undefined,
    familiarity: ((n * 7) % 100) / 100,
  }));
const travel = (count: number) => alike(count).map((request) => ({ ...request, domain: 'travel' }));

describe('certificates', () => {
  it('hold while the traffic is like the certified data', async () => {
    const id = await serve('steady', alike(1000));
    expect(await check()).toEqual([]);
    expect(await storage.certificates.get(id)).toMatchObject({ status: 'active', checkedAt: expect.any(String) });
  });

  it('expire, with what has moved, when traffic of another kind comes', async () => {
    const id = await serve('moved', [...alike(300), ...travel(200)]);
    const expired = await check();
    expect(expired.map((certificate) => certificate.id)).toEqual([id]);
    expect(await storage.certificates.get(id)).toMatchObject({
      status: 'expired',
      why: expect.stringMatching(/moved away .*: domains of 500 requests \(p = .*, total variation 0\.\d\d\)$/),
    });
    expect(await check()).toEqual([]);
  });

  it('expire when the traffic becomes less familiar', async () => {
    const id = await serve(
      'stranger',
      alike(400).map((request) => ({ ...request, familiarity: request.familiarity / 3 })),
    );
    await check();
    expect((await storage.certificates.get(id))?.why).toMatch(/familiarity of 400 requests/);
  });

  it('are not judged on a handful of requests, nor on old ones', async () => {
    const few = await serve('few', travel(199));
    const old = await serve('old', [...travel(500).map((request) => ({ ...request, hoursAgo: 25 })), ...alike(300)]);
    await check();
    for (const id of [few, old]) expect((await storage.certificates.get(id))?.status).toBe('active');
  });

  it('are looked at by one gateway at a time', async () => {
    const id = await serve('shared', travel(300));
    const expired = (await Promise.all([check(60_000), check(60_000), check(60_000)])).flat();
    expect(expired.map((certificate) => certificate.id)).toEqual([id]);
  });

  it('that cannot be read are left to the version that wrote them', async () => {
    const certificate = { clientId: null, policy: 'future', routerVersion: 'x', body: { certificate: { format: 2 } } };
    const { id } = await storage.certificates.issue(certificate);
    expect(await check()).toEqual([]);
    expect((await storage.certificates.get(id))?.status).toBe('active');
  });
});
