import { Text } from '@mantine/core';
import type { CandidateRecord } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../format/use-format.ts';
import classes from './estimates-picture.module.css';
import { intervalOf } from './explain-decision.ts';

type Props = { candidates: readonly CandidateRecord[]; served: string | undefined; bar: number | undefined };

const at = (score: number) => `${(100 * score).toFixed(2)}%`;

/** One line for each candidate: its interval from 0 to 1, its mean, the bar across all, its cost at the end. */
export function EstimatesPicture({ candidates, served, bar }: Props) {
  const { t } = useTranslation('requests');
  const format = useFormat();
  const drawn = candidates.filter(({ overall }) => overall !== undefined);
  const others = candidates.length - drawn.length;
  return (
    <>
      <ul className={classes.list}>
        {drawn.map((candidate) => (
          <EstimateLine
            key={candidate.modelId}
            candidate={candidate}
            isServed={candidate.modelId === served}
            bar={bar}
          />
        ))}
      </ul>
      <div className={classes.axis} aria-hidden>
        <span style={{ left: at(0) }}>0</span>
        {bar !== undefined && <span style={{ left: at(bar) }}>{t('picture.bar', { bar: format.score(bar) })}</span>}
        <span style={{ left: at(1) }}>1</span>
      </div>
      {others > 0 && (
        <Text size="sm" c="dimmed">
          {t('picture.others', { count: others })}
        </Text>
      )}
    </>
  );
}

function EstimateLine({
  candidate,
  isServed,
  bar,
}: {
  candidate: CandidateRecord;
  isServed: boolean;
  bar: number | undefined;
}) {
  const { t } = useTranslation('requests');
  const format = useFormat();
  const { modelId, overall, expectedCostNanoUsd, removedBy } = candidate;
  if (overall === undefined) return null;
  const { low, high } = intervalOf(overall);
  const state = isServed ? 'served' : removedBy === undefined ? 'running' : 'removed';
  const said = [
    format.score(overall.mean),
    t('shell:number.interval', { low: format.score(low), high: format.score(high) }),
    removedBy && t(`removal.${removedBy}`),
  ];
  return (
    <li className={classes.line} data-state={state}>
      <span className={classes.name}>
        {modelId}
        {isServed && <strong> · {t('candidates.served')}</strong>}
        {removedBy && <span className={classes.why}> · {t(`removal.${removedBy}`)}</span>}
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
