import { Box, Code, Group, ScrollArea, Tabs } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../../components/index.ts';
import { snippetsOf } from './snippets-of.ts';

/** What stands where nobody but the key's holder can put the secret. */
const PLACEHOLDER = 'YOUR_KEY';

/** A first request in every tool, with this gateway's own address. */
export function Snippets({ apiKey = PLACEHOLDER, label }: { apiKey?: string; label: string }) {
  const { t } = useTranslation('keys');
  const snippets = snippetsOf({ baseUrl: `${window.location.origin}/v1`, apiKey });
  return (
    <Tabs defaultValue="curl" keepMounted={false}>
      <Tabs.List aria-label={label}>
        {snippets.map(({ id, name }) => (
          <Tabs.Tab key={id} value={id}>
            {name}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {snippets.map(({ id, name, code }) => (
        <Tabs.Panel key={id} value={id} pt="xs">
          <Box>
            <ScrollArea type="auto" viewportProps={{ tabIndex: 0, role: 'group', 'aria-label': `${label}: ${name}` }}>
              <Code block tabIndex={0}>
                {code}
              </Code>
            </ScrollArea>
            <Group justify="flex-end" mt="xs">
              <CopyButton text={code} label={t('snippets.copy')} />
            </Group>
          </Box>
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
