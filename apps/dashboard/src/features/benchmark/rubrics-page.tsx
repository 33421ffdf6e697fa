import { Accordion, Card, Code, Stack, Text, Title } from '@mantine/core';
import type { Rubrics } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable, PageFrame, QueryState } from '../../components/index.ts';
import { useRubrics } from './queries.ts';
import { SectionLinks } from './section-links.tsx';

/** By what a reply is judged, by people and by judges alike. */
export function Page() {
  const { t } = useTranslation('benchmark');
  const rubrics = useRubrics();
  return (
    <PageFrame title={t('section.rubrics')} description={t('rubrics.description')}>
      <SectionLinks current="rubrics" />
      <QueryState query={rubrics} height={400}>
        {({ data, prompts }) => (
          <>
            {data.map((one) => (
              <Rubric key={one.hash} of={one} />
            ))}
            <Prompts prompts={prompts} />
          </>
        )}
      </QueryState>
    </PageFrame>
  );
}

type Choice = Rubrics['data'][number]['rubric']['choices'][number];

function Rubric({ of: { rubric, hash, current } }: { of: Rubrics['data'][number] }) {
  const { t } = useTranslation('benchmark');
  const title = `${t(`shell:dimension.${rubric.dimension}`)} · v${rubric.version}`;
  const columns: Column<Choice>[] = [
    { key: 'letter', header: t('rubrics.letter'), cell: ({ letter }) => letter },
    { key: 'rating', header: t('rubrics.rating'), align: 'right', cell: ({ rating }) => rating },
    { key: 'score', header: t('rubrics.score'), align: 'right', cell: ({ score }) => score },
    { key: 'meaning', header: t('rubrics.meaning'), cell: ({ meaning }) => meaning },
  ];
  return (
    <Card withBorder padding="md" component="section" aria-label={title}>
      <Stack gap="xs">
        <Title order={2} size="h4">
          {title}
          {!current && ` (${t('rubrics.older')})`}
        </Title>
        {/* Rubrics are in the language in which judges read them. */}
        <div lang="en">
          <Text fw={600}>{rubric.question}</Text>
          <ul>
            {rubric.guidance.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          <DataTable
            caption={t('rubrics.choicesOf', { title })}
            columns={columns}
            rows={rubric.choices}
            rowKey={({ letter }) => letter}
          />
        </div>
        <Text size="sm" c="dimmed">
          {t(`rubrics.reference.${rubric.reference}`)} · {t('column.hash')}: <Code>{hash.slice(0, 12)}</Code>
        </Text>
      </Stack>
    </Card>
  );
}

function Prompts({ prompts }: { prompts: Rubrics['prompts'] }) {
  const { t } = useTranslation('benchmark');
  return (
    <section aria-label={t('rubrics.prompts')}>
      <Title order={2} size="h4" mb="xs">
        {t('rubrics.prompts')}
      </Title>
      <Accordion variant="contained" order={3}>
        {prompts.flatMap(({ name, version, parts }) =>
          parts.map((part) => (
            <Accordion.Item key={`${name} ${part.name}`} value={`${name} ${part.name}`}>
              <Accordion.Control>
                {name} v{version}: {part.name}
              </Accordion.Control>
              <Accordion.Panel>
                <Code block className="user-text" lang="en">
                  {part.text}
                </Code>
              </Accordion.Panel>
            </Accordion.Item>
          )),
        )}
      </Accordion>
    </section>
  );
}
