import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

type Props = { to: string; search?: Record<string, string | number | undefined>; children: ReactNode; label?: string };

/** A link to another page by its address, such as `/benchmark/starter/1`. */
export function PageLink({ to, search = {}, children, label }: Props) {
  return (
    <Anchor
      component={Link}
      to={to}
      search={search as never}
      inherit
      {...(label !== undefined && { 'aria-label': label })}
    >
      {children}
    </Anchor>
  );
}
