import { findClient, findModel, findPolicy, issueCertificate, showCatalog } from '@pointsman/administration';
import { type CatalogModel, type Floor, GatewayError, type Policy } from '@pointsman/contracts';
import { priceOn, priceText } from '@pointsman/model-catalog';
import {
  hashRows,
  type Manifest,
  mergeByPrompt,
  openPredictor,
  readManifest,
  readRows,
  readTrainedOn,
  type TrainingRow,
} from '@pointsman/router-model';
import { type Certification, certify, type IssuedCertificate, type ReplayRequest } from '@pointsman/router-model/floor';
import type { Session } from '../command-context.ts';
import { servedArtefact } from '../served-artefact.ts';
import { type CollectedAnswers, collectAnswers } from './collect-answers.ts';
import { policyModels } from './policy-models.ts';
import { replayRows } from './replay-rows.ts';

export type CertifyInput = {
  policy: string;
  client?: string | undefined;
  /** Absolute paths of rows. */
  files: readonly string[];
  /** Absolute; the served one when absent. */
  artefactDir?: string | undefined;
  strongest?: string | undefined;
  perDomain?: boolean | undefined;
  /** Patterns of the models to certify, among those the policy allows. */
  models?: readonly string[] | undefined;
  /** When the data was collected: ISO instants. */
  window: { from?: string | undefined; to?: string | undefined };
  dryRun?: boolean | undefined;
  now: Date;
  onProgress(message: string): void;
};

export type PolicyCertification = {
  policy: string;
  floor: Floor;
  routerVersion: string;
  /** Whether gateways serve the artefact it is for. */
  isServed: boolean;
  answers: Omit<CollectedAnswers, 'rows' | 'pool'> & { pool: string[]; rows: number };
  result: Certification;
  /** Absent when it was refused, or only tried. */
  certificateId?: string | undefined;
};

/** Replays rows under a policy, certifies its floor on them, and stores the certificate unless it is only tried. */
export async function certifyPolicy(session: Session, input: CertifyInput): Promise<PolicyCertification> {
  const ground = await groundOf(session, input);
  const { policy, manifest, day } = ground;
  const answers = await readAnswers(ground, input);
  input.onProgress(`predicting ${answers.rows.length} requests`);
  const requests = await predictAll(answers, ground);
  input.onProgress('certifying');
  const result = certify(requests, {
    floor: policy.floor,
    strongest: input.strongest && findModel({ ...ground.catalog, models: answers.pool }, input.strongest).id,
    perDomain: input.perDomain,
    evidence: { hash: `sha256:${hashRows(answers.rows.map(({ row }) => row))}`, ...input.window },
    routerVersion: manifest.version,
    issuedAt: input.now.toISOString(),
  });
  const certificateId =
    result.kind === 'certified' && input.dryRun !== true
      ? await store(session, input, {
          certificate: result.certificate,
          weights: policy.weights,
          prices: pricesOf(answers.pool, day),
        })
      : undefined;
  const pool = answers.pool.map(({ id }) => id);
  return {
    policy: policy.name,
    floor: policy.floor,
    routerVersion: manifest.version,
    isServed: ground.isServed,
    answers: { ...answers, pool, rows: answers.rows.length },
    result,
    certificateId,
  };
}

type Ground = {
  policy: Policy & { floor: Floor };
  catalog: Awaited<ReturnType<typeof showCatalog>>['catalog'];
  models: CatalogModel[];
  artefactDir: string;
  manifest: Manifest;
  isServed: boolean;
  day: string;
};

async function groundOf(session: Session, input: CertifyInput): Promise<Ground> {
  const { repositories, configuration } = session;
  const policy = await findPolicy(repositories, { client: input.client, name: input.policy });
  const { floor } = policy;
  if (floor === undefined) {
    const example = `pnpm pointsman policies put ${policy.name} --floor-share-of-strongest 0.98`;
    throw new GatewayError('invalid_request', `The policy "${policy.name}" promises no floor. Give it one: ${example}`);
  }
  const served = (await servedArtefact(session)).artefactDir;
  const artefactDir = input.artefactDir ?? served;
  const manifest = await readManifest(artefactDir);
  const isServed = served === artefactDir || (await readManifest(served)).version === manifest.version;
  const { catalog } = await showCatalog(repositories);
  const regions = input.client === undefined ? undefined : (await findClient(repositories, input.client)).regions;
  const day = input.now.toISOString().slice(0, 10);
  const models = policyModels({ catalog, configuration, policy, regions, among: input.models, day });
  return { policy: { ...policy, floor }, catalog, models, artefactDir, manifest, isServed, day };
}

async function readAnswers(ground: Ground, { files }: CertifyInput): Promise<CollectedAnswers> {
  const { artefactDir, manifest, models, policy } = ground;
  const rows: TrainingRow[] = [];
  for await (const row of readRows([...files])) rows.push(row);
  const trainedOn = await readTrainedOn(artefactDir, manifest);
  return collectAnswers(mergeByPrompt(rows), {
    models,
    weights: policy.weights,
    hasLearnedFrom: (row) => trainedOn.has(row),
  });
}

async function predictAll({ rows, pool }: CollectedAnswers, ground: Ground): Promise<ReplayRequest[]> {
  const { artefactDir, manifest, policy, day } = ground;
  const predictor = await openPredictor({ artefactDir });
  try {
    return await replayRows(rows, {
      pool,
      weights: policy.weights,
      manifest,
      day,
      predict: (prompt) => predictor.predict(prompt, PATIENCE_MS),
    });
  } finally {
    await predictor.close();
  }
}

async function store(session: Session, { client, policy }: CertifyInput, body: IssuedCertificate): Promise<string> {
  const { routerVersion } = body.certificate;
  return (await issueCertificate(session.repositories, { client, policy, routerVersion, body })).id;
}

function pricesOf(pool: readonly CatalogModel[], day: string): IssuedCertificate['prices'] {
  return Object.fromEntries(
    pool.flatMap((model) => {
      const price = priceOn(model, day);
      return price === undefined ? [] : [[model.id, priceText(price)]];
    }),
  );
}

/** A prediction takes a few milliseconds; one that takes longer than this will not come. */
const PATIENCE_MS = 10_000;
