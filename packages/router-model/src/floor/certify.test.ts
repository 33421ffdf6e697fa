import { describe, expect, it } from 'vitest';
import { type Certificate, certificateSchema, floorRuleOf } from './certificate.ts';
import { type Certification, type CertifyOptions, certify } from './certify.ts';
import type { Floor } from './floor.ts';
import { type FloorRule, pickForFloor } from './pick-for-floor.ts';
import type { ReplayRequest } from './replay-request.ts';
import { drawReplay, expectedReplay, simulateTraffic } from './test/simulated-replay.ts';

const SHARE: Floor = { kind: 'share-of-strongest', share: 0.95, confidence: 0.95 };
const FACTS = {
  evidence: { hash: 'sha256:0', from: '2026-10-01T00:00:00Z', to: '2026-11-01T00:00:00Z' },
  routerVersion: '0123456789ab',
  issuedAt: '2026-11-21T00:00:00Z',
  resamples: 20,
};
const traffic = simulateTraffic({ seed: 'traffic', groups: 600 });
const truth = expectedReplay(traffic);

const certifyFloor = (requests: readonly ReplayRequest[], floor: Floor, options: Partial<CertifyOptions> = {}) =>
  certify(requests, { ...FACTS, floor, ...options });

function certificateOf(
  requests: readonly ReplayRequest[],
  floor: Floor,
  options: Partial<CertifyOptions> = {},
): Certificate {
  const result = certifyFloor(requests, floor, options);
  if (result.kind === 'refused') throw new Error(result.message);
  return result.certificate;
}

/** What a rule really delivers on the traffic: its share of the strongest model's quality, and of wrong replies. */
function delivered(rule: FloorRule, requests = truth): { share: number; wrong: number } {
  let [routed, strongest] = [0, 0];
  for (const request of requests) {
    const { model } = pickForFloor(request, rule);
    for (const candidate of request.candidates) {
      if (candidate.model === model) routed += candidate.score;
      if (candidate.model === rule.strongest) strongest += candidate.score;
    }
  }
  return { share: routed / strongest, wrong: 1 - routed / requests.length };
}

/** Of certificates issued on replays drawn anew: how many there are, and how many are false. */
function issueMany(trials: number, issue: (seed: string) => Certification, isBroken: (c: Certificate) => boolean) {
  let [certified, broken] = [0, 0];
  for (let trial = 0; trial < trials; trial++) {
    const result = issue(`${trial}`);
    if (result.kind === 'refused') continue;
    certified++;
    if (isBroken(result.certificate)) broken++;
  }
  return { certified: certified / trials, broken: broken / trials };
}
const mostBroken = (trials: number) => 0.05 + 3 * Math.sqrt((0.05 * 0.95) / trials);

describe('a certificate for a share of the strongest model', () => {
  it('is false in at most 5 % of resampled replays, and issued on most', () => {
    const issue = (seed: string) => certifyFloor(drawReplay(traffic, 200, `share ${seed}`), SHARE);
    const { certified, broken } = issueMany(100, issue, (c) => delivered(floorRuleOf(c)).share < 0.95);
    expect(broken).toBeLessThanOrEqual(mostBroken(100));
    expect(certified).toBeGreaterThan(0.9);
  });

  it('saves more with more data and promises less than was delivered', () => {
    const few = Array.from({ length: 10 }, (_, n) => certificateOf(drawReplay(traffic, 200, `few ${n}`), SHARE));
    const many = certificateOf(drawReplay(traffic, 3000, 'many'), SHARE);
    const savingOf = ({ parts }: Certificate) => parts[0]?.saving ?? Number.NaN;
    expect(savingOf(many)).toBeGreaterThan(few.reduce((sum, certificate) => sum + savingOf(certificate), 0) / 10);
    for (const { parts } of [...few, many]) {
      expect(parts[0]?.bound).toBeGreaterThanOrEqual(0.95);
      expect(parts[0]?.bound).toBeLessThan(parts[0]?.delivered ?? 0);
    }
  });

  it('is plain data that says what it stands on, the same for the same requests in any order', () => {
    const requests = drawReplay(traffic, 400, 'plain');
    const certificate = certificateOf(requests, SHARE);
    expect(certificateSchema.parse(JSON.parse(JSON.stringify(certificate)))).toEqual(certificate);
    expect(certificateOf(requests.toReversed(), SHARE).parts[0]?.threshold).toBe(certificate.parts[0]?.threshold);
    expect(certificate).toMatchObject({
      scope: 'mixture',
      strongest: 'large',
      models: ['tiny', 'small', 'middle', 'large'],
      groups: 400,
      requests: requests.length,
      data: FACTS.evidence,
    });
    const [part] = certificate.parts;
    expect(part?.reference.domains.reduce((sum, count) => sum + count, 0)).toBeCloseTo(400, 9);
    expect(part?.reference.familiarity.counts.reduce((sum, count) => sum + count, 0)).toBeCloseTo(400, 9);
    expect(certificate.measured.saving).toMatchObject({ n: 400, confidence: 0.95 });
    expect(certificate.measured.costNanoUsd).toBeLessThan(certificate.measured.strongestCostNanoUsd);
  });

  it('sends unfamiliar requests and domains it has not seen to the strongest', () => {
    const certificate = certificateOf(drawReplay(traffic, 600, 'strange'), SHARE, { leastFamiliarity: 0.5 });
    const rule = floorRuleOf(certificate);
    const easy = truth.find((request) => pickForFloor(request, rule).model === 'tiny');
    if (easy === undefined) throw new Error('nothing goes to the cheapest');
    expect(pickForFloor({ ...easy, familiarity: 0.49 }, rule)).toEqual({ kind: 'certified', model: 'large' });
    expect(pickForFloor({ ...easy, domain: 'never seen' }, rule)).toEqual({ kind: 'certified', model: 'large' });
    const unseen = truth.map((request) => ({ ...request, domain: 'never seen' }));
    expect(delivered(rule, unseen).share).toBe(1);
  });

  it('counts near-duplicates once: copies of a request are no new evidence', () => {
    const requests = drawReplay(traffic, 100, 'copies').map((request) => ({ ...request, familiarity: 1 }));
    const strict: Floor = { ...SHARE, share: 0.97 };
    const copied = requests.flatMap((request) => Array.from({ length: 20 }, () => request));
    expect(certifyFloor(copied, strict)).toMatchObject({ kind: 'refused', why: 'too-few', groupsHave: 100 });
  });
});

