import type { DecisionExplanation } from '@pointsman/contracts';
import type { TFunction } from 'i18next';
import type { Format } from '../../format/create-format.ts';

type Voice = { t: TFunction<'requests'>; format: Format };
type Compared = NonNullable<DecisionExplanation['nextSafe']>;

/** Why this model, in sentences, each from a fact of the explanation. */
export function tellDecision(explanation: DecisionExplanation, voice: Voice): string[] {
  const { decision } = explanation;
  const { t } = voice;
  return [
    t(`story.reason.${decision.reason}`, {
      model: decision.modelId ?? t('story.noModel'),
      policy: decision.policy,
      requested: decision.requestedModel,
    }),
    ...tellCandidates(explanation, voice),
    ...tellBar(explanation, voice),
    ...tellOthers(explanation, voice),
    ...tellCost(explanation, voice),
    ...tellFloor(explanation, voice),
    ...tellTrouble(explanation, voice),
  ];
}

/** By what they were removed, most first. */
export function countRemovals(candidates: DecisionExplanation['candidates']): { by: string; count: number }[] {
  const byRemoval = Map.groupBy(
    candidates.flatMap(({ removal }) => (removal === undefined ? [] : [removal.by])),
    (by) => by,
  );
  return [...byRemoval].map(([by, all]) => ({ by, count: all.length })).sort((a, b) => b.count - a.count);
}

function tellCandidates({ candidates }: DecisionExplanation, { t }: Voice): string[] {
  const considered = candidates.length;
  if (considered === 0) return [];
  const removals = countRemovals(candidates);
  if (removals.length === 0) return [t('story.candidatesAll', { count: considered })];
  const left = candidates.filter(({ removal }) => removal === undefined).length;
  const listed = removals.map(({ by, count }) => `${t(`removal.${by}`)} (${count})`).join(', ');
  return [t('story.candidates', { considered, left, removals: listed })];
}

function tellBar({ bar, candidates, decision }: DecisionExplanation, { t, format }: Voice): string[] {
  if (decision.reason === 'requested-model' || candidates.length === 0) return [];
  if (bar === undefined) return [t('story.noBar')];
  const minimums = Object.entries(bar.minScores).map(
    ([name, value]) => `${t(`shell:dimension.${name}`)} ≥ ${format.score(value)}`,
  );
  if (bar.minShareOfBest !== undefined) {
    minimums.push(
      t('story.shareOfBest', {
        share: format.share(bar.minShareOfBest),
        score: bar.leastOverall === undefined ? '–' : format.score(bar.leastOverall),
      }),
    );
  }
  const answered = candidates.find((candidate) => candidate.answered);
  return [
    t('story.bar', { minimums: minimums.join(', '), risk: format.share(bar.risk) }),
    ...(answered?.risk === undefined ? [] : [t('story.servedRisk', { risk: format.share(answered.risk) })]),
  ];
}

/** Who came close: cheaper and too risky, safe and dearer, the best of all. */
function tellOthers({ cheaperUnsafe, nextSafe, strongest, firstChoice }: DecisionExplanation, voice: Voice): string[] {
  const { t, format } = voice;
  const say = (key: string, other: Compared | undefined) =>
    other === undefined || other.modelId === firstChoice
      ? []
      : [
          t(`story.${key}`, {
            model: other.modelId,
            cost: format.money(other.expectedCostNanoUsd),
            score: format.score(other.overallMean),
            risk: format.share(other.risk),
          }),
        ];
  return [
    ...say('cheaperUnsafe', cheaperUnsafe),
    ...say('nextSafe', nextSafe),
    ...(strongest?.modelId === nextSafe?.modelId ? [] : say('strongest', strongest)),
  ];
}

function tellCost({ decision, cost }: DecisionExplanation, { t, format }: Voice): string[] {
  if (decision.cost.status === 'unknown') return [t('story.costUnknown', { why: decision.cost.why })];
  const paid = format.money(decision.cost.nanoUsd);
  if (cost.expectedNanoUsd === undefined || cost.ratio === undefined) return [t('story.cost', { paid })];
  return [
    t('story.costExpected', { paid, expected: format.money(cost.expectedNanoUsd), ratio: format.share(cost.ratio) }),
  ];
}

function tellFloor({ decision: { floor } }: DecisionExplanation, { t }: Voice): string[] {
  if (floor === undefined) return [];
  return [t(`story.floor.${floor.outcome}`), ...(floor.why === undefined ? [] : [t(`story.floorWhy.${floor.why}`)])];
}

function tellTrouble({ decision, firstChoice }: DecisionExplanation, { t }: Voice): string[] {
  const { attempts, ignored, emulated, modelId } = decision;
  const failed = attempts.filter(({ outcome }) => outcome === 'failed').length;
  return [
    ...(failed > 0 ? [t('story.failedAttempts', { count: failed })] : []),
    ...(firstChoice !== undefined && modelId !== undefined && firstChoice !== modelId
      ? [t('story.firstChoice', { model: firstChoice })]
      : []),
    ...(ignored.length > 0 ? [t('story.ignored', { fields: ignored.join(', ') })] : []),
    ...(emulated ? [t('story.emulated')] : []),
  ];
}
