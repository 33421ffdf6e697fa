import { Group, Stack, Text } from '@mantine/core';
import type { AnnotationGuide } from '@pointsman/contracts';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './annotate.module.css';
import { RatingForm } from './rating-form.tsx';
import type { RatingAction } from './rating-state.ts';
import { ReplyView } from './reply-view.tsx';
import { RubricPanel } from './rubric-panel.tsx';
import type { HeldItem } from './work-queue.ts';

type Props = {
  held: HeldItem;
  guide: AnnotationGuide | undefined;
  /** How many this is, since the page was opened. */
  number: number;
  onAction(action: RatingAction): void;
  /** The buttons below the ratings. */
  children: ReactNode;
};

/** The reply on one side, the ratings and their rubric on the other. */
export function Workplace({ held, guide, number, onAction, children }: Props) {
  const { t } = useTranslation('annotate');
  const { item, rating } = held;
  const marked = rating.dimensions[rating.focus];
  return (
    <div className={classes.columns}>
      <ReplyView key={item.id} item={item} />
      <Stack gap="sm" className={classes.side ?? ''}>
        <Text size="xs" c="dimmed" aria-live="polite">
          {t('announce', { number })}
        </Text>
        <RatingForm state={rating} onAction={onAction} />
        <Group gap="xs">{children}</Group>
        <RubricPanel
          rubric={guide?.rubrics.find(({ dimension }) => dimension === marked)}
          guidelines={guide?.guidelines ?? ''}
        />
      </Stack>
    </div>
  );
}
