import { Alert, AppShell, Burger, Group, ScrollArea, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link, useLocation } from '@tanstack/react-router';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { AccountMenu } from './account-menu.tsx';
import { ClientPicker } from './client-picker.tsx';
import { Menu } from './menu.tsx';
import { useMe } from './session.ts';

/** Header, menu and the page. */
export function Layout({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const me = useMe();
  const [opened, { toggle, close }] = useDisclosure(false);
  const { pathname } = useLocation();
  // On a phone the menu covers the page: it goes once a page was chosen.
  useEffect(() => {
    if (pathname) close();
  }, [pathname, close]);
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 232, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding="md"
    >
      <a className="skip-link" href="#content">
        {t('skip')}
      </a>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap" gap="xs">
          <Group gap="xs" wrap="nowrap">
            <Burger opened={opened} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={t('menu')} />
            <Text component={Link} to="/" fw={700} c="inherit" td="none">
              Pointsman
            </Text>
          </Group>
          <Group gap="xs" wrap="nowrap">
            <ClientPicker />
            <AccountMenu />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" aria-label={t('menu')}>
        <ScrollArea type="auto">
          <Menu />
        </ScrollArea>
      </AppShell.Navbar>
      <AppShell.Main id="content">
        {me.emulated && (
          <Alert color="yellow" variant="light" mb="md" py="xs" role="note">
            {t('emulated')}
          </Alert>
        )}
        {children}
      </AppShell.Main>
    </AppShell>
  );
}
