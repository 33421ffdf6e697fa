import {
  type BenchmarkDraft,
  caseHash,
  publish,
  putCases,
  retireCases,
  reviewDraft,
  startDraft,
  submitDraft,
} from '@pointsman/benchmark';
import { type BenchmarkCase, type BenchmarkVersion, DIFFICULTIES, DOMAINS, TASKS } from '@pointsman/contracts';
import type { Repositories } from '@pointsman/db';

export const SAMPLE_BENCHMARK = 'sample';
const AT = '2026-11-20T09:00:00.000Z';
const CASES = 70;

/** A question of a shop's customer in one of fourteen domains; every second one in French. */
function sampleCase(index: number): BenchmarkCase {
  const french = index % 2 === 1;
  return {
    id: `case-${String(index).padStart(3, '0')}`,
    messages: [
      { role: 'system', content: 'You answer customers.' },
      {
        role: 'user',
        content: french
          ? `Question ${index} : jusqu’à quand puis-je renvoyer l’article ${index} ?`
          : `Question ${index}: until when can I send item ${index} back?`,
      },
    ],
    reference: french ? `Trente jours après réception (${index}).` : `Thirty days after it arrived (${index}).`,
    domain: DOMAINS[index % DOMAINS.length] ?? 'legal',
    task: TASKS[Math.floor(index / 3) % TASKS.length] ?? 'answer',
    language: french ? 'fr' : 'en',
    difficulty: DIFFICULTIES[index % 3] ?? 'medium',
    checks: index % 5 === 0 ? [{ kind: 'words', least: 1, most: 200, dimension: 'completeness', weight: 1 }] : [],
    provenance: { kind: 'written', author: 'ana' },
    licence: 'Apache-2.0',
  };
}

export type SampleBenchmark = {
  first: { version: BenchmarkVersion; cases: BenchmarkCase[] };
  second: { version: BenchmarkVersion; cases: BenchmarkCase[] };
};

/**
 * Publishes `sample@1` of 70 cases and `sample@2`, which adds one from this client's production, changes one and retires
 * one; and leaves a draft.
 */
export async function storeSampleBenchmark(
  { benchmarks }: Pick<Repositories, 'benchmarks'>,
  clientId: string,
): Promise<SampleBenchmark> {
  const cases = Array.from({ length: CASES }, (_, index) => sampleCase(index));
  const changed: BenchmarkCase = { ...sampleCase(1), reference: 'Trente jours, frais de retour compris.' };
  const production: BenchmarkCase = {
    ...sampleCase(900),
    id: 'production-900',
    messages: [{ role: 'user', content: 'A secret of the client: when do parcels come back?' }],
    provenance: { kind: 'production', client: clientId },
  };
  const by = (author: string, reason: string) => ({ author, reason, at: AT });
  const first = publish(
    approved(putCases(startDraft(SAMPLE_BENCHMARK, undefined), cases, by('ana', 'first cases'))),
    undefined,
    {
      author: 'ben',
      at: AT,
    },
  );
  const edited = putCases(
    startDraft(SAMPLE_BENCHMARK, first),
    [changed, production],
    by('ana', 'the reference was vague'),
  );
  const second = publish(approved(retireCases(edited, first, ['case-002'], by('ben', 'too easy'))), first, {
    author: 'ben',
    at: '2026-11-21T09:00:00.000Z',
  });
  const bodies = [...cases, changed, production].map((body) => ({ hash: caseHash(body), body }));
  const review = approval();
  await benchmarks.publish({ version: first, cases: bodies, reason: 'first cases', review });
  await benchmarks.publish({ version: second, cases: bodies, reason: 'a case from production', review });
  await benchmarks.saveDraft(
    SAMPLE_BENCHMARK,
    putCases(startDraft(SAMPLE_BENCHMARK, second), [sampleCase(71)], by('ana', 'one more')),
    0,
  );
  const known = new Map(bodies.map(({ hash, body }) => [hash, body]));
  const casesOf = (version: BenchmarkVersion) => version.cases.flatMap(({ hash }) => known.get(hash) ?? []);
  return {
    first: { version: first, cases: casesOf(first) },
    second: { version: second, cases: casesOf(second) },
  };
}

const approval = () => ({ verdict: 'approved' as const, by: 'cleo', at: AT, override: false, reason: 'read them all' });
const approved = (draft: BenchmarkDraft) => reviewDraft(submitDraft(draft), approval());
