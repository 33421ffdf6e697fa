import type { Role } from '@pointsman/contracts';
import type { ComponentType } from 'react';

export const NAV_GROUPS = ['client', 'quality', 'annotation', 'operations', 'account'] as const;
export type NavGroup = (typeof NAV_GROUPS)[number];

/**
 * One page. A feature lists its pages in `features/<feature>/pages.ts` as `export const pages: Page[]`; the shell finds
 * them there: deleting the folder deletes the feature.
 */
export type Page = {
  /** TanStack path, such as `/requests/$id`. */
  path: string;
  /** Who may open it; others get the no-permission page. The server decides again. `public`: also without signing in. */
  roles: readonly Role[] | 'public';
  /** Fetches the page when it is first opened. */
  load(): Promise<{ Page: ComponentType }>;
  /** A line in the menu, named by `nav.<name>` of the shell's messages. */
  nav?: { name: string; group: NavGroup; order: number; icon: ComponentType<{ size?: number; stroke?: number }> };
  /** The page has the window for itself: no menu. */
  bare?: boolean;
};

export const CLIENT_PEOPLE = ['client-owner', 'client-member'] as const satisfies readonly Role[];
/** Who may look at clients' data: their own, or everybody's. */
export const READERS = ['operator', 'customer-success', ...CLIENT_PEOPLE] as const satisfies readonly Role[];
export const OPERATORS = ['operator'] as const satisfies readonly Role[];
export const EVERYBODY = [...READERS, 'annotator'] as const satisfies readonly Role[];
