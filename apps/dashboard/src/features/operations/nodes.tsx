import { Card, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import type { NodeFacts, NodesView, NodeView } from '@pointsman/contracts';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Format } from '../../format/create-format.ts';
import { useFormat } from '../../format/use-format.ts';
import { StateBadge } from './state-badge.tsx';

/** Gateways and workers, each with what it says of itself. */
export function Nodes({ view: { data } }: { view: NodesView }) {
  const { t } = useTranslation('operations');
  return (
    <>
      <SimpleGrid
        cols={{ base: 1, sm: 2, lg: 3 }}
        spacing="sm"
        component="ul"
        p={0}
        m={0}
        style={{ listStyle: 'none' }}
      >
        {data.map((node) => (
          <Node key={node.id} node={node} />
        ))}
      </SimpleGrid>
      {!data.some(({ kind }) => kind === 'worker') && (
        <Text size="sm" c="dimmed">
          {t('nodes.noWorker')}
        </Text>
      )}
    </>
  );
}

function Node({ node }: { node: NodeView }) {
  const { t } = useTranslation('operations');
  const format = useFormat();
  const { id, kind, version, startedAt, beatAt, isAlive, isThis } = node;
  return (
    <Card withBorder padding="sm" component="li">
      <Stack gap="xs">
        <Group justify="space-between" gap="xs">
          <Text fw={600}>
            {t(`nodes.kind.${kind}`)}{' '}
            <Text span c="dimmed" size="sm" title={id}>
              {id.slice(0, 8)}
            </Text>
          </Text>
          <StateBadge health={isAlive ? 'good' : 'bad'}>
            {t(isThis ? 'nodes.this' : isAlive ? 'nodes.alive' : 'nodes.gone')}
          </StateBadge>
        </Group>
        <Text size="xs" c="dimmed">
          {t('nodes.since', { version, started: format.dateTime(startedAt), beat: format.dateTime(beatAt) })}
        </Text>
        <dl style={{ margin: 0, display: 'grid', gridTemplateColumns: 'auto 1fr', columnGap: 12, rowGap: 2 }}>
          {factsOf(node.facts, t, format).map(([name, value]) => (
            <Fact key={name} name={name} value={value} />
          ))}
        </dl>
      </Stack>
    </Card>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <>
      <Text component="dt" size="sm" c="dimmed">
        {name}
      </Text>
      <Text component="dd" size="sm" m={0} style={{ overflowWrap: 'anywhere' }}>
        {value}
      </Text>
    </>
  );
}

const MEGABYTE = 1024 * 1024;

function factsOf(facts: NodeFacts, t: TFunction<'operations'>, format: Format): [name: string, value: string][] {
  const { rssBytes, heapUsedBytes, eventLoopLagMs, recorder, database, redis, routerVersion, runs, calls } = facts;
  const megabytes = (bytes: number) => format.count(bytes / MEGABYTE);
  const lines: ([name: string, value: string] | undefined)[] = [
    [t('nodes.memory'), t('nodes.memoryValue', { rss: megabytes(rssBytes), heap: megabytes(heapUsedBytes) })],
    [t('nodes.lag'), format.duration(eventLoopLagMs)],
    recorder && [
      t('nodes.recorder'),
      t('nodes.recorderValue', {
        queued: format.count(recorder.queued),
        spooled: format.count(recorder.spooled),
        dropped: format.count(recorder.dropped),
      }),
    ],
    database && [
      t('nodes.database'),
      [
        t('nodes.databaseValue', {
          busy: format.count(database.connections - database.idle),
          most: format.count(database.most),
          waiting: format.count(database.waiting),
        }),
        database.latencyMs === undefined ? undefined : format.duration(database.latencyMs),
      ]
        .filter(Boolean)
        .join(', '),
    ],
    redis && [
      t('nodes.redis'),
      [t(`nodes.redisState.${redis.state}`), redis.latencyMs && format.duration(redis.latencyMs)]
        .filter(Boolean)
        .join(', '),
    ],
    routerVersion === undefined ? undefined : [t('nodes.router'), routerVersion],
    runs && [t('nodes.runs'), runs.length === 0 ? t('nodes.noRuns') : runs.join(', ')],
    calls && [
      t('nodes.calls'),
      t('nodes.callsValue', { running: format.count(calls.running), waiting: format.count(calls.waiting) }),
    ],
  ];
  return lines.filter((line) => line !== undefined);
}
