import { NavLink, Stack, Text } from '@mantine/core';
import { Link, useLocation } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { allPages } from './all-pages.ts';
import { NAV_GROUPS, type NavGroup, type Page } from './page.ts';
import { useMe } from './session.ts';

type Listed = Page & { nav: NonNullable<Page['nav']> };

const inGroup = (group: NavGroup, role: string): Listed[] =>
  allPages
    .filter((page): page is Listed => page.nav?.group === group)
    .filter(({ roles }) => roles === 'public' || (roles as readonly string[]).includes(role))
    .sort((a, b) => a.nav.order - b.nav.order);

/** The pages this person may open, by group. */
export function Menu() {
  const { t } = useTranslation();
  const { role } = useMe();
  const { pathname } = useLocation();
  const groups = NAV_GROUPS.map((group) => ({ group, pages: inGroup(group, role) })).filter(
    ({ pages }) => pages.length > 0,
  );
  return groups.map(({ group, pages }) => (
    <Stack key={group} gap={2} mb="sm">
      <Text size="xs" fw={600} c="dimmed" px="sm">
        {t(`nav.group.${group}`)}
      </Text>
      {pages.map(({ path, nav: { name, icon: Icon } }) => {
        const active = pathname === path || pathname.startsWith(`${path}/`);
        return (
          <NavLink
            key={path}
            component={Link}
            to={path}
            label={t(`nav.${name}`)}
            leftSection={<Icon size={18} stroke={1.6} />}
            active={active}
            aria-current={active ? 'page' : undefined}
          />
        );
      })}
    </Stack>
  ));
}
