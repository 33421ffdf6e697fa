import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import {
  compareVersions,
  listBenchmarks,
  listCases,
  listJudges,
  openAgreement,
  readCase,
  readRubricHistory,
  readVersion,
  withNames,
  withPseudonyms,
} from '@pointsman/annotation';
import {
  type Agreement,
  agreementSchema,
  benchmarkDiffSchema,
  benchmarkListSchema,
  CASE_ORIGINS,
  caseDetailSchema,
  casePageSchema,
  DIFFICULTIES,
  DOMAINS,
  judgeListSchema,
  rubricsSchema,
  TASKS,
  versionDetailSchema,
} from '@pointsman/contracts';
import { type Actor, readableClient } from './actor.ts';
import type { AdminApi } from './admin-api.ts';
import { jsonReply, SECURED } from './describe-route.ts';

const paging = {
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(50),
};
const named = z.object({ name: z.string() });
const versioned = named.extend({ version: z.coerce.number().int().min(1).max(1_000_000_000) });
const versionNumber = z.coerce.number().int().min(1).max(10_000);

const casesQuery = z.object({
  domain: z.enum(DOMAINS).optional(),
  task: z.enum(TASKS).optional(),
  language: z.string().max(40).optional(),
  difficulty: z.enum(DIFFICULTIES).optional(),
  origin: z.enum(CASE_ORIGINS).optional(),
  search: z.string().max(200).optional().openapi({ description: 'In id, messages and reference' }),
  ...paging,
});

const get = <Path extends string, Reply extends z.ZodType>(path: Path, summary: string, reply: Reply) => ({
  method: 'get' as const,
  path,
  tags: ['Benchmark'],
  summary,
  ...SECURED,
  responses: jsonReply(reply),
});

const listRoute = createRoute(
  get('/benchmarks', 'Benchmarks with their versions: when, by whom approved, why', benchmarkListSchema),
);
const versionRoute = createRoute({
  ...get('/benchmarks/{name}/versions/{version}', 'A version and what it covers', versionDetailSchema),
  request: { params: versioned },
});
const casesRoute = createRoute({
  ...get('/benchmarks/{name}/versions/{version}/cases', 'Cases of a version', casePageSchema),
  request: { params: versioned, query: casesQuery },
});
const caseRoute = createRoute({
  ...get('/benchmarks/{name}/versions/{version}/cases/{caseId}', 'A case, whole, with its history', caseDetailSchema),
  request: { params: versioned.extend({ caseId: z.string() }) },
});
const diffRoute = createRoute({
  ...get('/benchmarks/{name}/diff', 'What became of one version in another', benchmarkDiffSchema),
  request: { params: named, query: z.object({ from: versionNumber, to: versionNumber, ...paging }) },
});
const rubricsRoute = createRoute(
  get('/rubrics', 'Every version of every rubric, and how judges are asked', rubricsSchema),
);
const agreementRoute = createRoute(get('/agreement', 'How far the people who rate replies agree', agreementSchema));
const judgesRoute = createRoute(
  get('/calibrations', "How judges' scores map to people's, on what evidence, and how they drift", judgeListSchema),
);

/** A page waits so long for figures of new ratings before it shows the earlier ones. */
const AGREEMENT_PATIENCE_MS = 3_000;

/** What scores stand on: cases, rubrics, raters, judges. Open to all but raters, who stay blind. */
export function addBenchmarkRoutes(app: OpenAPIHono, { actorOf, repositories }: AdminApi): void {
  app.openapi(listRoute, async (c) => {
    readableClient(await actorOf(c), undefined);
    return c.json(await listBenchmarks(repositories), 200);
  });
  app.openapi(versionRoute, async (c) => {
    const seenBy = readableClient(await actorOf(c), undefined);
    return c.json(await readVersion(repositories, { ...c.req.valid('param'), seenBy }), 200);
  });
  app.openapi(casesRoute, async (c) => {
    const seenBy = readableClient(await actorOf(c), undefined);
    const page = await listCases(repositories, { ...c.req.valid('param'), seenBy }, c.req.valid('query'));
    return c.json(page, 200);
  });
  app.openapi(caseRoute, async (c) => {
    const seenBy = readableClient(await actorOf(c), undefined);
    const { caseId, ...version } = c.req.valid('param');
    return c.json(await readCase(repositories, { ...version, seenBy }, caseId), 200);
  });
  app.openapi(diffRoute, async (c) => {
    const seenBy = readableClient(await actorOf(c), undefined);
    const diff = await compareVersions(repositories, { ...c.req.valid('param'), ...c.req.valid('query'), seenBy });
    return c.json(diff, 200);
  });
  addJudgingRoutes(app, { actorOf, repositories });
}

function addJudgingRoutes(app: OpenAPIHono, { actorOf, repositories }: Pick<AdminApi, 'actorOf' | 'repositories'>) {
  const agreement = openAgreement({ repositories });
  app.openapi(rubricsRoute, async (c) => {
    await actorOf(c);
    return c.json(await readRubricHistory(), 200);
  });
  app.openapi(agreementRoute, async (c) => {
    const actor = await actorOf(c);
    readableClient(actor, undefined);
    return c.json(await namedFor(actor, await agreement.read(AGREEMENT_PATIENCE_MS), repositories), 200);
  });
  app.openapi(judgesRoute, async (c) => {
    readableClient(await actorOf(c), undefined);
    return c.json(await listJudges(repositories), 200);
  });
}

/** Operators know their raters; everybody else learns only which figures are one person's. */
async function namedFor(
  actor: Actor,
  found: Agreement,
  { users }: Pick<AdminApi['repositories'], 'users'>,
): Promise<Agreement> {
  if (found.status === 'computing') return found;
  if (actor.role !== 'operator') return withPseudonyms(found);
  const people = await users.listPeople(undefined);
  return withNames(found, new Map(people.map(({ id, name, email }) => [id, name === '' ? email : name])));
}
