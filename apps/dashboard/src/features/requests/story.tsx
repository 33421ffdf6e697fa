import { Alert, List } from '@mantine/core';
import type { Decision } from '@pointsman/contracts';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Format } from '../../format/create-format.ts';
import { useFormat } from '../../format/use-format.ts';
import { type Explanation, explainDecision } from './explain-decision.ts';

/** Why this model: a few sentences, each from a fact of the record. */
export function Story({ decision }: { decision: Decision }) {
  const { t } = useTranslation('requests');
  const format = useFormat();
  const sentences = tell(decision, t, format);
  return (
    <Alert variant="light" color="gray" title={t('story.title')} role="note">
      <List size="sm" spacing={4}>
        {sentences.map((sentence) => (
          <List.Item key={sentence}>{sentence}</List.Item>
        ))}
      </List>
    </Alert>
  );
}

function tell(decision: Decision, t: TFunction<'requests'>, format: Format): string[] {
  const explanation = explainDecision(decision);
  return [
    t(`story.reason.${decision.reason}`, {
      model: decision.modelId ?? t('story.noModel'),
      policy: decision.policy,
      requested: decision.requestedModel,
    }),
    ...tellCandidates(explanation, t),
    ...tellBar(decision, explanation, { t, format }),
    ...tellCost(decision, explanation, { t, format }),
    ...tellFloor(decision, t),
    ...tellTrouble(decision, explanation, t),
  ];
}

function tellCandidates({ considered, inTheRunning, removed }: Explanation, t: TFunction<'requests'>): string[] {
  if (considered === 0) return [];
  const removals = removed.map(({ by, count }) => `${t(`removal.${by}`)} (${count})`).join(', ');
  const key = removals === '' ? 'story.candidatesAll' : 'story.candidates';
  return [t(key, { considered, left: inTheRunning, removals })];
}

type Voice = { t: TFunction<'requests'>; format: Format };

function tellBar({ bar }: Decision, { served, cheaper }: Explanation, { t, format }: Voice): string[] {
  if (bar === undefined) return [t('story.noBar')];
  const minimums = Object.entries(bar.minScores).map(
    ([name, value]) => `${t(`shell:dimension.${name}`)} ≥ ${format.score(value)}`,
  );
  if (bar.minShareOfBest !== undefined)
    minimums.push(t('story.shareOfBest', { share: format.share(bar.minShareOfBest) }));
  const sentences = [t('story.bar', { minimums: minimums.join(', '), risk: format.share(bar.risk) })];
  if (served?.risk !== undefined) sentences.push(t('story.servedRisk', { risk: format.share(served.risk) }));
  const [cheapest] = cheaper;
  if (cheapest?.risk !== undefined && cheapest.expectedCostNanoUsd !== undefined) {
    sentences.push(
      t('story.cheaper', {
        count: cheaper.length,
        model: cheapest.modelId,
        cost: format.money(cheapest.expectedCostNanoUsd),
        risk: format.share(cheapest.risk),
      }),
    );
  }
  return sentences;
}

function tellCost({ cost }: Decision, { served, costRatio }: Explanation, { t, format }: Voice): string[] {
  if (cost.status === 'unknown') return [t('story.costUnknown', { why: cost.why })];
  const paid = format.money(cost.nanoUsd);
  const expected = served?.expectedCostNanoUsd;
  if (expected === undefined || costRatio === undefined) return [t('story.cost', { paid })];
  return [t('story.costExpected', { paid, expected: format.money(expected), ratio: format.share(costRatio) })];
}

const tellFloor = ({ floor }: Decision, t: TFunction<'requests'>): string[] =>
  floor === undefined ? [] : [t(`story.floor.${floor.outcome}`)];

function tellTrouble(decision: Decision, { failedAttempts }: Explanation, t: TFunction<'requests'>): string[] {
  return [
    ...(failedAttempts > 0 ? [t('story.failedAttempts', { count: failedAttempts })] : []),
    ...(decision.ignored.length > 0 ? [t('story.ignored', { fields: decision.ignored.join(', ') })] : []),
    ...(decision.emulated ? [t('story.emulated')] : []),
  ];
}
