import { useTranslation } from 'react-i18next';
import { PageFrame, QueryState } from '../../components/index.ts';
import { AgreementFigures } from './agreement-figures.tsx';
import { useAgreement } from './queries.ts';
import { SectionLinks } from './section-links.tsx';

/** How far the people agree whom judges are held to. */
export function Page() {
  const { t } = useTranslation('benchmark');
  const agreement = useAgreement();
  return (
    <PageFrame title={t('section.agreement')} description={t('agreement.description')}>
      <SectionLinks current="agreement" />
      <QueryState
        query={agreement}
        height={320}
        isEmpty={(found) => found.status === 'ready' && found.ratings === 0}
        empty={t('agreement.empty')}
      >
        {(found) => <AgreementFigures agreement={found} />}
      </QueryState>
    </PageFrame>
  );
}
