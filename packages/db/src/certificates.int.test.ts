import { describe, expect, it } from 'vitest';
import { sampleDecision } from './testing/sample-decision.ts';
import { useTestDatabase } from './testing/use-test-database.ts';

const test = useTestDatabase();
const NOON = Date.UTC(2026, 10, 21, 12);
const DAY_MS = 86_400_000;
const GLOBAL = { clientId: null, policy: 'promised', routerVersion: '0123456789ab', body: { strongest: 'a/large' } };

describe('certificates', () => {
  it('replace the active one of the same client and policy, and no other', async () => {
    const { certificates, clients } = test.repositories();
    const { id: clientId } = await clients.create({ name: 'Certified' });
    const first = await certificates.issue(GLOBAL);
    const own = await certificates.issue({ ...GLOBAL, clientId });
    const second = await certificates.issue({ ...GLOBAL, body: { strongest: 'b/larger' } });
    expect(first).toMatchObject({ ...GLOBAL, status: 'active', expiredAt: undefined, why: undefined });
    expect(await certificates.get(first.id)).toMatchObject({ status: 'expired', why: 'superseded' });
    expect(await certificates.get(own.id)).toMatchObject({ status: 'active', clientId });
    expect((await certificates.list()).map(({ id }) => id)).toEqual([second.id, own.id, first.id]);
    const latest = await certificates.latest();
    expect(latest.map(({ id }) => id).sort()).toEqual([own.id, second.id].sort());
    await expect(certificates.issue({ ...GLOBAL, clientId: 'cli_nobody' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('leave one active, however many are issued at once', async () => {
    const { certificates } = test.repositories();
    const policy = 'crowded';
    await Promise.all(Array.from({ length: 8 }, () => certificates.issue({ ...GLOBAL, policy })));
    const own = (await certificates.list()).filter((certificate) => certificate.policy === policy);
    expect(own.map(({ status }) => status).sort()).toEqual(['active', ...Array.from({ length: 7 }, () => 'expired')]);
    expect((await certificates.latest()).find((latest) => latest.policy === policy)?.status).toBe('active');
  });

  it('expire once, with the reason; a withdrawn one no longer counts as the latest', async () => {
    const { certificates } = test.repositories();
    const policy = 'ending';
    const latest = async () => (await certificates.latest()).find((certificate) => certificate.policy === policy)?.id;
    const before = await certificates.issue({ ...GLOBAL, policy });
    const { id } = await certificates.issue({ ...GLOBAL, policy });
    const expired = await certificates.expire(id, 'the domains have moved');
    expect(expired).toMatchObject({ status: 'expired', why: 'the domains have moved', expiredAt: expect.any(String) });
    expect(await certificates.expire(id, 'again')).toBeUndefined();
    expect(await latest()).toBe(id);
    expect(await certificates.revoke(id, 'a mistake')).toMatchObject({
      status: 'revoked',
      expiredAt: expired?.expiredAt,
    });
    expect(await certificates.revoke(id, 'again')).toBeUndefined();
    expect(await latest()).toBe(before.id);
  });

  it('are given to one of several gateways to check, and again only after a while', async () => {
    const { certificates } = test.repositories();
    const { id } = await certificates.issue({ ...GLOBAL, policy: 'checked' });
    const claim = async (everyMs: number) =>
      (await certificates.claimForCheck(everyMs)).filter((certificate) => certificate.id === id);
    const claims = await Promise.all(Array.from({ length: 6 }, () => claim(60_000)));
    expect(claims.flat()).toMatchObject([{ id, checkedAt: expect.any(String) }]);
    expect(await claim(60_000)).toEqual([]);
    expect(await claim(0)).toHaveLength(1);
    await certificates.expire(id, 'over');
    expect(await claim(0)).toEqual([]);
  });

  it('know what was read in the requests routed under them, newest first and as far back as asked', async () => {
    const { certificates, decisions } = test.repositories();
    const certificateId = 'crt_window';
    const under = (minutes: number, change: object) =>
      sampleDecision(NOON + minutes * 60_000, {
        floor: { certificateId, outcome: 'certified' },
        domain: 'legal',
        familiarity: 0.5,
        ...change,
      });
    await decisions.insertBatch([
      under(0, {}),
      under(1, { domain: undefined, familiarity: 0.25 }),
      under(2, { familiarity: undefined }),
      under(3, { floor: { certificateId: 'crt_other', outcome: 'certified' } }),
      under(-2000, {}),
    ]);
    const window = { certificateId, from: new Date(NOON - DAY_MS).toISOString(), most: 10 };
    expect(await certificates.servedUnder(window)).toEqual([
      { domain: undefined, familiarity: 0.25 },
      { domain: 'legal', familiarity: 0.5 },
    ]);
    expect(await certificates.servedUnder({ ...window, most: 1 })).toHaveLength(1);
  });
});
