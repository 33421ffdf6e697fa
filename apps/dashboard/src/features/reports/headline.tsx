import { Alert, Stack, Text } from '@mantine/core';
import type { MetricComparison, RunDetail, RunSide } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../format/use-format.ts';
import { contestantName } from './contestant-name.ts';
import { VerdictBadge } from './verdict-badge.tsx';

/** What a report found, in words: who against whom, the verdict, and what it rests on. */
export function Headline({ run, side: { candidate, baseline, report } }: { run: RunDetail; side: RunSide }) {
  const { t } = useTranslation('reports');
  const sides = { candidate: contestantName(candidate), baseline: baseline && contestantName(baseline) };
  const title = baseline === undefined ? t('alone', sides) : t('against', sides);
  return (
    <Alert color="gray" variant="outline" title={title} role="status">
      <Stack gap="xs" align="flex-start">
        {report !== undefined && baseline !== undefined && <VerdictBadge verdict={report.verdict} />}
        {report !== undefined && (
          <Sentences metrics={report.metrics} run={run} verdict={report.verdict} compared={baseline !== undefined} />
        )}
        {run.emulated && <Text size="sm">{t('emulatedText')}</Text>}
      </Stack>
    </Alert>
  );
}

type SentencesProps = { metrics: readonly MetricComparison[]; run: RunDetail; verdict: string; compared: boolean };

/** The worst first. */
function Sentences({ metrics, run, verdict, compared }: SentencesProps) {
  const { t } = useTranslation('reports');
  const format = useFormat();
  if (!compared) return <Text>{t('said.noBaseline')}</Text>;
  const name = ({ metric }: MetricComparison) => t(`shell:dimension.${metric}`);
  const withDifference = (one: MetricComparison) => {
    const { difference } = one;
    if (difference === undefined || 'tooFew' in difference) return `${name(one)} (${t('shell:number.tooFew')})`;
    const { estimate, low, high } = difference;
    return `${name(one)} ${format.signedScore(estimate)} [${format.signedScore(low)}; ${format.signedScore(high)}]`;
  };
  const worse = metrics.filter((one) => one.verdict === 'regression');
  const better = metrics.filter((one) => one.verdict !== 'regression' && one.direction === 'better');
  const open = metrics.filter((one) => one.verdict === 'inconclusive' && one.direction !== 'better');
  const passed = metrics.filter((one) => one.verdict === 'pass').length;
  const margin = format.score(run.minEffect);
  return (
    <div>
      <Text fw={600}>{t(`said.${verdict}`, { margin })}</Text>
      {worse.length > 0 && <Text size="sm">{t('said.worse', { metrics: worse.map(withDifference).join(', ') })}</Text>}
      {better.length > 0 && (
        <Text size="sm">{t('said.better', { metrics: better.map(withDifference).join(', ') })}</Text>
      )}
      {open.length > 0 && <Text size="sm">{t('said.open', { metrics: open.map(name).join(', ') })}</Text>}
      {passed > 0 && <Text size="sm">{t('said.passed', { count: passed, total: metrics.length, margin })}</Text>}
    </div>
  );
}
