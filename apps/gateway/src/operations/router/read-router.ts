import { basename } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { previousRouter, routerHistory, showShadowRouter } from '@pointsman/administration';
import type { ArtefactView, Figure, RouterView, ShadowView } from '@pointsman/contracts';
import type { Repositories } from '@pointsman/db';
import { findReport, judgeStored, summariseShadow } from '@pointsman/router-model';
import { type Artefacts, findArtefacts, type NamedArtefact, type RouterSources } from './find-artefacts.ts';
import { figureOf, metricsOf } from './metrics-of.ts';

const ORIGINS = { POINTSMAN_ROUTER_DIR: 'configured', 'router use': 'chosen' } as const;

/** What serves, what could, what each is worth, and how it came. `loaded`: the version that this gateway serves. */
export async function readRouter(sources: RouterSources, loaded: string | undefined): Promise<RouterView> {
  const { repositories } = sources;
  const [artefacts, shadow, previous, history] = await Promise.all([
    findArtefacts(sources),
    showShadowRouter(repositories),
    previousRouter(repositories),
    routerHistory(repositories),
  ]);
  const { chosen, served, store } = artefacts;
  const version = served?.manifest.version ?? chosen?.version ?? loaded ?? '';
  return {
    origin: chosen === undefined ? 'shipped' : ORIGINS[chosen.origin],
    served: version,
    loaded,
    rollBackTo: previous === undefined ? undefined : { version: previous?.version },
    artefacts: await viewArtefacts(artefacts, shadow?.artefactDir),
    problems: store.flatMap((entry) =>
      'problem' in entry ? [{ artefact: basename(entry.artefactDir), problem: entry.problem }] : [],
    ),
    shadow: shadow && (await viewShadow(shadow, version, repositories)),
    history: history.map(({ at, by, action, router, reasons }) => ({
      at,
      by,
      action,
      version: router?.version,
      mode: router?.mode,
      reasons,
    })),
  };
}

async function viewArtefacts(artefacts: Artefacts, shadowDir: string | undefined): Promise<ArtefactView[]> {
  const views: ArtefactView[] = [];
  for (const artefact of artefacts.all) {
    views.push(viewArtefact(artefact, artefacts, shadowDir));
    // To judge one takes some 20 ms of arithmetic: requests go in between.
    await turn();
  }
  return views.sort((a, b) => Number(b.isServed) - Number(a.isServed));
}

function viewArtefact(
  artefact: NamedArtefact,
  { served, store }: Artefacts,
  shadowDir: string | undefined,
): ArtefactView {
  const { artefactDir, manifest, name } = artefact;
  const { training, recognition } = manifest;
  const report = findReport(manifest, store);
  const verdict = served && judgeStored(artefact, served.manifest, store);
  return {
    artefact: name,
    version: manifest.version,
    isServed: artefactDir === served?.artefactDir,
    isShadow: artefactDir === shadowDir,
    mode: manifest.mode,
    modeReason: manifest.modeReason,
    parent: manifest.parent,
    models: manifest.models.length,
    kinds: manifest.kinds.length,
    textEncoder: manifest.encoder?.version,
    training: {
      prompts: training.rows,
      dataHash: training.dataHash,
      sources: training.sources.map(({ name: source, rows }) => ({ name: source, prompts: rows })),
    },
    recognition: recognition && {
      domains: figureOf(recognition.domains.correct, recognition.domains.prompts),
      tasks: figureOf(recognition.tasks.correct, recognition.tasks.prompts),
    },
    metrics: report && metricsOf(report, manifest.mode),
    promotion: verdict && { kind: verdict.kind, mode: verdict.mode, reasons: verdict.reasons },
  };
}

async function viewShadow(
  { version, share }: { version: string; share: number },
  routerVersion: string,
  { shadowDecisions }: Pick<Repositories, 'shadowDecisions'>,
): Promise<ShadowView> {
  const summary = summariseShadow(await shadowDecisions.list({ routerVersion, shadowVersion: version }));
  const { requests, disagreements } = summary;
  const figure = (interval: typeof summary.agreement): Figure =>
    'tooFew' in interval ? { count: interval.n } : figureOf({ ...interval, value: interval.estimate }, requests);
  return {
    version,
    share,
    requests,
    agreement: figure(summary.agreement),
    costDifferenceNanoUsd: figure(summary.costDifferenceNanoUsd),
    costShare: figure(summary.costShare),
    scoreDifference: figure(summary.scoreDifference),
    disagreements,
  };
}
