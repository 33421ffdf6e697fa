import type {
  Agreement,
  BenchmarkDiff,
  BenchmarkList,
  CaseDetail,
  CasePage,
  JudgeList,
  Rubrics,
  VersionDetail,
} from '@pointsman/contracts';
import { useState } from 'react';
import { useApi } from '../../api/index.ts';

export const PAGE_SIZE = 50;

const part = encodeURIComponent;
const versionPath = (name: string, version: string) => `/benchmarks/${part(name)}/versions/${part(version)}`;

export const useBenchmarks = () => useApi<BenchmarkList>('/benchmarks');
export const useVersion = (name: string, version: string) =>
  useApi<VersionDetail>(versionPath(name, version), { keepPrevious: false });

export type CaseFilters = {
  domain: string | undefined;
  task: string | undefined;
  language: string | undefined;
  difficulty: string | undefined;
  origin: string | undefined;
  search: string | undefined;
  page: number;
};

export const useCases = (name: string, version: string, { page, ...filters }: CaseFilters) =>
  useApi<CasePage>(`${versionPath(name, version)}/cases`, {
    query: { ...filters, limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE },
  });

export const useCase = (name: string, version: string, id: string) =>
  useApi<CaseDetail>(`${versionPath(name, version)}/cases/${part(id)}`, { keepPrevious: false });

export const useDiff = (name: string, { from, to, page }: { from: number; to: number; page: number }) =>
  useApi<BenchmarkDiff>(`/benchmarks/${part(name)}/diff`, {
    query: { from, to, limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE },
    enabled: from > 0 && to > 0,
  });

export const useRubrics = () => useApi<Rubrics>('/rubrics');
export const useJudges = () => useApi<JudgeList>('/calibrations');

/** How often a page asks whether figures that are being worked out are there. */
const WORKING_MS = 3_000;

/** Asks again while the figures, or newer ones, are being worked out. */
export function useAgreement() {
  const [isSettled, setSettled] = useState(false);
  const found = useApi<Agreement>('/agreement', isSettled ? {} : { everyMs: WORKING_MS });
  const settled = found.data?.status === 'ready' && found.data.current;
  if (settled !== isSettled) setSettled(settled);
  return found;
}
