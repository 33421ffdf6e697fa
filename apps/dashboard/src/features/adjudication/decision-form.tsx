import { Alert, Button, Card, Group, List, Radio, Stack, Text, Textarea, Title } from '@mantine/core';
import type { AdjudicationItem, AnnotationGuide, Dimension, Dispute, Rubric } from '@pointsman/contracts';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Disputes } from './use-disputes.ts';

type Ratings = Partial<Record<Dimension, number>>;
type Props = { item: AdjudicationItem; batch: AnnotationGuide; disputes: Disputes };

/** What raters said of each dimension in dispute, and what counts instead. */
export function DecisionForm({ item, batch, disputes: { decide, skip } }: Props) {
  const { t } = useTranslation('adjudication');
  const [ratings, setRatings] = useState<Ratings>({});
  const [note, setNote] = useState('');
  const isDecided = item.disputes.every(({ dimension }) => ratings[dimension] !== undefined);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isDecided) decide.mutate({ id: item.id, decision: { ratings, ...(note !== '' && { note }) } });
  };
  const failed = decide.error ?? skip.error;
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        {item.disputes.map((dispute) => (
          <DisputeCard
            key={dispute.dimension}
            dispute={dispute}
            rubric={batch.rubrics.find(({ dimension }) => dimension === dispute.dimension)}
            value={ratings[dispute.dimension]}
            onChange={(rating) => setRatings((before) => ({ ...before, [dispute.dimension]: rating }))}
          />
        ))}
        <Remarks item={item} batch={batch} />
        <Textarea
          label={t('note')}
          autosize
          minRows={2}
          maxRows={6}
          maxLength={4000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        {failed && (
          <Alert color="red" variant="outline" role="alert">
            {failed.message}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" loading={skip.isPending} onClick={() => skip.mutate(item.id)}>
            {t('skip')}
          </Button>
          <Button type="submit" loading={decide.isPending} disabled={!isDecided}>
            {t('settle')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

type CardProps = {
  dispute: Dispute;
  rubric: Rubric | undefined;
  value: number | undefined;
  onChange(rating: number): void;
};

function DisputeCard({ dispute: { dimension, ratings }, rubric, value, onChange }: CardProps) {
  const { t } = useTranslation('adjudication');
  const name = t(`shell:dimension.${dimension}`);
  return (
    <Card withBorder padding="sm" component="section" aria-label={name}>
      <Title order={2} size="h5">
        {name}
      </Title>
      <Text size="sm" mb="xs">
        {t('said')} <strong className="number">{ratings.join(' · ')}</strong>
      </Text>
      <Radio.Group
        label={rubric?.question ?? name}
        value={value === undefined ? null : String(value)}
        onChange={(rating) => onChange(Number(rating))}
      >
        <Stack gap={6} mt={6}>
          {(rubric?.choices ?? []).map(({ rating, meaning }) => (
            <Radio key={rating} value={String(rating)} label={`${rating}: ${meaning}`} />
          ))}
        </Stack>
      </Radio.Group>
    </Card>
  );
}

/** What the raters remarked, and what all of them were told. */
function Remarks({ item: { comments }, batch: { guidelines } }: Pick<Props, 'item' | 'batch'>) {
  const { t } = useTranslation('adjudication');
  return (
    <>
      {comments.length > 0 && (
        <Card withBorder padding="sm" component="section" aria-label={t('comments')}>
          <Title order={2} size="h5" mb={4}>
            {t('comments')}
          </Title>
          <List size="sm">
            {comments.map((comment, index) => (
              <List.Item key={index} className="user-text">
                {comment}
              </List.Item>
            ))}
          </List>
        </Card>
      )}
      {guidelines !== '' && (
        <Card withBorder padding="sm" component="section" aria-label={t('guidelines')}>
          <Title order={2} size="h5" mb={4}>
            {t('guidelines')}
          </Title>
          <Text size="sm" className="user-text">
            {guidelines}
          </Text>
        </Card>
      )}
    </>
  );
}
