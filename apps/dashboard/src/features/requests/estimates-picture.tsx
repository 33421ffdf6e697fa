import { Button, Text } from '@mantine/core';
import type { ExplainedCandidate } from '@pointsman/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../format/use-format.ts';
import classes from './estimates-picture.module.css';

type Props = { candidates: readonly ExplainedCandidate[]; bar: number | undefined };

/** Drawn at first; a catalogue has many more. */
const FEW = 12;

const at = (score: number) => `${(100 * score).toFixed(2)}%`;

/** One line for each candidate: its interval from 0 to 1, its mean, the bar across all, its cost at the end. */
export function EstimatesPicture({ candidates, bar }: Props) {
  const { t } = useTranslation('requests');
  const format = useFormat();
  const [all, setAll] = useState(false);
  const known = candidates.filter(({ overall }) => overall !== undefined);
  const others = candidates.length - known.length;
  const drawn = all ? known : fewOf(known);
  return (
    <>
      <ul className={classes.list}>
        {drawn.map((candidate) => (
          <EstimateLine key={candidate.modelId} candidate={candidate} bar={bar} />
        ))}
      </ul>
      <div className={classes.axis} aria-hidden>
        <span style={{ left: at(0) }}>0</span>
        {bar !== undefined && <span style={{ left: at(bar) }}>{t('picture.bar', { bar: format.score(bar) })}</span>}
        <span style={{ left: at(1) }}>1</span>
      </div>
      {known.length > FEW && (
        <Button size="compact-sm" variant="subtle" onClick={() => setAll(!all)}>
          {all ? t('picture.few') : t('picture.all', { count: known.length })}
        </Button>
      )}
      {others > 0 && (
        <Text size="sm" c="dimmed">
          {t('picture.others', { count: others })}
        </Text>
      )}
    </>
  );
}

/** The model that answered, those in the running around it, and some that were removed: each kind where it stands in the order. */
function fewOf(known: readonly ExplainedCandidate[]): readonly ExplainedCandidate[] {
  if (known.length <= FEW) return known;
  const half = FEW / 2;
  const running = known.filter(({ removal }) => removal === undefined);
  const removed = known.filter(({ removal }) => removal !== undefined);
  const kept = new Set([
    ...known.filter(({ answered, isFirstChoice }) => answered || isFirstChoice),
    ...running.slice(0, Math.max(half, FEW - removed.length)),
    ...removed.slice(0, Math.max(half, FEW - running.length)),
  ]);
  return known.filter((candidate) => kept.has(candidate));
}

function EstimateLine({ candidate, bar }: { candidate: ExplainedCandidate; bar: number | undefined }) {
  const { t } = useTranslation('requests');
  const format = useFormat();
  const { modelId, overall, expectedCostNanoUsd, answered, removal } = candidate;
  if (overall === undefined) return null;
  const { low, high } = overall;
  const state = answered ? 'served' : removal === undefined ? 'running' : 'removed';
  const said = [
    format.score(overall.mean),
    t('shell:number.interval', { low: format.score(low), high: format.score(high) }),
    removal && t(`removal.${removal.by}`),
  ];
  return (
    <li className={classes.line} data-state={state}>
      <span className={classes.name}>
        {modelId}
        {answered && <strong> · {t('candidates.served')}</strong>}
        {removal && <span className={classes.why}> · {t(`removal.${removal.by}`)}</span>}
      </span>
      <span className={classes.track} role="img" aria-label={said.filter(Boolean).join(', ')}>
        {bar !== undefined && <span className={classes.bar} style={{ left: at(bar) }} />}
        <span className={classes.interval} style={{ left: at(low), width: at(high - low) }} />
        <span className={classes.mean} style={{ left: at(overall.mean) }} />
      </span>
      <span className={classes.cost}>
        {expectedCostNanoUsd === undefined ? '–' : format.money(expectedCostNanoUsd)}
      </span>
    </li>
  );
}
