import { Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export type BatchTexts = { title: string; guidelines: string };

/** What annotators read of a batch. */
export function TextFields({ texts, onChange }: { texts: BatchTexts; onChange(part: Partial<BatchTexts>): void }) {
  const { t } = useTranslation('annotation-batches');
  return (
    <>
      <TextInput
        label={t('new.name')}
        description={t('new.nameHint')}
        required
        maxLength={120}
        data-autofocus
        value={texts.title}
        onChange={(event) => onChange({ title: event.currentTarget.value })}
      />
      <Textarea
        label={t('new.guidelines')}
        description={t('new.guidelinesHint')}
        autosize
        minRows={2}
        maxRows={12}
        value={texts.guidelines}
        onChange={(event) => onChange({ guidelines: event.currentTarget.value })}
      />
    </>
  );
}
