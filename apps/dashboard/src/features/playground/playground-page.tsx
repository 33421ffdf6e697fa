import { Button, Grid, Group, Kbd, Stack, Text } from '@mantine/core';
import { IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ClientNeeded, Empty, PageFrame, useFilters } from '../../components/index.ts';
import { Answer } from './answer.tsx';
import { ChoiceView } from './choice.tsx';
import { Conversation, type Line, withAnswer } from './conversation.tsx';
import { OPTION_FILTERS, RequestOptions, requestOf } from './request-options.tsx';
import { isBusy } from './run-state.ts';
import { useRun } from './use-run.ts';

/** A request by hand: what each model is expected to do with it, who is chosen, the answer, the cost. */
export function Page() {
  const { t } = useTranslation('playground');
  return (
    <PageFrame title={t('title')} description={t('description')}>
      <ClientNeeded>{(clientId) => <Playground key={clientId} clientId={clientId} />}</ClientNeeded>
    </PageFrame>
  );
}

function Playground({ clientId }: { clientId: string }) {
  const { t } = useTranslation('playground');
  const [filters, setFilters] = useFilters(OPTION_FILTERS);
  const [lines, setLines] = useState<Line[]>([{ id: 1, role: 'user', content: '' }]);
  const { state, preview, run, stop } = useRun();
  const isReady = lines.some(({ content }) => content.trim() !== '') && !isBusy(state);
  const request = () => ({
    ...requestOf(filters),
    client: clientId,
    messages: lines.filter(({ content }) => content.trim() !== '').map(({ role, content }) => ({ role, content })),
  });
  const submit = (event: FormEvent | KeyboardEvent) => {
    event.preventDefault();
    if (isReady) void run(request());
  };
  const carryOn = () => setLines(withAnswer(lines, state.text));
  return (
    <Grid gap="xl">
      <Grid.Col span={{ base: 12, md: 5 }}>
        <form
          onSubmit={submit}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event);
          }}
        >
          <Stack>
            <Conversation lines={lines} onChange={setLines} />
            <RequestOptions clientId={clientId} value={filters} onChange={setFilters} />
            <Buttons isReady={isReady} isBusy={isBusy(state)} onPreview={() => void preview(request())} onStop={stop} />
          </Stack>
        </form>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 7 }}>
        <Stack gap="lg">
          {state.status === 'idle' && <Empty>{t('empty')}</Empty>}
          <Answer state={state} onContinue={carryOn} />
          {state.preview && <ChoiceView preview={state.preview} />}
        </Stack>
      </Grid.Col>
    </Grid>
  );
}

type ButtonProps = { isReady: boolean; isBusy: boolean; onPreview(): void; onStop(): void };

function Buttons({ isReady, isBusy: busy, onPreview, onStop }: ButtonProps) {
  const { t } = useTranslation('playground');
  return (
    <Stack gap={6}>
      <Group>
        <Button type="submit" disabled={!isReady} leftSection={<IconPlayerPlay size={16} />}>
          {t('run')}
        </Button>
        <Button variant="default" disabled={!isReady} onClick={onPreview}>
          {t('preview')}
        </Button>
        <Button variant="default" disabled={!busy} onClick={onStop} leftSection={<IconPlayerStop size={16} />}>
          {t('stop')}
        </Button>
      </Group>
      <Text size="xs" c="dimmed" component="div">
        <Kbd>Ctrl</Kbd> + <Kbd>Enter</Kbd> {t('keys')}
      </Text>
    </Stack>
  );
}
