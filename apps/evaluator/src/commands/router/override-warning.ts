import type { Configuration } from '@pointsman/administration';

/** What keeps gateways of this configuration from serving what was chosen; undefined when nothing does. */
export const overrideWarning = ({ routerDir }: Pick<Configuration, 'routerDir'>): string | undefined =>
  routerDir === undefined
    ? undefined
    : `POINTSMAN_ROUTER_DIR is set: gateways that see it serve ${routerDir} whatever is chosen here.`;