describe('a certificate per domain', () => {
  it('keeps the promise in each domain, and leaves what it cannot prove to the strongest', () => {
    const issue = (seed: string) =>
      certifyFloor(drawReplay(traffic, 700, `domain ${seed}`), SHARE, { perDomain: true });
    const { certified, broken } = issueMany(30, issue, (certificate) =>
      certificate.parts.some(({ domains }) => {
        const own = truth.filter(({ domain }) => domains.includes(domain));
        return delivered(floorRuleOf(certificate), own).share < 0.95;
      }),
    );
    expect(broken).toBeLessThanOrEqual(mostBroken(30));
    expect(certified).toBeGreaterThan(0.9);
  });

  it('shares the level among the domains with enough groups and leaves out small and unrecognised ones', () => {
    const requests = drawReplay(traffic, 2000, 'parts');
    let travellers = 0;
    const uneven = requests.flatMap((request): ReplayRequest[] => {
      if (request.domain === 'software') return [{ ...request, domain: 'unknown' }];
      if (request.domain === 'travel') travellers++;
      return request.domain === 'travel' && travellers > 60 ? [] : [request];
    });
    const { parts, scope } = certificateOf(uneven, SHARE, { perDomain: true });
    expect(scope).toBe('per-domain');
    expect(parts.length).toBeGreaterThan(0);
    for (const { domains, level } of parts) {
      expect(['research', 'finance']).toContain(domains[0]);
      expect(level).toBeCloseTo(0.025, 12);
    }
  });
});

describe('a certificate for a share below a score', () => {
  it('is false in at most 5 % of resampled replays, and issued on most', () => {
    const share = delivered(ALWAYS_LARGE).wrong + 0.07;
    const floor: Floor = { kind: 'share-below', score: 0.8, share, confidence: 0.95 };
    const issue = (seed: string) => certifyFloor(drawReplay(traffic, 250, `below ${seed}`), floor);
    const { certified, broken } = issueMany(40, issue, (c) => delivered(floorRuleOf(c)).wrong > share);
    expect(broken).toBeLessThanOrEqual(mostBroken(40));
    expect(certified).toBeGreaterThan(0.6);
  });

  it('may rest on the strongest alone, where nothing cheaper keeps it', () => {
    const floor: Floor = { kind: 'share-below', score: 0.8, share: 0.3, confidence: 0.95 };
    const { parts, measured } = certificateOf(drawReplay(traffic, 600, 'alone'), floor, { thresholds: [] });
    expect(parts[0]).toMatchObject({ saving: 0 });
    expect(parts[0]?.threshold).toBeUndefined();
    expect(measured.saving).toMatchObject({ estimate: 0 });
  });
});

const ALWAYS_LARGE: FloorRule = {
  kind: 'share-below',
  strongest: 'large',
  models: new Set(['large']),
  leastFamiliarity: 0,
  thresholds: new Map(),
};

