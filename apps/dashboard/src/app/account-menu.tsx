import { ActionIcon, Menu, useMantineColorScheme } from '@mantine/core';
import { IconLanguage, IconLogout, IconMoon, IconSettings, IconSun, IconUserCircle } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { requestJson } from '../api/index.ts';
import { chooseLanguage } from '../messages/start-messages.ts';
import { useMe } from './session.ts';

/** Theme, language, account, signing out. */
export function AccountMenu() {
  const { t, i18n } = useTranslation();
  const { setColorScheme } = useMantineColorScheme();
  const me = useMe();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const other = i18n.resolvedLanguage === 'fr' ? 'en' : 'fr';
  const signOut = async () => {
    await requestJson('POST', '/sign-out');
    await navigate({ to: '/sign-in' as string });
    queries.clear();
  };
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <ActionIcon variant="default" size="lg" aria-label={t('account.menu')}>
          <IconUserCircle size={20} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {me.name} · {t(`role.${me.role}`)}
        </Menu.Label>
        <Menu.Item leftSection={<IconSun size={16} />} onClick={() => setColorScheme('light')}>
          {t('account.light')}
        </Menu.Item>
        <Menu.Item leftSection={<IconMoon size={16} />} onClick={() => setColorScheme('dark')}>
          {t('account.dark')}
        </Menu.Item>
        <Menu.Item lang={other} leftSection={<IconLanguage size={16} />} onClick={() => chooseLanguage(other)}>
          {t('account.otherLanguage')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconSettings size={16} />} component={Link} to="/account">
          {t('nav.account')}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={signOut}>
          {t('account.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
