import { Group, Kbd, Paper, Stack, Text } from '@mantine/core';
import type { AnnotationAnswer, Dimension } from '@pointsman/contracts';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './annotate.module.css';
import { type RatingAction, type RatingState, STEPS } from './rating-state.ts';

type Props = { state: RatingState; onAction(action: RatingAction): void };

/** Six rows of five buttons: the keyboard rates the row that is marked, the mouse any. */
export function RatingForm({ state, onAction }: Props) {
  return (
    <Stack gap={6}>
      {state.dimensions.map((dimension, index) => (
        <DimensionRow
          key={dimension}
          dimension={dimension}
          answer={state.answers[dimension]}
          focused={index === state.focus}
          onFocus={() => onAction({ kind: 'focus', index })}
          onAnswer={(answer) => onAction({ kind: 'rate', answer, dimension })}
        />
      ))}
    </Stack>
  );
}

type RowProps = {
  dimension: Dimension;
  answer: AnnotationAnswer | undefined;
  focused: boolean;
  onFocus(): void;
  onAnswer(answer: AnnotationAnswer): void;
};

function DimensionRow({ dimension, answer, focused, onFocus, onAnswer }: RowProps) {
  const { t } = useTranslation('annotate');
  const row = useRef<HTMLFieldSetElement>(null);
  useEffect(() => {
    if (focused) row.current?.scrollIntoView({ block: 'nearest' });
  }, [focused]);
  const choices: AnnotationAnswer[] = [...STEPS, 'cannot-rate'];
  return (
    <Paper withBorder p={6} data-focused={focused || undefined} className={classes.row ?? ''}>
      <fieldset ref={row} className={classes.fieldset} onFocus={focused ? undefined : onFocus}>
        <legend className={classes.legend}>
          {t(`shell:dimension.${dimension}`)}
          {focused && (
            <Text span size="xs" c="dimmed" ml={6}>
              <Kbd size="xs">1</Kbd>–<Kbd size="xs">5</Kbd>
            </Text>
          )}
        </legend>
        <Group gap={4} wrap="nowrap">
          {choices.map((choice) => (
            <label key={choice} className={classes.choice} data-checked={answer === choice || undefined}>
              <input
                type="radio"
                name={dimension}
                value={choice}
                checked={answer === choice}
                onChange={() => onAnswer(choice)}
              />
              <span>{choice === 'cannot-rate' ? t('cannotRate') : choice}</span>
            </label>
          ))}
        </Group>
      </fieldset>
    </Paper>
  );
}
