import { type CandidateRecord, formatUsd, type Policy } from '@pointsman/contracts';
import type { RequestExplanation } from '@pointsman/router-model';
import type { Choice } from '@pointsman/router-model/choice';
import { floorText } from '../output/floor-text.ts';
import { printFacts } from '../output/print-facts.ts';
import { printTable } from '../output/print-table.ts';

export type Explanation = {
  artefactDir: string;
  policy: Policy;
  inputTokens: number;
  explanation: RequestExplanation;
  choice: Choice;
  /** Models whose use of the skills is told, by the name the router knows them by. */
  labels: ReadonlyMap<string, string>;
};

const MOST_FEATURES = 6;
const MOST_CANDIDATES = 15;
/** As many standard deviations on either side hold 90 %. */
const Z_90 = 1.645;

/** From the prompt to the choice, in the order in which the router gets there. */
export function printExplanation(parts: Explanation): string {
  return [
    printReading(parts),
    printFeatures(parts.explanation),
    printSkills(parts),
    printCandidates(parts.choice),
    printChoice(parts),
  ].join('\n\n');
}

function printReading({ artefactDir, explanation, inputTokens }: Explanation): string {
  const { version, mode, familiarity, kinds, domains, tasks } = explanation;
  return printFacts({
    artefact: `${version} (${mode}) in ${artefactDir}`,
    familiarity: `${familiarity.toFixed(3)} (1: like the training data, 0: like nothing seen)`,
    domain: likely(domains),
    task: likely(tasks),
    kinds: likely(kinds),
    'input tokens': inputTokens,
  });
}

const likely = (labels: RequestExplanation['kinds']): string =>
  labels.map(({ label, probability }) => `${label} ${(100 * probability).toFixed(0)} %`).join(', ');

function printFeatures({ features }: RequestExplanation): string {
  return printTable(
    (features ?? []).slice(0, MOST_FEATURES),
    [
      { title: 'FEATURE OF ITS FORM', value: ({ name }) => name },
      { title: 'STANDARD DEVIATIONS FROM TYPICAL', value: ({ deviations }) => signed(deviations, 1), align: 'right' },
    ],
    'The artefact does not say what is typical: train it again to see the features of the form.',
  );
}

function printSkills({ explanation, labels }: Explanation): string {
  const { skills, mode } = explanation;
  const models = skills[0]?.effects.map(({ model }) => model) ?? [];
  const lines = skills.map((skill, n) => ({ ...skill, name: `skill ${n + 1}` }));
  const total = {
    name: 'together',
    asked: undefined,
    effects: models.map((model, m) => ({
      model,
      logOdds: skills.reduce((sum, { effects }) => sum + (effects[m]?.logOdds ?? 0), 0),
    })),
  };
  return printTable(
    lines.length === 0 || models.length === 0 ? [] : [...lines, total],
    [
      { title: 'SKILL', value: ({ name }) => name },
      { title: 'ASKED FOR', value: ({ asked }) => asked && signed(asked, 2), align: 'right' },
      ...models.map((model, m) => ({
        title: `LOG ODDS OF ${(labels.get(model) ?? model).toUpperCase()}`,
        value: ({ effects }: (typeof lines)[number] | typeof total) => signed(effects[m]?.logOdds ?? 0, 3),
        align: 'right' as const,
      })),
    ],
    mode === 'learned' ? 'No candidate has learned skills.' : `Skills take no part in mode ${mode}.`,
  );
}

/** In the order in which they would be tried. */
function printCandidates(choice: Choice): string {
  const plan: readonly string[] = choice.kind === 'chosen' ? choice.plan : [];
  const places = new Map(plan.map((modelId, place) => [modelId, place]));
  const placeOf = ({ modelId }: CandidateRecord) => places.get(modelId) ?? plan.length;
  const sorted = choice.considered.toSorted((a, b) => placeOf(a) - placeOf(b));
  const more = sorted.length - MOST_CANDIDATES;
  const table = printTable(
    sorted.slice(0, MOST_CANDIDATES),
    [
      { title: 'CANDIDATE', value: ({ modelId }) => modelId },
      { title: 'SCORE [90 %]', value: ({ overall }) => overall && withInterval(overall), align: 'right' },
      { title: 'BASIS', value: ({ basis }) => basis },
      { title: 'RISK', value: ({ risk }) => risk?.toFixed(3), align: 'right' },
      {
        title: 'EXPECTED USD',
        value: ({ expectedCostNanoUsd: nano }) => (nano === undefined ? undefined : formatUsd(nano)),
        align: 'right',
      },
      { title: 'TOKENS', value: ({ expectedOutputTokens: tokens }) => tokens && Math.round(tokens), align: 'right' },
      {
        title: 'REMOVED BY',
        value: ({ removedBy, detail }) => removedBy && [removedBy, detail].filter(Boolean).join(': '),
      },
    ],
    'No candidates.',
  );
  return more > 0 ? `${table}\n... and ${more} more: --json lists all` : table;
}

function withInterval({ mean, spread }: { mean: number; spread: number }): string {
  const [low, high] = [Math.max(0, mean - Z_90 * spread), Math.min(1, mean + Z_90 * spread)];
  return `${mean.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`;
}

function printChoice({ choice, policy }: Explanation): string {
  const rule = `policy ${policy.name} (${policy.kind}${policy.floor === undefined ? '' : `, ${floorText(policy.floor)}`})`;
  const floor = choice.kind === 'chosen' ? choice.floor?.record : undefined;
  const outcome =
    choice.kind === 'none'
      ? `Nothing under ${rule}: it would rather refuse (${choice.unmet ?? 'no candidate'}).`
      : `${choice.plan[0]}: ${choice.reason} under ${rule}${choice.plan.length > 1 ? `; then ${choice.plan[1]}` : ''}.`;
  return [
    `Choice: ${outcome}`,
    ...(floor === undefined ? [] : [`Floor: ${floor.outcome}${floor.why === undefined ? '' : `, ${floor.why}`}.`]),
    'The same rule as in the gateway; live it also sees capabilities, health, latency, sessions, budgets and the limits of the request.',
  ].join('\n');
}

const signed = (value: number, digits: number): string => `${value >= 0 ? '+' : ''}${value.toFixed(digits)}`;
