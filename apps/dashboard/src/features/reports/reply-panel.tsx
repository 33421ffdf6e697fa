import { Card, Text, Title } from '@mantine/core';
import type { Contestant, EvaluatedItem } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../format/use-format.ts';
import { contestantName } from './contestant-name.ts';
import classes from './reply-panel.module.css';
import type { DiffPart } from './word-diff.ts';

type Side = 'candidate' | 'baseline';
type Props = {
  side: Side;
  contestant: Contestant;
  item: EvaluatedItem;
  /** What sets the two replies apart; undefined where it is not marked. */
  parts: readonly DiffPart[] | undefined;
};

/** One reply as text, whatever is in it: never markup. */
export function ReplyPanel({ side, contestant, item: { reply }, parts }: Props) {
  const { t } = useTranslation('reports');
  const title = t(`column.${side}`);
  return (
    <Card withBorder padding="md" component="section" aria-label={title}>
      <Title order={2} size="h4">
        {title}
      </Title>
      <Text size="sm" c="dimmed" mb="xs">
        {contestantName(contestant)}
      </Text>
      {reply.status === 'missing' ? (
        <Text>{t('item.noReply', { why: reply.why })}</Text>
      ) : (
        <>
          <div className={classes.text}>{parts === undefined ? reply.text : <Marked parts={parts} side={side} />}</div>
          <ReplyFacts reply={reply} />
        </>
      )}
    </Card>
  );
}

/** Each side shows what is its own: the baseline what went, the candidate what came. */
function Marked({ parts, side }: { parts: readonly DiffPart[]; side: Side }) {
  const own = side === 'baseline' ? 'removed' : 'added';
  const Mark = side === 'baseline' ? 'del' : 'ins';
  return parts.map(({ kind, text }, index) => {
    if (kind === 'same') return <span key={`${index} ${kind}`}>{text}</span>;
    return kind === own ? <Mark key={`${index} ${kind}`}>{text}</Mark> : null;
  });
}

function ReplyFacts({ reply }: { reply: Extract<EvaluatedItem['reply'], { status: 'answered' }> }) {
  const { t } = useTranslation('reports');
  const format = useFormat();
  const { cost, latencyMs, outputTokens } = reply;
  const money =
    cost.status === 'unknown'
      ? t('item.costUnknown')
      : `${cost.status === 'estimated' ? '≈ ' : ''}${format.money(cost.nanoUsd)}`;
  const facts = [
    money,
    format.duration(latencyMs),
    outputTokens !== undefined && t('item.tokens', { count: outputTokens }),
  ];
  return (
    <Text size="sm" c="dimmed" mt="xs">
      {facts.filter(Boolean).join(' · ')}
    </Text>
  );
}