describe('a refusal', () => {
  it('says how many groups the bound needs when there are fewer', () => {
    const strict: Floor = { ...SHARE, share: 0.98 };
    const refusal = certifyFloor(drawReplay(traffic, 100, 'few'), strict);
    expect(refusal).toMatchObject({ kind: 'refused', why: 'too-few', groupsHave: 100 });
    expect(refusal.kind === 'refused' && refusal.groupsNeeded).toBeGreaterThanOrEqual(149);
    expect(refusal.kind === 'refused' && refusal.message).toMatch(
      /^Too few data for at least 98 % of the strongest model's quality at 95 % confidence: at least about \d+ independent requests are needed, 100 are there/,
    );
    expect(certifyFloor([], strict)).toMatchObject({ why: 'too-few', groupsHave: 0, groupsNeeded: 149 });
    expect(certifyFloor([], strict, { perDomain: true })).toMatchObject({ why: 'too-few', groupsNeeded: 149 });
  });

  it('asks for more when the margin is real but not proven', () => {
    const flattered = simulateTraffic({ seed: 'traffic', groups: 600, flattery: 0.8 });
    const refusal = certifyFloor(
      drawReplay(flattered, 200, 'margin'),
      { ...SHARE, share: 0.97 },
      { thresholds: [0.99] },
    );
    expect(refusal).toMatchObject({ why: 'too-few', groupsHave: 200, best: { threshold: 0.99 } });
    expect(refusal.kind === 'refused' && refusal.groupsNeeded).toBeGreaterThan(200);
  });

  it('says that more data would not help when cheap models are predicted far too well', () => {
    const flattered = simulateTraffic({ seed: 'traffic', groups: 600, flattery: 3 });
    const refusal = certifyFloor(
      drawReplay(flattered, 800, 'flattered'),
      { ...SHARE, share: 0.99 },
      { strongest: 'large' },
    );
    expect(refusal).toMatchObject({ kind: 'refused', why: 'not-met', groupsHave: 800 });
    expect(refusal).not.toHaveProperty('groupsNeeded');
    expect(refusal.kind === 'refused' && refusal.best?.delivered).toBeLessThan(0.99);
  });

  it('asks for the name of the strongest when the scores contradict the predictions', () => {
    const flattered = simulateTraffic({ seed: 'traffic', groups: 600, flattery: 3 });
    const refusal = certifyFloor(drawReplay(flattered, 800, 'flattered'), SHARE);
    expect(refusal).toMatchObject({
      why: 'not-strongest',
      groupsHave: 800,
      message:
        'middle is predicted to be the strongest, but large proves better on these data: name the strongest model.',
    });
  });

  it('says that nothing is saved where the strongest is the cheapest', () => {
    const requests = drawReplay(traffic, 300, 'free').map((request) => ({
      ...request,
      candidates: request.candidates.map((c) => (c.model === 'large' ? { ...c, costNanoUsd: 1 } : c)),
    }));
    expect(certifyFloor(requests, SHARE)).toMatchObject({ kind: 'refused', why: 'no-saving' });
  });

  it('names the domain that came nearest', () => {
    const refusal = certifyFloor(drawReplay(traffic, 120, 'domains'), SHARE, { perDomain: true });
    expect(refusal).toMatchObject({ kind: 'refused', why: 'too-few' });
    expect(refusal.kind === 'refused' && refusal.message).toMatch(
      /^Too few data in (research|software|finance|travel) /,
    );
  });

  it('throws on data from which nothing can be concluded', () => {
    const requests = drawReplay(traffic, 200, 'bad');
    const spoil = (change: (request: ReplayRequest) => ReplayRequest) =>
      requests.map((r, n) => (n === 7 ? change(r) : r));
    const candidates = (change: object) => (r: ReplayRequest) => ({
      ...r,
      candidates: r.candidates.map((c, m) => (m === 1 ? { ...c, ...change } : c)),
    });
    expect(() => certifyFloor(spoil(candidates({ score: 1.2 })), SHARE)).toThrow(/score 1.2 of small/);
    expect(() => certifyFloor(spoil(candidates({ mean: Number.NaN })), SHARE)).toThrow(/prediction NaN/);
    expect(() => certifyFloor(spoil(candidates({ costNanoUsd: -1 })), SHARE)).toThrow(/cost -1/);
    expect(() => certifyFloor(spoil(candidates({ model: 'other' })), SHARE)).toThrow(/models tiny, other/);
    expect(() =>
      certifyFloor(
        spoil((r) => ({ ...r, familiarity: 2 })),
        SHARE,
      ),
    ).toThrow(/familiarity 2/);
    expect(() => certifyFloor(requests, SHARE, { strongest: 'none' })).toThrow(/the strongest model, none/);
  });
});
