import { Badge, Button, Group, Text } from '@mantine/core';
import type { ArtefactView } from '@pointsman/contracts';
import { IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable } from '../../components/index.ts';
import { useFormat } from '../../format/use-format.ts';

type Props = {
  artefacts: readonly ArtefactView[];
  /** The version whose details are shown. */
  shown: string | undefined;
  onShow(version: string): void;
  onPromote(artefact: string): void;
};

/** Every artefact that could serve. */
export function Artefacts({ artefacts, ...actions }: Props) {
  const { t } = useTranslation('router');
  return (
    <DataTable
      caption={t('artefacts.title')}
      columns={useArtefactColumns(actions)}
      rows={artefacts}
      rowKey={({ artefact, version }) => artefact ?? `elsewhere ${version}`}
    />
  );
}

function useArtefactColumns(actions: Omit<Props, 'artefacts'>): Column<ArtefactView>[] {
  const { t } = useTranslation('router');
  const format = useFormat();
  const count = (key: string, value: (artefact: ArtefactView) => number): Column<ArtefactView> => ({
    key,
    header: t(`artefacts.${key}`),
    align: 'right',
    cell: (artefact) => <span className="number">{format.count(value(artefact))}</span>,
  });
  return [
    { key: 'version', header: t('artefacts.version'), cell: (artefact) => <Name artefact={artefact} /> },
    { key: 'mode', header: t('artefacts.mode'), cell: ({ mode }) => t(`modeName.${mode}`) },
    count('models', ({ models }) => models),
    count('prompts', ({ training }) => training.prompts),
    {
      key: 'evaluated',
      header: t('artefacts.evaluated'),
      cell: ({ metrics }) =>
        metrics === undefined
          ? t('artefacts.notEvaluated')
          : t('artefacts.onRequests', { count: metrics.requests, number: format.count(metrics.requests) }),
    },
    {
      key: 'verdict',
      header: t('artefacts.verdict'),
      cell: ({ promotion }) => t(`verdict.${promotion?.kind ?? 'unknown'}`),
    },
    {
      key: 'actions',
      header: t('artefacts.actions'),
      align: 'right',
      cell: (artefact) => <Actions artefact={artefact} {...actions} />,
    },
  ];
}

function Actions({
  artefact: { artefact, version, isServed },
  shown,
  onShow,
  onPromote,
}: Omit<Props, 'artefacts'> & { artefact: ArtefactView }) {
  const { t } = useTranslation('router');
  return (
    <Group gap="xs" justify="flex-end" wrap="nowrap">
      <Button
        size="xs"
        variant="default"
        aria-pressed={shown === version}
        aria-label={t('artefacts.showOf', { version })}
        onClick={() => onShow(version)}
      >
        {t('artefacts.show')}
      </Button>
      {artefact !== undefined && !isServed && (
        <Button size="xs" aria-label={t('promote.of', { version })} onClick={() => onPromote(artefact)}>
          {t('promote.open')}
        </Button>
      )}
    </Group>
  );
}

function Name({ artefact: { artefact, version, isServed, isShadow, parent } }: { artefact: ArtefactView }) {
  const { t } = useTranslation('router');
  return (
    <Group gap="xs" wrap="nowrap">
      <div>
        <Text size="sm" fw={500} className="number">
          {version}
        </Text>
        {parent !== undefined && (
          <Text size="xs" c="dimmed">
            {t('artefacts.parent', { parent })}
          </Text>
        )}
      </div>
      {artefact === 'shipped' && (
        <Badge miw="max-content" variant="default">
          {t('artefacts.shipped')}
        </Badge>
      )}
      {isServed && (
        <Badge miw="max-content" variant="default" leftSection={<IconCircleCheck size={12} aria-hidden />}>
          {t('artefacts.serves')}
        </Badge>
      )}
      {isShadow && (
        <Badge miw="max-content" variant="default">
          {t('artefacts.shadow')}
        </Badge>
      )}
    </Group>
  );
}
