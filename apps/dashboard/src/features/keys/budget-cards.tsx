import { Box, Progress, SimpleGrid, Text } from '@mantine/core';
import type { BudgetWindowView, ClientBudget, SpendForecast } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';
import { Definition, Estimate, StatCard } from '../../components/index.ts';
import { useFormat } from '../../format/use-format.ts';

/** What may be spent, what is, and where the month is heading. */
export function BudgetCards({ budget }: { budget: ClientBudget }) {
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }}>
      <WindowCard name="day" window={budget.day} />
      <WindowCard name="month" window={budget.month} />
      <ForecastCard forecast={budget.forecast} month={budget.month} />
    </SimpleGrid>
  );
}

function WindowCard({ name, window }: { name: 'day' | 'month'; window: BudgetWindowView }) {
  const { t } = useTranslation('keys');
  const format = useFormat();
  const { limitNanoUsd, spentNanoUsd, heldNanoUsd, unknownCostCount } = window;
  const notes = [
    limitNanoUsd === undefined ? t('budget.unlimited') : t('budget.of', { limit: format.money(limitNanoUsd) }),
    heldNanoUsd > 0 && t('budget.held', { held: format.money(heldNanoUsd) }),
    unknownCostCount > 0 && t('budget.unknown', { count: unknownCostCount }),
    t('budget.resets', { at: format.dateTime(window.resetsAt) }),
  ].filter((note) => typeof note === 'string');
  return (
    <StatCard
      label={t(`budget.${name}`)}
      definition={<Definition term={t(`budget.${name}`)}>{t('budget.definition')}</Definition>}
      note={notes.map((note) => <Box key={note}>{note}</Box>)}
    >
      {format.money(spentNanoUsd)}
      {limitNanoUsd !== undefined && <Bar name={name} window={{ ...window, limitNanoUsd }} />}
    </StatCard>
  );
}

type Limited = BudgetWindowView & { limitNanoUsd: number };

function Bar({ name, window: { spentNanoUsd, heldNanoUsd, limitNanoUsd } }: { name: string; window: Limited }) {
  const { t } = useTranslation('keys');
  const format = useFormat();
  const percent = (nanoUsd: number) => Math.min(100, (100 * nanoUsd) / limitNanoUsd);
  const label = t(`budget.bar.${name}`, { share: format.share(spentNanoUsd / limitNanoUsd) });
  return (
    <Progress.Root size="lg" my={6} aria-label={label}>
      <Progress.Section
        value={percent(spentNanoUsd)}
        color={spentNanoUsd >= 0.9 * limitNanoUsd ? 'red.9' : 'blue'}
        aria-label={label}
      />
      {heldNanoUsd > 0 && (
        <Progress.Section
          value={percent(heldNanoUsd)}
          color="gray"
          aria-label={t('budget.held', { held: format.money(heldNanoUsd) })}
        />
      )}
    </Progress.Root>
  );
}

function ForecastCard({ forecast, month }: { forecast: SpendForecast; month: BudgetWindowView }) {
  const { t } = useTranslation('keys');
  const format = useFormat();
  const label = t('forecast.label');
  const definition = <Definition term={label}>{t('forecast.definition')}</Definition>;
  if (forecast.kind === 'too-few') {
    return (
      <StatCard label={label} definition={definition} note={t('forecast.tooFew', { needed: forecast.needed })}>
        <Text inherit c="dimmed">
          {t('forecast.none')}
        </Text>
      </StatCard>
    );
  }
  const { limitNanoUsd } = month;
  const note =
    limitNanoUsd === undefined
      ? t('forecast.days', { count: forecast.days })
      : t(verdictOf(forecast, limitNanoUsd), { limit: format.money(limitNanoUsd) });
  return (
    <StatCard label={label} definition={definition} note={note}>
      <Estimate value={forecast.monthEndNanoUsd} interval={forecast} estimated as={format.money} />
    </StatCard>
  );
}

const verdictOf = ({ low, high }: { low: number; high: number }, limitNanoUsd: number): string =>
  high <= limitNanoUsd ? 'forecast.within' : low > limitNanoUsd ? 'forecast.beyond' : 'forecast.perhaps';
