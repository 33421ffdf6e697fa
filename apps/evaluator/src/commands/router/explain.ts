import { resolve } from 'node:path';
import type { CatalogModel, ChatRequest } from '@pointsman/contracts';
import type { Choice } from '@pointsman/router-model/choice';
import type { Command } from 'commander';
import type { CommandContext } from '../../command-context.ts';
import { chooseForRequest, type ExplainGround, groundOf } from '../../explanation/choose-for-request.ts';
import { type Explanation, printExplanation } from '../../explanation/print-explanation.ts';
import { list } from '../../option-values.ts';
import { servedArtefact } from '../../served-artefact.ts';
import { loadRouterModel } from './load-router-model.ts';

type ExplainOptions = { artefact?: string; policy: string; client?: string; models?: string[]; system?: string };

export function addExplain(router: Command, { terminal, withStorage, show }: CommandContext): void {
  router
    .command('explain <prompt>')
    .description('Show what the router reads in a prompt, what it expects of the models, and which one is chosen')
    .option('--artefact <dir>', 'folder of the artefact (default: the one that gateways serve)')
    .option('--policy <name>', 'the policy that chooses', 'default')
    .option('--client <client>', 'the client whose policy and regions count (id or name)')
    .option('--models <patterns>', 'choose only among these of the models that the policy allows', list)
    .option('--system <text>', 'a system message before the prompt')
    .action(async (prompt: string, { artefact, models, system, ...options }: ExplainOptions) => {
      const request = requestOf(prompt, system);
      const day = new Date(terminal.now()).toISOString().slice(0, 10);
      const explained = await withStorage(async (session) => {
        const artefactDir =
          artefact === undefined ? (await servedArtefact(session)).artefactDir : resolve(terminal.directory, artefact);
        const ground = await groundOf(session, { ...options, request, among: models, day });
        return explain(artefactDir, request, ground);
      });
      show(jsonOf(explained), () => printExplanation(explained));
    });
}

const requestOf = (prompt: string, system: string | undefined): ChatRequest => ({
  model: 'auto',
  messages: [
    ...(system === undefined ? [] : [{ role: 'system' as const, content: system }]),
    { role: 'user', content: prompt },
  ],
});

async function explain(artefactDir: string, request: ChatRequest, ground: ExplainGround): Promise<Explanation> {
  const { estimateFor, explainRequest, promptOf, readManifest, routerNamesOf } = await loadRouterModel();
  const manifest = await readManifest(artefactDir);
  const known = new Set(manifest.models.map(({ name }) => name));
  const labels = new Map(
    ground.models.flatMap((model) => {
      const name = routerNamesOf(model).find((candidate) => known.has(candidate));
      return name === undefined ? [] : [[name, model.id] as const];
    }),
  );
  const explanation = await explainRequest(artefactDir, promptOf(request), [...labels.keys()]);
  const { prediction } = explanation;
  const choice = chooseForRequest(ground, {
    routerVersion: prediction.version,
    domain: prediction.domain,
    familiarity: prediction.familiarity,
    estimateOf: (model: CatalogModel) => estimateFor(model, prediction, manifest),
    blindEstimateOf: (model: CatalogModel) => estimateFor(model, undefined, manifest),
  });
  const ends = endsOf(choice, labels);
  return {
    artefactDir,
    policy: ground.policy,
    inputTokens: ground.inputTokens,
    explanation: {
      ...explanation,
      skills: explanation.skills.map((skill) => ({
        ...skill,
        effects: skill.effects.filter(({ model }) => ends.has(model)),
      })),
    },
    choice,
    labels,
  };
}

/** Of the candidates the router knows, the one it expects most of and the cheapest: between them the choice is made. */
function endsOf({ considered }: Choice, labels: ReadonlyMap<string, string>): Set<string> {
  const known = [...labels].flatMap(([name, modelId]) => {
    const record = considered.find((candidate) => candidate.modelId === modelId);
    return record?.overall === undefined ? [] : [{ name, record, mean: record.overall.mean }];
  });
  const costOf = ({ record }: (typeof known)[number]) => record.expectedCostNanoUsd ?? Number.POSITIVE_INFINITY;
  const strongest = known.toSorted((a, b) => b.mean - a.mean)[0];
  const cheapest = known.toSorted((a, b) => costOf(a) - costOf(b))[0];
  return new Set([strongest, cheapest].flatMap((end) => end?.name ?? []));
}

function jsonOf({ artefactDir, policy, inputTokens, explanation, choice }: Explanation) {
  const { prediction, ...reading } = explanation;
  const { domain, task, kind } = prediction;
  return { artefactDir, policy: policy.name, inputTokens, ...reading, recognised: { domain, task, kind }, choice };
}
