import { FileInput, Group, Radio, Select, Stack } from '@mantine/core';
import type { AnnotationFormat, ListedRun } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../format/use-format.ts';
import { FORMATS, formatOf, type NewBatch } from './new-batch.ts';
import { useClients, useRuns } from './queries.ts';

type Props = { batch: NewBatch; onChange(part: Partial<NewBatch>): void };

/** Where the replies come from. */
export function SourceFields({ batch, onChange }: Props) {
  const { t } = useTranslation('annotation-batches');
  const Fields = { run: RunField, samples: ClientField, file: FileFields }[batch.kind];
  return (
    <Stack gap={6}>
      <Radio.Group
        label={t('new.source')}
        value={batch.kind}
        onChange={(kind) => onChange({ kind: kind as NewBatch['kind'] })}
      >
        <Group gap="md" mt={6}>
          {(['run', 'samples', 'file'] as const).map((kind) => (
            <Radio key={kind} value={kind} label={t(`source.${kind}`)} />
          ))}
        </Group>
      </Radio.Group>
      <Fields batch={batch} onChange={onChange} />
    </Stack>
  );
}

/** Only what has finished can be rated. */
const isRateable = ({ kind, status }: ListedRun) => kind === 'benchmark' && status === 'finished';

function RunField({ batch, onChange }: Props) {
  const { t } = useTranslation('annotation-batches');
  const format = useFormat();
  const runs = useRuns(true);
  const rateable = (runs.data?.data ?? []).filter(isRateable);
  const labelOf = ({ contestants, benchmark, createdAt }: ListedRun) =>
    [
      contestants.map(({ model }) => model).join(', '),
      benchmark && `${benchmark.name}@${benchmark.version}`,
      format.dateTime(createdAt),
    ].join(' · ');
  return (
    <Select
      label={t('new.run')}
      required
      searchable
      placeholder={runs.isSuccess && rateable.length === 0 ? t('new.noRun') : undefined}
      data={rateable.map((run) => ({ value: run.id, label: labelOf(run) }))}
      value={batch.runId ?? null}
      onChange={(id) => onChange({ runId: id ?? undefined })}
    />
  );
}

function ClientField({ batch, onChange }: Props) {
  const { t } = useTranslation('annotation-batches');
  const clients = useClients(true);
  return (
    <Select
      label={t('new.client')}
      description={t('new.samplesHint')}
      clearable
      searchable
      placeholder={t('new.everyClient')}
      data={(clients.data?.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      value={batch.clientId ?? null}
      onChange={(id) => onChange({ clientId: id ?? undefined })}
      clearButtonProps={{ 'aria-label': t('new.everyClient') }}
    />
  );
}

function FileFields({ batch, onChange }: Props) {
  return (
    <FileWithFormat
      format={batch.format}
      onFormat={(format) => onChange({ format })}
      onContent={(content) => onChange({ content })}
    />
  );
}

type FileProps = {
  format: AnnotationFormat;
  onFormat(format: AnnotationFormat): void;
  onContent(content: string | undefined): void;
};

/** A file and its format; the name of the file chooses the format where it tells. */
export function FileWithFormat({ format, onFormat, onContent }: FileProps) {
  const { t } = useTranslation('annotation-batches');
  const read = async (file: File | null) => {
    const named = file && formatOf(file.name);
    if (named) onFormat(named);
    onContent(file === null ? undefined : await file.text());
  };
  return (
    <Stack gap="xs">
      <FileInput
        label={t('file.file')}
        description={t('file.hint')}
        required
        clearable
        accept=".csv,.json,.jsonl,.ndjson"
        onChange={read}
        clearButtonProps={{ 'aria-label': t('file.clear') }}
      />
      <Select
        label={t('file.format')}
        allowDeselect={false}
        data={FORMATS.map((one) => ({ value: one, label: t(`format.${one}`) }))}
        value={format}
        onChange={(one) => onFormat(one as AnnotationFormat)}
      />
    </Stack>
  );
}
