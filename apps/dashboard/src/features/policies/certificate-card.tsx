import { Badge, Card, Group, List, Table, Text, Title } from '@mantine/core';
import type { CertificateView } from '@pointsman/contracts';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Definition, Estimate } from '../../components/index.ts';
import { useFormat } from '../../format/use-format.ts';

/** What was proved for a floor, on what, and whether it still holds; undefined: nothing was. */
export function CertificateCard({ certificate }: { certificate: CertificateView | undefined }) {
  const { t } = useTranslation('policies');
  return (
    <Card withBorder padding="md" component="section" aria-label={t('certificate.title')}>
      <Group gap={6} mb="sm">
        <Title order={2} size="h4">
          {t('certificate.title')}
        </Title>
        <Definition term={t('certificate.title')}>{t('certificate.meaning')}</Definition>
      </Group>
      {certificate === undefined ? (
        <Text size="sm">{t('certificate.none')}</Text>
      ) : (
        <CertificateTable certificate={certificate} />
      )}
    </Card>
  );
}

function CertificateTable({ certificate }: { certificate: CertificateView }) {
  const { t } = useTranslation('policies');
  const format = useFormat();
  const { status, why, issuedAt, requests, floor, delivered, saving, domains, assumptions } = certificate;
  const certified = domains.filter((each) => each.certified).map(({ domain }) => domain);
  const lines: [string, ReactNode][] = [
    [
      'state',
      <>
        <Badge size="sm" variant="default" tt="none">
          {t(`certificate.status.${status}`)}
        </Badge>{' '}
        {why} {certificate.isGlobal && t('certificate.everybody')}
      </>,
    ],
    ['issued', t('certificate.issuedText', { when: format.dateTime(issuedAt), count: requests })],
    ['strongest', certificate.strongest],
    [`delivered.${floor.kind}`, <Estimate {...delivered} as={format.share} />],
    ['saving', <Estimate {...saving} as={format.share} />],
    ['domains', certified.join(', ') || t('certificate.noDomains')],
    ['router', certificate.routerVersion],
  ];
  if (assumptions.length > 0) {
    lines.push([
      'assumptions',
      <List size="sm">
        {assumptions.map((assumption) => (
          <List.Item key={assumption}>{assumption}</List.Item>
        ))}
      </List>,
    ]);
  }
  return (
    <Table>
      <Table.Tbody>
        {lines.map(([name, value]) => (
          <Table.Tr key={name}>
            <Table.Th scope="row" w={{ base: 130, sm: 220 }}>
              {t(`certificate.${name}`)}
            </Table.Th>
            <Table.Td>{value}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
